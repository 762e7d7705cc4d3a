"""Who is about to take a seat: a person already known here, or a resident who is no Party member."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from linshu.audit import services as audit
from linshu.errors import Conflict, Invalid, NotFound
from linshu.people.models import Person
from linshu.people.rules import id_number
from linshu.people.rules.names import person_name
from linshu.people.sealing import blind_index
from linshu.people.services import PersonData, new_person
from linshu.scope import Actor, Right, ScopedQuerySet, require
from organizations.models import Body, Grid, Post, Seat
from organizations.registry import standing_of
from organizations.services import seats
from organizations.services.nodes import today_of
from organizations.tree import tree_lock


@dataclass(frozen=True)
class Resident:
    """Name, sex (GB/T 2261.1), birth date and, where known, ID number."""

    name: str
    sex: str
    birth_date: date
    id_number: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", person_name(self.name))


def seat_resident(
    *, body: Body, resident: Resident, title: str, on: date, constituency: str = "", by: Actor, now: datetime
) -> Seat:
    """Seat a resident typed in. An ID number known in the actor's scope is that person again, never a second one.

    A number known only outside is refused without saying more, and that is logged: therefore the search stands
    before the transaction, which would take the event with it.
    """
    require(by, Right.ORGANIZATIONS_EDIT, body.organization_id)
    person = known_person(resident, body=body, by=by, now=now)
    with tree_lock():
        if person is None:
            person = new_person(
                PersonData(resident.name, resident.sex, resident.birth_date, resident.id_number.strip().upper())
            )
            person.full_clean()
            person.save()
        return seats.seat(body=body, person=person, title=title, on=on, constituency=constituency, by=by, now=now)


def seat_somebody(*, who: Person | Resident, **act: Any) -> Seat:
    """Seat somebody known here, or a resident typed in."""
    if isinstance(who, Resident):
        return seat_resident(resident=who, **act)
    return seats.seat(person=who, **act)


def person_in_reach(person_id: int, *, by: Actor, today: date) -> Person:
    """The person, where he is on a roll, seat or post the actor reaches; else not found, as if he did not exist."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None or not _reaches(by, person, today):
        raise NotFound("没有找到这个人员。可能不在您的管理范围内，请核对编号。")
    return person


def known_person(resident: Resident, *, body: Body, by: Actor, now: datetime) -> Person | None:
    """The person of that ID number where the actor may know him; Conflict where he is registered outside only."""
    if not resident.id_number:
        return None
    number = id_number.parse(resident.id_number, today=today_of(now))
    if (number.birth_date, number.sex) != (resident.birth_date, resident.sex):
        raise Invalid.field("id_number", "证号里的出生日期或性别与所填不一致，请对照证件改正。", rule="GB 11643")
    person = Person.objects.filter(id_number_index=blind_index(number.value, purpose="id_number")).first()
    if person is None:
        return None
    if not _reaches(by, person, today_of(now)) and _hangs_somewhere(person, today_of(now)):
        audit.record(
            "organizations.duplicate_met",
            by=by,
            subject=body,
            organization_id=body.organization_id,
            data={"organization": body.organization.name},
            now=now,
        )
        raise Conflict("该证号已在其他组织登记，请核对证件，或请上级组织协助办理。", code="registered_elsewhere")
    if person.name != resident.name:
        raise Invalid.field("name", "该证号已登记，姓名与所填不同，请对照证件改正。", rule="一人一号")
    return person


def _reaches(by: Actor, person: Person, today: date) -> bool:
    """Is the person on a roll, seat, post or grid the actor reaches?"""
    reach = by.reach()
    standing = standing_of([person.pk], today).get(person.pk)
    if standing is not None and reach.covers(standing.organization_id):
        return True
    return any(rows.within(reach).exists() for rows in _ties(person))


def _hangs_somewhere(person: Person, today: date) -> bool:
    """Who hangs nowhere belongs to nobody else either: his number may be used again."""
    return person.pk in standing_of([person.pk], today) or any(rows.exists() for rows in _ties(person))


def _ties(person: Person) -> tuple[ScopedQuerySet[Any], ...]:
    grids = Grid.objects.filter(Q(leader=person) | Q(worker=person))
    return Seat.objects.filter(person=person), Post.objects.filter(person=person), grids
