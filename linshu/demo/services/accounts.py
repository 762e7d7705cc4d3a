"""One log-in per role, named after it, each with its grant."""

from datetime import datetime

from django.utils import timezone

from linshu.demo.rules.linshu import LOG_INS, PASSWORD, ZHENXING, LogIn
from linshu.demo.services.posts import named_member
from linshu.grants.services.grants import give_grant
from linshu.people.models import Person, User
from linshu.people.services.accounts import create_account, link_person
from linshu.people.services.passwords import set_password
from linshu.scope import SYSTEM
from organizations.models import Organization, Seat
from organizations.rules.bodies import CHAIR, BodyKind

REASON = "开设演示账号"


def open_log_ins(*, now: datetime) -> None:
    """Open, link and grant."""
    for log_in in LOG_INS:
        organization = Organization.objects.get(code=log_in.organization_code)
        open_log_in(log_in, organization, _person(log_in, organization) if log_in.linked else None, now=now)


def open_log_in(log_in: LogIn, organization: Organization, person: Person | None, *, now: datetime) -> User:
    """An account with the demo's password and its role there; a ``person`` it is linked to gives it his name."""
    name = person.name if person else log_in.full_name
    user, _ = create_account(full_name=name, username=log_in.role, by=SYSTEM, now=now)
    set_password(user, PASSWORD, must_change=False, now=now)
    if person:
        user = link_person(account=user, id_number=person.id_number, by=SYSTEM, now=now)
    grant_there(user, log_in.role, organization, now=now)
    return user


def grant_there(user: User, role: str, organization: Organization, *, now: datetime) -> None:
    """The role at the organisation, from today on."""
    give_grant(
        user=user, role=role, organization=organization, valid_from=timezone.localdate(now), valid_to=None,
        reason=REASON, by=SYSTEM, now=now,
    )  # fmt: skip


def _person(log_in: LogIn, organization: Organization) -> Person:
    """The member of that name; the 主任 of 振兴's 居务监督委员会 where no name is given."""
    if log_in.full_name:
        return named_member(log_in.full_name, organization)
    seats = Seat.objects.filter(body__organization__code=ZHENXING, body__kind=BodyKind.SUPERVISION, title=CHAIR)
    return seats.select_related("person").get().person
