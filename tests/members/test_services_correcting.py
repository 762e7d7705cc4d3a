"""Correcting what the register says: rules, who may, what leaves a period behind, masked traces."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linshu.audit.models import Event
from linshu.errors import Conflict, Invalid, NotPermitted
from linshu.people.models import Person
from linshu.scope import SYSTEM
from members.models import Membership
from members.services.correcting import Correction, correct, correct_many, regroup, version_of
from organizations.models import OPEN_END, Post
from tests.factories import MembershipFactory, PersonFactory, valid_id_number

TODAY = date(2026, 11, 24)
BORN = date(1960, 3, 4)


@pytest.fixture
def member(tree):
    return MembershipFactory(organization=tree.branch, person__name="陈华雪")


def changed(member, now, by=SYSTEM, **values):
    return correct(membership=member, values=values, reason="核对档案", by=by, now=now)


def rule_of(refused) -> list[tuple[str, str]]:
    return [(each.field, each.rule) for each in refused.value.problems]


def test_a_name_is_put_right_everywhere_it_sorts(tree, member, now):
    old = MembershipFactory(
        person=member.person, organization=tree.sibling, valid_from=date(2011, 1, 1), valid_to=member.valid_from
    )
    row = changed(member, now, name="曾华雪")

    assert row.pk == member.pk and Membership.objects.count() == 2
    person = Person.objects.get(pk=member.person_id)
    assert person.name == "曾华雪" and " zhx " in person.name_initials
    keys = Membership.objects.filter(pk__in=[member.pk, old.pk]).values_list("pinyin_key", flat=True)
    assert set(keys) == {person.name_sort}


def test_sex_and_birth_follow_the_number(member, now):
    number = valid_id_number(7, born=BORN, male=False)
    changed(member, now, id_number=number.lower())

    person = Person.objects.get(pk=member.person_id)
    assert (person.id_number, person.birth_date, person.sex) == (number, BORN, "2")
    event = Event.objects.get(type="members.corrected")
    assert number not in str(event.data) and {each["field"] for each in event.data["changes"]} == {"id_number", "sex"}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "陈1"}, "name"),
        ({"phone": "12345"}, "phone"),
        ({"id_number": "371399198001010011"}, "id_number"),
        ({"sex": "2"}, "sex"),
        ({"joined_on": date(1940, 1, 1)}, "joined_on"),
        ({"joined_on": TODAY + timedelta(days=1)}, "joined_on"),
        ({"full_on": date(2012, 6, 1)}, "full_on"),
        ({"full_on": None}, "full_on"),
        ({"category": "probationary", "full_on": date(2013, 7, 1)}, "full_on"),
        ({"category": "boss"}, "category"),
        ({"is_mobile": True}, "destination"),
        ({"destination": "上海"}, "destination"),
        ({"education": "学" * 21}, "education"),
        ({"note": "一\x07二"}, "note"),
    ],
)
def test_every_rule_refuses_beside_its_field(member, now, values, field):
    with pytest.raises(Invalid) as refused:
        changed(member, now, **values)
    assert field in {each.field for each in refused.value.problems}
    assert not Event.objects.exists()


def test_in_the_window_without_probation_the_days_may_be_equal(tree, now):
    born = MembershipFactory(
        organization=tree.branch, person__birth_date=date(1950, 1, 1), joined_on=date(1972, 7, 1),
        full_on=date(1973, 7, 1), valid_from=date(2010, 5, 1),
    )  # fmt: skip
    assert changed(born, now, full_on=date(1972, 7, 1)).full_on == date(1972, 7, 1)


def test_becoming_full_opens_a_period_from_that_day(tree, now):
    member = MembershipFactory(
        organization=tree.branch, probationary=True, joined_on=date(2025, 3, 1), valid_from=date(2025, 3, 1)
    )
    row = changed(member, now, category="full", full_on=date(2026, 3, 1))

    member.refresh_from_db()
    assert (member.category, member.valid_to) == ("probationary", date(2026, 3, 1))
    assert (row.category, row.valid_from, row.valid_to) == ("full", date(2026, 3, 1), OPEN_END)


def test_a_day_of_becoming_full_put_right_moves_the_end_of_probation(tree, now):
    member = MembershipFactory(
        organization=tree.branch, probationary=True, joined_on=date(2025, 3, 1), valid_from=date(2025, 3, 1)
    )
    row = changed(member, now, category="full", full_on=date(2026, 3, 1))
    row = changed(row, now, full_on=date(2026, 9, 1))

    member.refresh_from_db()
    assert member.valid_to == row.valid_from == row.full_on == date(2026, 9, 1)


def test_a_member_becomes_mobile_from_today_and_the_place_changes_in_place(member, now):
    row = changed(member, now, is_mobile=True, destination="上海市松江区")
    member.refresh_from_db()
    assert (member.is_mobile, member.valid_to, row.valid_from, row.is_mobile) == (False, TODAY, TODAY, True)

    same = changed(row, now, destination="苏州市吴中区")
    assert same.pk == row.pk and same.destination == "苏州市吴中区"

    home = changed(same, now, is_mobile=False)
    assert home.pk == row.pk and (home.is_mobile, home.destination) == (False, "")


def test_full_and_mobile_at_once_leave_two_periods(tree, now):
    member = MembershipFactory(
        organization=tree.branch, probationary=True, joined_on=date(2025, 3, 1), valid_from=date(2025, 3, 1)
    )
    changed(member, now, category="full", full_on=date(2026, 3, 1), is_mobile=True, destination="上海市松江区")

    rows = list(Membership.objects.filter(person=member.person).order_by("valid_from"))
    assert [(row.category, row.is_mobile) for row in rows] == [
        ("probationary", False), ("full", False), ("full", True),
    ]  # fmt: skip
    assert [row.valid_to for row in rows] == [rows[1].valid_from, rows[2].valid_from, OPEN_END]


def test_an_inferred_start_goes_along_with_the_day_of_joining(tree, now):
    member = MembershipFactory(organization=tree.branch, start_inferred=True)
    row = changed(member, now, joined_on=date(2014, 7, 1), full_on=date(2015, 7, 1))
    assert row.valid_from == date(2014, 7, 1)

    told = MembershipFactory(organization=tree.branch)
    with pytest.raises(Invalid) as refused:
        changed(told, now, joined_on=date(2014, 7, 1), full_on=date(2015, 7, 1))
    assert rule_of(refused) == [("joined_on", "§2.1 入党日期")]


def test_a_secretary_is_not_made_probationary(tree, member, now):
    Post.objects.create(organization=tree.branch, person=member.person, title="书记", valid_from=date(2020, 1, 1))
    with pytest.raises(Invalid) as refused:
        changed(member, now, category="probationary")
    assert rule_of(refused) == [("category", "书记、委员须为正式党员")]


def test_a_number_of_somebody_else_is_told_in_scope_and_not_outside(tree, member, now, actor_with):
    near = MembershipFactory(organization=tree.sibling, person__name="王近邻")
    far = MembershipFactory(organization=tree.other_branch, person__name="李远处")
    officer = actor_with("community_officer", tree.community)

    with pytest.raises(Invalid) as refused:
        changed(member, now, officer, id_number=near.person.id_number)
    assert "王近邻" in refused.value.message and not Event.objects.exists()

    with pytest.raises(Invalid) as refused:
        changed(member, now, officer, id_number=far.person.id_number)
    assert refused.value.message == "该人已在其他组织登记，请走组织关系转接。"
    assert Event.objects.get().type == "members.stranger_met"


def test_a_branch_changes_phone_address_education_only(tree, member, now, actor_with):
    secretary = actor_with("branch_secretary", tree.branch)
    changed(member, now, secretary, phone="19900001234", address="临沭县滨海路1号", education="大专")
    with pytest.raises(NotPermitted):
        changed(member, now, secretary, name="陈雪华")
    for stranger in (actor_with("branch_secretary", tree.sibling), actor_with("county_viewer", tree.county)):
        with pytest.raises(NotPermitted):
            changed(member, now, stranger, phone="19900001235")


def test_the_second_of_two_officers_is_told(member, now):
    seen = version_of(Membership.objects.with_names().get(pk=member.pk))
    correct(membership=member, values={"phone": "19900001234"}, version=seen, reason="", by=SYSTEM, now=now)
    with pytest.raises(Conflict, match="有人改了陈华雪的登记"):
        correct(membership=member, values={"phone": "19900009999"}, version=seen, reason="", by=SYSTEM, now=now)
    assert Person.objects.get(pk=member.person_id).phone == "19900001234"


def test_what_ended_meanwhile_is_a_conflict_and_what_changes_nothing_leaves_no_trace(member, now):
    changed(member, now, name="陈华雪", phone=member.person.phone)
    assert not Event.objects.exists()
    changed(member, now, is_mobile=True, destination="上海市松江区")
    with pytest.raises(Conflict):
        changed(member, now, phone="19900001234")


def test_many_are_all_or_none_and_cost_no_more_statements(tree, now):
    members = MembershipFactory.create_batch(20, organization=tree.branch)

    def cost(rows, digit):
        with CaptureQueriesContext(connection) as context:
            correct_many(
                [Correction(row, {"phone": f"199{digit}{row.pk:07d}", "note": f"{digit}"}) for row in rows],
                reason="导入", by=SYSTEM, now=now,
            )  # fmt: skip
        return len(context)

    assert cost(members[:1], 1) == cost(members, 2)
    with pytest.raises(Invalid) as refused:
        correct_many([Correction(members[0], {"phone": "19912345678"}), Correction(members[1], {"phone": "1"})],
                     reason="导入", by=SYSTEM, now=now)  # fmt: skip
    assert [each.field for each in refused.value.problems] == [f"{members[1].person.name} 联系电话"]
    assert Person.objects.get(pk=members[0].person_id).phone != "19912345678"


def test_two_of_a_batch_cannot_get_one_number(tree, now):
    number = valid_id_number(9, born=BORN)
    rows = MembershipFactory.create_batch(2, organization=tree.branch)
    with pytest.raises(Invalid):
        correct_many([Correction(row, {"id_number": number}) for row in rows], reason="", by=SYSTEM, now=now)


def test_another_group_of_the_branch_is_a_new_period(tree, now, actor_with):
    member = MembershipFactory(organization=tree.area)
    officer = actor_with("community_officer", tree.general)
    row = regroup(membership=member, organization=tree.group, on=TODAY, by=officer, now=now)

    member.refresh_from_db()
    assert (member.valid_to, row.valid_from, row.organization) == (TODAY, TODAY, tree.group)
    back = regroup(membership=row, organization=tree.area, on=TODAY, by=officer, now=now)
    assert back.pk == row.pk and back.organization == tree.area
    assert Event.objects.filter(type="members.regrouped").count() == 2


def test_regrouping_keeps_to_the_branch_and_to_the_past(tree, member, now):
    inside = MembershipFactory(organization=tree.group)
    with pytest.raises(Invalid) as refused:
        regroup(membership=member, organization=tree.group, on=TODAY, by=SYSTEM, now=now)
    assert refused.value.problems[0].field == "organization"
    for day in (date(2012, 6, 30), TODAY + timedelta(days=1)):
        with pytest.raises(Invalid) as refused:
            regroup(membership=inside, organization=tree.area, on=day, by=SYSTEM, now=now)
        assert refused.value.problems[0].field == "on"
    with pytest.raises(Conflict):
        regroup(membership=inside, organization=tree.group, on=TODAY, by=SYSTEM, now=now)


def test_a_person_without_a_number_gets_one(tree, now):
    person = PersonFactory()
    Person.objects.filter(pk=person.pk).update(id_number_sealed="", id_number_index=None)
    member = MembershipFactory(organization=tree.branch, person=Person.objects.get(pk=person.pk))
    number = valid_id_number(3, born=BORN)
    changed(member, now, id_number=number)
    assert Person.objects.get(pk=person.pk).id_number == number
