"""The chain of a person's memberships: reading its open end under the lock, and going on differently from a day."""

from datetime import date, datetime
from typing import Any

from linshu.errors import Conflict, Invalid
from members.models import Membership
from members.rules.facts import OF_MEMBERSHIP
from members.services.memberships import lock_people
from organizations.models import OPEN_END
from organizations.rules.spans import check_day
from organizations.services.nodes import today_of

COPIED = ("person", "organization", "county_id", "pinyin_key", *OF_MEMBERSHIP)


def locked(membership: Membership) -> Membership:
    """The period as it is now, its person locked; Conflict where it has ended since it was looked at."""
    lock_people([membership.person_id])
    row: Membership = Membership.objects.with_names().get(pk=membership.pk)
    check_open(row)
    return row


def check_open(row: Membership) -> None:
    """Conflict where the period has ended."""
    if not row.is_open:
        raise Conflict(f"{row.person}的登记刚刚变动过，这一段已经结束。请刷新页面，到现在的登记上办理。", code="ended")


def check_begin(row: Membership, on: date, *, now: datetime) -> None:
    """What goes on differently does so within the period, up to today."""
    check_day(on, today=today_of(now))
    if on < row.valid_from:
        message = f"现在这段登记自 {row.valid_from} 起，变动日期不能早于这一天。"
        raise Invalid.field("on", message, rule="变动只从现在的情况之后开始", value=on)


def go_on(row: Membership, on: date, *, reason: str, **changes: Any) -> Membership:
    """The membership from ``on`` on, with changes: a new period, or the same one where it begins on that very day."""
    if on == row.valid_from:
        for name, value in changes.items():
            setattr(row, name, value)
        row.save()
        return row
    row.valid_to = on
    row.save()
    told = {name: getattr(row, name) for name in COPIED} | changes
    return Membership.objects.create(**told, valid_from=on, valid_to=OPEN_END, reason=reason)
