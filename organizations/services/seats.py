"""Writing seats in the bodies of a community: who sits, who leaves, who declared his near relatives."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Q

from linshu.audit import services as audit
from linshu.errors import Conflict, Invalid
from linshu.people.models import Kinship, Person
from linshu.people.services.kinship import declare_kinships
from linshu.scope import Actor, Right, require
from organizations.models import OPEN_END, Body, Seat
from organizations.registry import Ids
from organizations.rules import bodies as rules
from organizations.rules.bodies import BodyKind
from organizations.rules.exclusions import BASIS, Kin, SeatFact, would_clash
from organizations.rules.spans import check_end
from organizations.services.nodes import community_on, today_of
from organizations.tree import tree_lock


def seat(*, body: Body, person: Person, title: str, on: date, constituency: str = "", by: Actor, now: datetime) -> Seat:
    """Seat the person from ``on``; a known exclusion (law 8, 36) refuses, what is not declared yet does not."""
    require(by, Right.ORGANIZATIONS_EDIT, body.organization_id)
    with tree_lock():
        body = Body.objects.select_related("organization").get(pk=body.pk)
        row = Seat(body=body, person=person, title=title, constituency=constituency, valid_from=on)
        _check(row, by=by, now=now)
        row.full_clean()
        row.save()
        record_seat("organizations.seat_taken", row, by=by, now=now)
    return row


def leave(*, seat: Seat, on: date, reason: str, by: Actor, now: datetime) -> Seat:
    """End the seat: ``on`` is the first day the person no longer sits."""
    require(by, Right.ORGANIZATIONS_EDIT, seat.body.organization_id)
    with tree_lock():
        seat = _open(seat)
        check_end(on, begun=seat.valid_from, today=today_of(now))
        seat.valid_to, seat.reason = on, reason
        seat.full_clean()
        seat.save()
        record_seat("organizations.seat_left", seat, by=by, now=now, reason=reason)
    return seat


def declare_kinship(*, seat: Seat, relations: Mapping[int, str], by: Actor, now: datetime) -> Seat:
    """The holder says what each colleague (person id → relation, empty: none) in the judged bodies is to him.

    A declaration is never refused: what it brings to light is shown as a conflict. It covers every colleague, so
    that silence is never taken for "no relative".
    """
    require(by, Right.ORGANIZATIONS_EDIT, seat.body.organization_id)
    with tree_lock():
        seat = _open(seat)
        missing = set(colleagues_of(seat)) - set(relations)
        if missing:
            raise Invalid.field(
                "relations", "还有同届成员没有填关系，请逐人选择，无亲属关系的选“无”。", rule="逐人申报"
            )
        relations = {person: relations[person] for person in colleagues_of(seat)}
        declare_kinships(person=seat.person, relations=relations)
        seat.kinship_declared = True
        seat.save()
        count = sum(1 for relation in relations.values() if relation)
        record_seat("organizations.kinship_declared", seat, by=by, now=now, count=count)
    return seat


def colleagues_of(seat: Seat) -> dict[int, Person]:
    """The other persons who sit in the community's bodies with exclusions, by id."""
    rows = Seat.objects.filter(body__organization=seat.body.organization_id, valid_to=OPEN_END)
    others = rows.in_judged_bodies().exclude(person=seat.person_id).order_by("person__name_sort", "person")
    return {row.person_id: row.person for row in others}


def _open(row: Seat) -> Seat:
    row = Seat.objects.select_related("body__organization", "person").get(pk=row.pk)
    if row.valid_to != OPEN_END:
        raise Conflict(f"{row.person}已于 {row.valid_to} 离任，不能再办理。", code="seat_left")
    return row


def _check(row: Seat, *, by: Actor, now: datetime) -> None:
    body, on = row.body, row.valid_from
    kind = BodyKind(body.kind)
    community_on(body.organization, on, now=now)
    if body.valid_to != OPEN_END:
        raise Conflict(f"{body.get_kind_display()}已撤销，不能再登记成员。", code="body_dissolved")
    if on < body.term_from:
        raise Invalid.field("on", f"本届从 {body.term_from} 开始，任职日不能更早。", rule="任职在本届内", value=on)
    rules.check_title(kind, row.title, constituency=row.constituency)
    if row.person.died_on:
        raise Invalid.field("person", f"{row.person}已去世，不能任职。", rule="在世")
    rules.check_age(row.person.birth_date, on)
    colleagues = Seat.objects.filter(body=body, valid_to__gt=on).select_related("person")
    if any(other.person_id == row.person_id for other in colleagues):
        raise Conflict(f"{row.person}已经是{body.get_kind_display()}成员，不用重复登记。", code="seat_held")
    chair = next((other for other in colleagues if other.title == rules.CHAIR), None)
    if row.title == rules.CHAIR and chair is not None:
        raise Conflict(f"{rules.CHAIR}已由{chair.person}担任。请先办离任，再登记新任。", code="seat_taken")
    _check_exclusions(row, kind, by=by)


def _check_exclusions(row: Seat, kind: BodyKind, *, by: Actor) -> None:
    """Refuse a known exclusion; names go only to who may read exclusions."""
    seats = Seat.objects.filter(body__organization=row.body.organization_id).in_judged_bodies().on(row.valid_from)
    others = [fact_of(row) for row in seats]
    against = would_clash(kind, row.person_id, others, kin_of({row.person_id}))
    if not against:
        return
    who = "本社区有关机构成员"
    if by.may(Right.EXCLUSIONS_READ, row.body.organization_id):
        who = "、".join(sorted({s.person.name for s in seats if s.person_id in against}))
    raise Invalid.field(
        "person", f"{row.person}与{who}有回避关系，不能担任。请另选人员，或先更正亲属申报。", rule=BASIS[kind]
    )


def fact_of(row: Seat) -> SeatFact:
    """The seat as the rules see it."""
    return SeatFact(row.pk, row.person_id, BodyKind(row.body.kind), row.kinship_declared)


def kin_of(person_ids: Ids) -> list[Kin]:
    """Declared kinships that touch the persons."""
    rows = Kinship.objects.filter(Q(person__in=person_ids) | Q(relative__in=person_ids))
    return [Kin(*row) for row in rows.values_list("person_id", "relative_id", "relation")]


def record_seat(type_: str, row: Seat, *, by: Actor, now: datetime, reason: str = "", **more: object) -> None:
    """The event of a seat, in the words of its presenter."""
    data = {
        "organization": row.body.organization.name,
        "body": row.body.get_kind_display(),
        "person": row.person.name,
        "title": row.title,
        "constituency": row.constituency,
        "from": str(row.valid_from),
        "to": "" if row.valid_to == OPEN_END else str(row.valid_to),
    }
    audit.record(
        type_, by=by, subject=row, organization_id=row.body.organization_id, reason=reason, data=data | more, now=now
    )
