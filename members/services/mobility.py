"""流动党员: registered from the day he left, with where he went, until the day he is back (rule book 2.4)."""

from datetime import date, datetime

from django.db import transaction

from linshu.audit import services as audit
from linshu.errors import Conflict, Invalid
from linshu.scope import Actor, Right, require
from members.models import Membership
from members.rules.facts import FIELDS
from members.services.periods import check_begin, go_on, locked


@transaction.atomic
def mark_mobile(*, membership: Membership, destination: str, on: date, by: Actor, now: datetime) -> Membership:
    """Register the member as mobile from ``on`` on, or another place for one who is mobile already."""
    require(by, Right.MEMBERS_EDIT, membership.organization_id)
    row = locked(membership)
    place = _checked(destination)
    if row.is_mobile and row.destination == place:
        raise Conflict(f"{row.person}已登记为流动党员，流向就是{place}，没有变化。", code="unchanged")
    check_begin(row, on, now=now)
    was = row.destination
    row = go_on(row, on, reason="改流向" if was else "登记为流动党员", is_mobile=True, destination=place)
    data = {"person": row.person.name, "destination": place, "was": was, "from": on.isoformat()}
    audit.record("members.marked_mobile", by=by, subject=row, organization_id=row.organization_id, data=data, now=now)
    return row


@transaction.atomic
def mark_home(*, membership: Membership, on: date, by: Actor, now: datetime) -> Membership:
    """Register that a mobile member is back from ``on`` on."""
    require(by, Right.MEMBERS_EDIT, membership.organization_id)
    row = locked(membership)
    if not row.is_mobile:
        raise Conflict(f"{row.person}不是流动党员，不用登记返回。", code="unchanged")
    check_begin(row, on, now=now)
    was = row.destination
    row = go_on(row, on, reason="流动党员返回", is_mobile=False, destination="")
    data = {"person": row.person.name, "was": was, "from": on.isoformat()}
    audit.record("members.marked_home", by=by, subject=row, organization_id=row.organization_id, data=data, now=now)
    return row


def _checked(destination: str) -> str:
    place, longest = destination.strip(), FIELDS["destination"].longest
    if not place:
        raise Invalid.field("destination", "流动党员须写明流向，请填到县区。", rule="§2.4 流动党员登记")
    if len(place) > longest or not place.isprintable():
        raise Invalid.field("destination", f"流向最多 {longest} 个字，不能换行，请改短。", rule="长度")
    return place
