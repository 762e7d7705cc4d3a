"""Registering members. Written under the lock on the persons, after the tree lock where both are taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from linshu.audit import services as audit
from linshu.errors import Conflict, NotPermitted
from linshu.loading import insert, made
from linshu.people.models import Person
from linshu.scope import Actor, Right
from members.models import Category, Membership
from organizations.models import OPEN_END, Organization

BATCH = 500


@dataclass(frozen=True)
class Admission:
    """A person (saved) who enters the register in a branch or group from ``valid_from``."""

    person: Person
    organization: Organization
    category: str
    joined_on: date
    full_on: date | None
    valid_from: date
    start_inferred: bool = False
    is_mobile: bool = False
    destination: str = ""
    note: str = ""


def admit_many(admissions: Sequence[Admission], *, reason: str, by: Actor, now: datetime) -> list[Membership]:
    """Register members for a caller who holds their locks and has compared them with the register under these."""
    places = {each.organization.pk for each in admissions}
    if by.scope(Right.MEMBERS_IMPORT).covered(places) != places:
        raise NotPermitted
    return _enter(admissions, reason=reason, by=by, now=now)


def enter_many(admissions: Sequence[Admission], *, reason: str, by: Actor, now: datetime) -> list[Membership]:
    """Register members for a caller who has judged the right; Conflict when one of them is registered already."""
    with transaction.atomic():
        lock_people([each.person.pk for each in admissions])
        _refuse_registered([each.person.pk for each in admissions])
        return _enter(admissions, reason=reason, by=by, now=now)


def _enter(admissions: Sequence[Admission], *, reason: str, by: Actor, now: datetime) -> list[Membership]:
    counties = _counties([each.organization for each in admissions])
    rows = [_membership(each, counties[each.organization.tree_id], reason) for each in admissions]
    insert(rows)
    audit.record_many((_admitted(row, reason) for row in rows), by=by, now=now)
    return rows


def lock_people(person_ids: Sequence[int]) -> None:
    """Rows of the persons, in one order, so that two writers never wait for each other in a ring."""
    ordered = sorted(person_ids)
    for start in range(0, len(ordered), BATCH):
        batch = ordered[start : start + BATCH]
        list(Person.objects.select_for_update().filter(pk__in=batch).order_by("pk").values_list("pk"))


def _refuse_registered(person_ids: Sequence[int]) -> None:
    for start in range(0, len(person_ids), BATCH):
        found = Membership.objects.filter(person_id__in=person_ids[start : start + BATCH]).select_related("person")
        taken = found.first()
        if taken is not None:
            raise Conflict(f"{taken.person}已在党员名册登记过，不能再登记一次。请走组织关系转接。", code="registered")


def _counties(organizations: Sequence[Organization]) -> dict[int, int]:
    trees = {each.tree_id for each in organizations}
    return dict(Organization.objects.filter(tree_id__in=trees, parent=None).values_list("tree_id", "pk"))


def _membership(each: Admission, county_id: int, reason: str) -> Membership:
    return made(
        Membership, {"person": each.person, "organization": each.organization}, person_id=each.person.pk,
        organization_id=each.organization.pk, county_id=county_id, pinyin_key=each.person.name_sort,
        category=each.category, joined_on=each.joined_on, full_on=each.full_on, is_mobile=each.is_mobile,
        destination=each.destination, valid_from=each.valid_from, valid_to=OPEN_END,
        start_inferred=each.start_inferred, reason=reason, note=each.note,
    )  # fmt: skip


def _admitted(row: Membership, reason: str) -> audit.Entry:
    data = {
        "person": row.person.name,
        "organization": row.organization.name,
        "category": Category(row.category).label,
        "from": row.valid_from.isoformat(),
        "inferred": row.start_inferred,
    }
    return audit.Entry("members.admitted", row, row.organization_id, row.person.name, reason, data)
