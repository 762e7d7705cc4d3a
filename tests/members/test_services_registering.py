"""Registering one member: derived facts, duplicates near and far, residents, the start of the register."""

from datetime import date, timedelta

import pytest

from linshu.audit.models import Event
from linshu.errors import Conflict, Invalid, NotPermitted
from linshu.people.models import Person
from linshu.scope import SYSTEM
from members.models import Membership
from members.services.registering import look_up, register_member
from tests.factories import LONG_AGO, MembershipFactory, PersonFactory, valid_id_number

NUMBER = valid_id_number(5, born=date(1980, 1, 1), male=False)
VALUES = {
    "id_number": NUMBER, "name": "陈新来", "category": "full", "joined_on": date(2012, 7, 1), "full_on": date(2013, 7, 1),
    "phone": "19900000001", "address": "临沭县滨海路1号",
}  # fmt: skip
ELSEWHERE = "该人已在其他组织登记，请走组织关系转接。"


def registered(tree, now, by=SYSTEM, starts=None, organization=None, **changes):
    return register_member(
        organization=organization or tree.branch, values=VALUES | changes, starts=starts, by=by, now=now
    )


def test_sex_and_birth_come_from_the_number_and_the_start_is_inferred(tree, now):
    row = registered(tree, now)

    person = Person.objects.get(pk=row.person_id)
    assert (person.sex, person.birth_date, person.id_number) == ("2", date(1980, 1, 1), NUMBER)
    assert (row.valid_from, row.start_inferred, row.county_id) == (date(2012, 7, 1), True, tree.county.pk)
    event = Event.objects.get(type="members.admitted")
    assert NUMBER not in str(event.data)


def test_a_start_that_is_told_is_no_inference(tree, now):
    row = registered(tree, now, starts=date(2020, 1, 1), organization=tree.group)
    assert (row.valid_from, row.start_inferred, row.organization) == (date(2020, 1, 1), False, tree.group)


@pytest.mark.parametrize(
    ("changes", "starts", "field"),
    [
        ({"id_number": "123"}, None, "id_number"),
        ({"name": ""}, None, "name"),
        ({"joined_on": None}, None, "joined_on"),
        ({"full_on": None}, None, "full_on"),
        ({"category": ""}, None, "category"),
        ({"is_mobile": True}, None, "destination"),
        ({}, date(2012, 6, 30), "starts"),
        ({}, date(2027, 1, 1), "on"),
    ],
)
def test_what_breaks_a_rule_is_refused_whole(tree, now, changes, starts, field):
    with pytest.raises(Invalid) as refused:
        registered(tree, now, starts=starts, **changes)
    assert field in {each.field for each in refused.value.problems}
    assert not Person.objects.exists() and not Event.objects.exists()


def test_members_stand_in_branches_only(tree, now):
    with pytest.raises(Invalid) as refused:
        registered(tree, now, organization=tree.community)
    assert refused.value.problems[0].field == "organization"


def test_who_is_registered_near_is_told_and_far_is_not(tree, now, actor_with):
    officer = actor_with("community_officer", tree.community)
    near, far = MembershipFactory(organization=tree.sibling), MembershipFactory(organization=tree.other_branch)

    with pytest.raises(Conflict, match="乙社区第二支部登记"):
        registered(tree, now, officer, id_number=near.person.id_number)
    assert look_up(number=near.person.id_number, by=officer, now=now).membership == near
    for ask in (
        lambda: registered(tree, now, officer, id_number=far.person.id_number),
        lambda: look_up(number=far.person.id_number, by=officer, now=now),
    ):
        with pytest.raises(Invalid) as refused:
            ask()
        assert refused.value.message == ELSEWHERE
    assert Event.objects.filter(type="members.stranger_met").count() == 2


def test_who_died_or_left_is_not_registered_again(tree, now):
    dead = MembershipFactory(organization=tree.branch, valid_to=date(2026, 1, 1))
    Person.objects.filter(pk=dead.person_id).update(died_on=date(2026, 1, 1))
    left = MembershipFactory(organization=tree.branch, valid_to=date(2026, 1, 1))

    with pytest.raises(Conflict, match="登记去世"):
        registered(tree, now, id_number=dead.person.id_number)
    with pytest.raises(Conflict, match="从乙社区第一支部转出，不能重新登记"):
        registered(tree, now, id_number=left.person.id_number)
    assert "2026-01-01" in look_up(number=left.person.id_number, by=SYSTEM, now=now).refusal


def test_a_resident_with_a_seat_becomes_a_member_once(tree, now):
    person = PersonFactory(name="陈新来", sex="2", birth_date=date(1980, 1, 1), serial=5)
    row = registered(tree, now, phone="")
    kept = Person.objects.get()
    assert row.person_id == person.pk and kept.phone == person.phone

    other = PersonFactory(name="陈别名", sex="2", birth_date=date(1981, 1, 1), serial=6)
    with pytest.raises(Invalid) as refused:
        registered(tree, now, id_number=other.id_number)
    assert refused.value.problems[0].field == "name" and "陈别名" not in refused.value.message


def test_only_who_keeps_the_register_there(tree, now, actor_with):
    for role, place in (
        ("branch_secretary", tree.branch),
        ("community_secretary", tree.community),
        ("community_officer", tree.other_community),
    ):
        with pytest.raises(NotPermitted):
            registered(tree, now, actor_with(role, place))
    assert not Membership.objects.exists()


def test_a_branch_younger_than_the_membership_begins_it(tree, now):
    row = registered(tree, now, joined_on=date(2001, 7, 1), full_on=date(2002, 7, 1))
    assert row.valid_from == LONG_AGO
    assert row.valid_from > row.joined_on + timedelta(days=365)
