"""去世: the membership ends, and with it everything the person held (rule book 2.1: final, stops everything)."""

from dataclasses import dataclass
from datetime import date, datetime

from linshu.audit import services as audit
from linshu.errors import Conflict, Invalid
from linshu.people.models import Person, User
from linshu.people.rules.accounts import reason as checked_reason
from linshu.scope import Actor, Right, require
from members.access import state_of
from members.models import ChangeRequest, Membership
from members.rules.keeping import State
from members.services.memberships import lock_people
from members.services.periods import locked
from members.services.requests import close_requests
from organizations.models import OPEN_END
from organizations.rules.spans import check_day
from organizations.services.dismissal import dismiss
from organizations.services.nodes import today_of
from organizations.tree import tree_lock

REASON = "去世"


@dataclass(frozen=True)
class Death:
    """The person's last period, what he held in words, and the account that the system administrator should close."""

    membership: Membership
    ended: str
    account: str


def record_death(*, membership: Membership, on: date, by: Actor, now: datetime) -> Death:
    """Register that the member died on ``on``: from that day he counts nowhere."""
    require(by, Right.MEMBERS_EDIT, membership.organization_id)
    return write_death(membership=membership, on=on, by=by, now=now)


def write_death(*, membership: Membership, on: date, reason: str = "", by: Actor, now: datetime) -> Death:
    """The same for a caller that has judged the right. Locks the tree (posts, seats, grids), then the person."""
    with tree_lock():
        row = locked(membership)
        check_day(on, today=today_of(now))
        last, void = _end(row, on)
        person = last.person
        person.died_on = on
        person.save(update_fields=["died_on"])
        ended = dismiss(person=person, on=on, reason=REASON, by=by, now=now)
        close_requests(person, opinion="本人已登记去世。", by=by, now=now)
        data = {
            "person": person.name,
            "on": on.isoformat(),
            "organization": last.organization.name,
            "ended": ended,
            "void": void,
        }
        audit.record(
            "members.died", by=by, subject=last, organization_id=last.organization_id, reason=reason, data=data, now=now
        )
    return Death(last, ended, _account(person))


def undo_death(*, membership: Membership, reason: str, by: Actor, now: datetime) -> Membership:
    """Take back a death registered wrongly: the last period goes on; what was held must be given anew."""
    require(by, Right.ORGANIZATIONS_CORRECT, membership.organization_id)
    why = checked_reason(reason)
    with tree_lock():
        lock_people([membership.person_id])
        row: Membership = Membership.objects.with_names().get(pk=membership.pk)
        if state_of(row) != State.DEAD:
            raise Conflict(f"{row.person}没有登记去世，或已经撤销。请刷新页面。", code="not_dead")
        if not row.organization.is_open:
            message = f"{row.organization}已经撤销，登记不能恢复到那里。请先更正组织沿革。"
            raise Conflict(message, code="closed")
        row.valid_to, row.reason = OPEN_END, "撤销去世登记"
        row.save()
        row.person.died_on = None
        row.person.save(update_fields=["died_on"])
        data = {"person": row.person.name, "organization": row.organization.name}
        audit.record(
            "members.death_undone",
            by=by,
            subject=row,
            organization_id=row.organization_id,
            reason=why,
            data=data,
            now=now,
        )
    return row


def _end(row: Membership, on: date) -> tuple[Membership, list[int]]:
    """The period in which the day of death lies, ended on it. What was registered to begin later has never been: its
    keys, so that its events can still be found."""
    periods = list(Membership.objects.filter(person=row.person_id).order_by("valid_from").with_names())
    if on <= periods[0].valid_from:
        message = (
            f"去世日期应晚于编入支部的日期 {periods[0].valid_from}，请核对；编入日期登记错了的，请先更正入党日期。"
        )
        raise Invalid.field("on", message, rule="去世日期", value=on)
    last = [each for each in periods if each.valid_from < on][-1]
    void = [each.pk for each in periods if each.valid_from >= on]
    ChangeRequest.objects.filter(membership__in=void).update(membership=last)
    Membership.objects.filter(pk__in=void).delete()
    last.valid_to, last.reason = on, REASON
    last.save()
    return last, void


def _account(person: Person) -> str:
    user = User.objects.filter(person=person, is_active=True).first()
    return user.username if user else ""
