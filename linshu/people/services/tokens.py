"""Keys of integrators: made once, shown once, revoked for good."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from linshu.audit import services as audit
from linshu.errors import Conflict, Invalid
from linshu.parameters.services import values_on
from linshu.people.models import ApiToken, User
from linshu.people.rules import tokens
from linshu.scope import Actor


def default_days() -> int:
    """What the form offers."""
    days: int = values_on(timezone.localdate())["TOKEN_DAYS"]
    return days


@transaction.atomic
def create_token(*, user: User, label: str, days: int, by: Actor, now: datetime) -> tuple[ApiToken, str]:
    """A token of ``user`` and its key, which is told only now."""
    if not label.strip():
        raise Invalid.field("label", "请写明令牌给哪个系统用，以后好认。", rule="TOKEN_LABEL")
    most = values_on(timezone.localdate(now))["TOKEN_MAX_DAYS"]
    key = tokens.new_key()
    token = ApiToken(
        user=user,
        label=label.strip(),
        digest=tokens.digest(key),
        created_at=now,
        expires_at=tokens.expiry(now, days, most=most),
    )
    token.full_clean()
    token.save()
    data = {"account": user.username, "label": token.label, "days": days}
    audit.record("people.token_created", by=by, subject=token, data=data, now=now)
    return token, key


@transaction.atomic
def revoke_token(*, token: ApiToken, by: Actor, now: datetime) -> None:
    """End a token; a second time is a conflict."""
    # The condition in the statement decides between two who revoke at once.
    if not ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now):
        raise Conflict("这个令牌已经撤销过了。")
    data = {"account": token.user.username, "label": token.label}
    audit.record("people.token_revoked", by=by, subject=token, data=data, now=now)


def user_of(*, key: str, now: datetime) -> User | None:
    """Whose usable token this is; its use is noted at most once an hour."""
    token = ApiToken.objects.usable(now).select_related("user").filter(digest=tokens.digest(key)).first()
    if token is None:
        return None
    if tokens.use_is_due(token.last_used_at, now):
        # Of many requests in the same second one writes: the others find the hour already noted.
        stale = ApiToken.objects.unused_since(now - tokens.NOTE_USE_EVERY)
        stale.filter(pk=token.pk).update(last_used_at=now)
    return token.user
