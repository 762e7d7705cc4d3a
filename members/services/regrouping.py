"""Another 党小组 of the same branch, or none: a new period from the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from linshu.audit import services as audit
from linshu.errors import Conflict, Invalid, NotPermitted
from linshu.loading import batches, insert
from linshu.scope import Actor, Right
from members.models import Membership
from members.services.memberships import BATCH, lock_people
from members.services.periods import COPIED, check_begin, check_open
from organizations.models import OPEN_END, Organization
from organizations.services.nodes import period_on
from organizations.tree import tree_lock

REASON = "调整党小组"


@dataclass(frozen=True)
class Move:
    """A member and the group of his own branch he goes to, or with the branch itself none."""

    membership: Membership
    organization: Organization


def regroup(
    *, membership: Membership, organization: Organization, on: date, reason: str = "", by: Actor, now: datetime
) -> Membership:
    """Put one member into another group, or into none, from ``on`` on; returns his open period."""
    return regroup_many([Move(membership, organization)], on=on, reason=reason, by=by, now=now)[0]


def regroup_many(moves: Sequence[Move], *, on: date, reason: str = "", by: Actor, now: datetime) -> list[Membership]:
    """Regroup all or none, each once; returns their open periods in the same order.

    Takes the tree lock before the persons': no group must close meanwhile.
    """
    places = {each.membership.organization_id for each in moves}
    if by.scope(Right.MEMBERS_EDIT).covered(places) != places:
        raise NotPermitted
    with tree_lock():
        lock_people([each.membership.person_id for each in moves])
        rows, targets = _fresh(moves), _targets(moves)
        for each in moves:
            _check(rows[each.membership.pk], targets[each.organization.pk])
            check_begin(rows[each.membership.pk], on, now=now)
        for target in targets.values():
            period_on(target, on, now=now)
        gone = {pk: row.organization.name for pk, row in rows.items()}
        done = _go_on(rows, {each.membership.pk: targets[each.organization.pk] for each in moves}, on, reason or REASON)
        entries = [_entry(done[pk], gone[pk], on, reason) for pk in done]
        audit.record_many(entries, by=by, now=now)
    return [done[each.membership.pk] for each in moves]


def _fresh(moves: Sequence[Move]) -> dict[int, Membership]:
    """The periods as they are now, under the lock."""
    rows: dict[int, Membership] = {}
    for batch in batches((each.membership.pk for each in moves), BATCH):
        rows |= {row.pk: row for row in Membership.objects.filter(pk__in=batch).with_names()}
    for row in rows.values():
        check_open(row)
    return rows


def _targets(moves: Sequence[Move]) -> dict[int, Organization]:
    ids = {each.organization.pk for each in moves}
    return {each.pk: each for each in Organization.objects.filter(pk__in=ids).select_related("parent")}


def _check(row: Membership, target: Organization) -> None:
    if target.pk != row.branch.pk and target.parent_id != row.branch.pk:
        message = f"{target}不是{row.branch.short_name}的党小组。到别的支部去，请走组织关系转接。"
        raise Invalid.field("organization", message, rule="§1.1 党小组属于支部")
    if target.pk == row.organization_id:
        raise Conflict(f"{row.person}现在就编在这里，没有变化。", code="unchanged")


def _go_on(
    rows: dict[int, Membership], targets: dict[int, Organization], on: date, reason: str
) -> dict[int, Membership]:
    """A new period from ``on`` on, or the same one where it begins on that very day; by the old period's key."""
    ended = [row for row in rows.values() if row.valid_from < on]
    Membership.objects.filter(pk__in=[row.pk for row in ended]).update(valid_to=on)
    told = {row.pk: {name: getattr(row, name) for name in COPIED} | {"organization": targets[row.pk]} for row in ended}
    new = {pk: Membership(**values, valid_from=on, valid_to=OPEN_END, reason=reason) for pk, values in told.items()}
    insert(list(new.values()))
    kept = {row.pk: row for row in rows.values() if row.valid_from == on}
    for pk, row in kept.items():
        row.organization = targets[pk]
    Membership.objects.bulk_update(kept.values(), ["organization"], batch_size=BATCH)
    return new | kept


def _entry(row: Membership, source: str, on: date, reason: str) -> audit.Entry:
    data = {
        "person": row.person.name, "from_organization": source, "organization": row.organization.name,
        "from": on.isoformat(),
    }  # fmt: skip
    return audit.Entry("members.regrouped", row, row.organization_id, reason=reason, data=data)
