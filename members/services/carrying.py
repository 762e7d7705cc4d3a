"""Carrying members along when a node is merged, split or upgraded: the old period ends where the new one begins."""

import re
from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction

from linshu.audit import services as audit
from linshu.errors import Invalid
from linshu.scope import Actor
from members.models import Membership
from members.services.memberships import BATCH, lock_people
from organizations.models import OPEN_END, Organization

REASON = "组织调整，随迁"
KEY = re.compile(r"\d{1,18}", re.ASCII)
COPIED = (
    "person", "pinyin_key", "category", "joined_on", "full_on", "is_mobile", "destination", "note",
)  # fmt: skip


def carry(source_id: int, target_id: int, *, on: date, keys: Collection[str] | None, by: Actor, now: datetime) -> int:
    """Move memberships from one node to another from ``on`` on; tells how many.

    Called inside the restructuring transaction, under the tree lock, by operations that have judged the right.
    A membership that begins on ``on`` itself or later is put right in place: a period is never empty.
    """
    if source_id == target_id:
        return 0
    rows = Membership.objects.filter(organization_id=source_id, valid_to=OPEN_END)
    if keys is not None:
        rows = rows.filter(pk__in=[int(key) for key in keys if KEY.fullmatch(key)])
    with transaction.atomic():
        lock_people(list(rows.values_list("person_id", flat=True)))
        found = list(rows.with_names())
        if keys is not None and len(found) != len(set(keys)):
            raise Invalid.field("keys", "所选党员里有人已不在这个组织，请刷新预览后重新选择。", rule="随迁")
        ends = Organization.objects.in_bulk([source_id, target_id])
        source, target = ends[source_id], ends[target_id]
        moved = _move(found, target, on, county_id=target.get_root().pk)
        audit.record_many((_entry(row, source) for row in moved), by=by, now=now)
    return len(moved)


def rehome(organization: Organization) -> None:
    """Write the county anew on every membership of the node and below it, past ones too: the node changed counties.

    Part of the operation that moved the node, in its transaction and under the tree lock.
    """
    below = organization.get_descendants(include_self=True).order_by().values("pk")
    rows = Membership.objects.filter(organization__in=below)
    rows.update(county_id=organization.get_root().pk)


def _move(found: Sequence[Membership], target: Organization, on: date, *, county_id: int) -> list[Membership]:
    """Close and continue under the persons' lock, so that new.from = previous.to holds for every reader.

    Returns the rows in the target.
    """
    continued = [row for row in found if row.valid_from < on]
    Membership.objects.filter(pk__in=[row.pk for row in continued]).update(valid_to=on)
    new = [
        Membership(
            **{name: getattr(row, name) for name in COPIED},
            organization=target,
            county_id=county_id,
            valid_from=on,
            reason=REASON,
        )
        for row in continued
    ]
    Membership.objects.bulk_create(new, batch_size=BATCH)
    replaced = [row for row in found if row.valid_from >= on]
    Membership.objects.filter(pk__in=[row.pk for row in replaced]).update(
        organization=target, county_id=county_id, reason=REASON
    )
    for row in replaced:
        row.organization = target
    return [*new, *replaced]


def _entry(row: Membership, source: Organization) -> audit.Entry:
    data = {
        "person": row.person.name,
        "from_organization": source.name,
        "organization": row.organization.name,
        "from": row.valid_from.isoformat(),
    }
    return audit.Entry("members.moved", row, row.organization_id, row.person.name, REASON, data)
