"""Bodies, their terms and seats."""

from datetime import date

import pytest

from linshu.audit.models import Event
from linshu.audit.registry import present
from linshu.errors import Conflict, Invalid
from linshu.people.models import Kinship, Person
from linshu.people.services.kinship import relations_of
from linshu.scope import SYSTEM
from organizations.models import Body, Seat
from organizations.rules.bodies import BodyKind
from organizations.services import bodies, residents, seats
from tests.factories import PersonFactory, valid_id_number

ON = date(2025, 6, 1)


@pytest.fixture
def establish(now):
    def do(community, kind=BodyKind.RESIDENTS_COMMITTEE, on=ON):
        return bodies.establish_body(community=community, kind=kind, on=on, by=SYSTEM, now=now)

    return do


@pytest.fixture
def seat(now):
    def do(body, person, title="委员", on=ON, by=SYSTEM, **kwargs):
        return seats.seat(body=body, person=person, title=title, on=on, by=by, now=now, **kwargs)

    return do


def related(first: Person, second: Person) -> None:
    low, high = sorted((first, second), key=lambda person: person.pk)
    Kinship.objects.create(person=low, relative=high, relation="spouse")


def test_one_body_of_a_kind_and_only_in_a_community(tree, establish):
    body = establish(tree.community)
    assert body.term_due_on == date(2030, 6, 1)
    with pytest.raises(Conflict):
        establish(tree.community)
    with pytest.raises(Invalid):
        establish(tree.branch)
    assert establish(tree.general).pk


def test_supervision_shares_the_term_of_the_residents_committee(tree, establish):
    establish(tree.community)
    assert establish(tree.community, BodyKind.SUPERVISION, date(2026, 3, 1)).term_due_on == date(2030, 6, 1)


def test_a_new_term_ends_the_seats_of_the_old_one(tree, establish, seat, now):
    body = establish(tree.community)
    old = seat(body, PersonFactory(), "主任")
    bodies.begin_term(body=body, on=date(2026, 6, 1), by=SYSTEM, now=now)
    old.refresh_from_db()
    assert (old.valid_to, old.reason) == (date(2026, 6, 1), "换届")
    body.refresh_from_db()
    assert body.term_due_on == date(2031, 6, 1)
    assert seat(body, old.person, "主任", on=date(2026, 6, 1)).pk


def test_dissolving_ends_the_seats_and_happens_once(tree, establish, seat, now):
    body = establish(tree.community)
    seat(body, PersonFactory())
    bodies.dissolve_body(body=body, on=date(2026, 6, 1), reason="社区撤并", by=SYSTEM, now=now)
    assert not Seat.objects.on(date(2026, 6, 1)).exists()
    with pytest.raises(Conflict):
        bodies.dissolve_body(body=body, on=date(2026, 6, 2), reason="社区撤并", by=SYSTEM, now=now)


def test_one_chair_and_nobody_twice(tree, establish, seat):
    body = establish(tree.community)
    chair = PersonFactory()
    seat(body, chair, "主任")
    with pytest.raises(Conflict):
        seat(body, PersonFactory(), "主任")
    with pytest.raises(Conflict):
        seat(body, chair, "委员")


def test_a_minor_takes_no_seat(tree, establish, seat):
    with pytest.raises(Invalid):
        seat(establish(tree.community), PersonFactory(birth_date=date(2007, 6, 2)))


def test_a_seat_is_taken_in_the_term_and_left_later(tree, establish, seat, now):
    body = establish(tree.community)
    with pytest.raises(Invalid):
        seat(body, PersonFactory(), on=date(2025, 5, 31))
    row = seat(body, PersonFactory())
    seats.leave(seat=row, on=date(2026, 1, 1), reason="迁出", by=SYSTEM, now=now)
    with pytest.raises(Conflict):
        seats.leave(seat=row, on=date(2026, 1, 2), reason="迁出", by=SYSTEM, now=now)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (BodyKind.RESIDENTS_COMMITTEE, BodyKind.RESIDENTS_COMMITTEE),
        (BodyKind.RESIDENTS_COMMITTEE, BodyKind.SUPERVISION),
        (BodyKind.SUPERVISION, BodyKind.RESIDENTS_COMMITTEE),
    ],
)
def test_a_known_relative_is_refused_by_name_to_who_may_read_exclusions(
    tree, establish, seat, actor_with, first, second
):
    body = establish(tree.community, first)
    other = body if second == first else establish(tree.community, second)
    wang, li = PersonFactory(name="王一"), PersonFactory(name="李二")
    related(wang, li)
    seat(body, wang)
    with pytest.raises(Invalid) as refused:
        seat(other, li, by=actor_with("community_officer", tree.community))
    assert "王一" in refused.value.message
    assert seat(establish(tree.community, BodyKind.CONSULTATIVE), li).pk


def test_relatives_in_another_community_do_not_matter(tree, establish, seat):
    wang, li = PersonFactory(), PersonFactory()
    related(wang, li)
    seat(establish(tree.community), wang)
    assert seat(establish(tree.other_community, BodyKind.SUPERVISION), li).pk


@pytest.fixture
def seat_resident(now):
    def do(body, by=SYSTEM, name="赵三", number="", born=date(1980, 1, 1)):
        who = residents.Resident(name, "1", born, number)
        return residents.seat_resident(body=body, resident=who, title="委员", on=ON, by=by, now=now)

    return do


def test_a_resident_needs_no_id_number(tree, establish, seat_resident):
    row = seat_resident(establish(tree.community))
    assert row.person.name == "赵三"
    assert row.person.id_number_index is None


def test_the_same_id_number_is_the_same_person(tree, establish, seat_resident, actor_with):
    number = valid_id_number(7)
    officer = actor_with("community_officer", tree.community)
    first = seat_resident(establish(tree.community), by=officer, number=number)
    second = seat_resident(establish(tree.community, BodyKind.CONSULTATIVE), by=officer, number=number)
    assert first.person == second.person
    assert Person.objects.count() == 1


def test_a_number_known_only_elsewhere_says_no_more_and_is_logged(
    tree, establish, seat_resident, actor_with, full_member
):
    person = full_member(tree.other_branch, "钱四")
    body = establish(tree.community)
    with pytest.raises(Conflict) as refused:
        seat_resident(
            body,
            by=actor_with("community_officer", tree.community),
            name="钱四",
            number=person.id_number,
            born=person.birth_date,
        )
    assert "已在其他组织登记" in refused.value.message
    assert "丙" not in refused.value.message
    assert not Seat.objects.exists()
    event = Event.objects.get(type="organizations.duplicate_met")
    assert person.id_number not in present(event.type, event.data) + str(event.data)


def test_a_number_that_contradicts_what_was_typed_is_refused(tree, establish, seat_resident):
    body = establish(tree.community)
    with pytest.raises(Invalid):
        seat_resident(body, number=valid_id_number(7), born=date(1980, 1, 2))
    assert not Body.objects.exclude(pk=body.pk).exists() and not Person.objects.exists()


def test_a_declaration_covers_every_colleague_and_is_stored_once_a_pair(tree, establish, seat, now):
    committee = establish(tree.community)
    supervision = establish(tree.community, BodyKind.SUPERVISION)
    father, son = seat(committee, PersonFactory()), seat(supervision, PersonFactory())
    stranger = seat(committee, PersonFactory())
    with pytest.raises(Invalid):
        seats.declare_kinship(seat=son, relations={father.person_id: "parent"}, by=SYSTEM, now=now)
    relations = {father.person_id: "parent", stranger.person_id: ""}
    seats.declare_kinship(seat=son, relations=relations, by=SYSTEM, now=now)
    assert relations_of(father.person) == {son.person_id: "child"}
    assert relations_of(son.person) == {father.person_id: "parent"}
    event = Event.objects.get(type="organizations.kinship_declared")
    assert "亲属 1 人" in present(event.type, event.data)
    none = {father.person_id: "", stranger.person_id: ""}
    seats.declare_kinship(seat=son, relations=none, by=SYSTEM, now=now)
    assert not Kinship.objects.exists()
    son.refresh_from_db()
    assert son.kinship_declared
