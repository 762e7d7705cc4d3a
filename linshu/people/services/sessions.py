"""What outlives an idle session: the form that was being written, sealed, for the same account only."""

import json
from collections.abc import MutableMapping
from typing import Any
from uuid import UUID

from linshu.audit import services as audit
from linshu.people import sealing
from linshu.people.models import User
from linshu.scope import RightlessActor

Session = MutableMapping[str, Any]
FORM, OWNER, PAGE = "kept_form", "kept_owner", "kept_page"


def end_idle(*, user: User, minutes: int) -> None:
    """Sign in the log that the session was ended for idleness."""
    by = RightlessActor(str(user), user.pk, user.person_id)
    audit.record("people.session_ended", by=by, subject=user, data={"minutes": minutes})


def keep(session: Session, body: dict[str, list[str]], *, page: str, user_id: int) -> None:
    """Keep what was typed on ``page``, sealed: the session table must not hold an ID number somebody was typing."""
    session[FORM] = sealing.seal(json.dumps(body), owner=UUID(int=user_id), field=FORM)
    session[OWNER], session[PAGE] = user_id, page


def page_kept_for(session: Session, user_id: int) -> str:
    """After log-in: where the account left a form; what another account left is forgotten."""
    if session.get(OWNER) == user_id:
        return str(session[PAGE])
    forget(session)
    return ""


def take(session: Session, *, page: str, user_id: int) -> dict[str, list[str]]:
    """What the account typed on the page, once; empty where there is nothing."""
    if session.get(PAGE) != page or session.get(OWNER) != user_id:
        return {}
    body: dict[str, list[str]] = json.loads(sealing.unseal(session[FORM], owner=UUID(int=user_id), field=FORM))
    forget(session)
    return body


def forget(session: Session) -> None:
    """Drop the kept form."""
    for name in (FORM, OWNER, PAGE):
        session.pop(name, None)
