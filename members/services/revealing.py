"""Showing a personal value in full: with a reason, and never without a trace."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from linshu.audit import services as audit
from linshu.audit.models import Event
from linshu.errors import Conflict, Invalid, NotPermitted
from linshu.parameters.services import values_on
from linshu.people.models import User
from linshu.people.rules.accounts import reason as checked_reason
from linshu.scope import Actor
from members.access import can_reveal, can_reveal_asked
from members.models import ChangeRequest, Membership

# Attributes of a person that are masked everywhere else.
SEALED = {"id_number": "公民身份号码", "phone": "联系电话", "address": "现居住地"}


def reveal(*, membership: Membership, field: str, reason: str, by: Actor, now: datetime) -> str:
    """The full value of one of ``SEALED``; NotPermitted without the right, Invalid without a reason, Conflict when the
    day's limit (REVEALS_PER_DAY) is used up: nobody reads out a whole register one by one.

    The audit row is there before the value is shown.
    """
    if not can_reveal(by, membership):
        raise NotPermitted
    if field not in SEALED:
        raise Invalid.field("field", f"只能查看：{'、'.join(SEALED.values())}。", rule="遮盖项", value=field)
    why = checked_reason(reason)
    with _counted(by, now):
        audit.record(
            "members.revealed", by=by, subject=membership, organization_id=membership.organization_id,
            reason=why, data={"person": membership.person.name, "field": SEALED[field]}, now=now,
        )  # fmt: skip
    value: str = getattr(membership.person, field)
    return value


def reveal_asked(*, request: ChangeRequest, reason: str, by: Actor, now: datetime) -> str:
    """The identity number that a waiting request asks for, in full: what is approved is held against the paper.

    The same right, reason, limit and trace as for a number on the register.
    """
    if not can_reveal_asked(by, request):
        raise NotPermitted
    why = checked_reason(reason)
    with _counted(by, now):
        audit.record(
            "members.revealed", by=by, subject=request, organization_id=request.organization_id, reason=why,
            data={"person": request.membership.person.name, "field": "申请更改的公民身份号码"}, now=now,
        )  # fmt: skip
    _, new = request.old_and_new
    return str(new["id_number"])


@contextmanager
def _counted(by: Actor, now: datetime) -> Iterator[None]:
    """A transaction in which one more value may be shown: the account is locked while its values are counted, so that
    many requests at once cannot pass the limit together."""
    with transaction.atomic():
        User.objects.select_for_update().filter(pk=by.user_id).first()
        _check_limit(by, now)
        yield


def _check_limit(by: Actor, now: datetime) -> None:
    today = timezone.localdate(now)
    most = values_on(today)["REVEALS_PER_DAY"]
    if Event.objects.done("members.revealed", by=by, on=today).count() >= most:
        raise Conflict(
            f"今天查看完整信息已满 {most} 次，不能再看。确有需要的，请明天再查，或请安全管理员调整每日上限。",
            code="reveal_limit",
        )
