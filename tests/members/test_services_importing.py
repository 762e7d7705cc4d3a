"""Importing a roster: whole or not at all, again and again with the same end."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import Count

from linshu.audit.models import Event
from linshu.errors import Invalid, NotPermitted
from linshu.figures.registry import Look, figure
from linshu.parameters.models import Parameter
from linshu.people.models import Person
from linshu.scope import EVERYTHING, SYSTEM
from members.models import Membership
from members.providers.figures import FIGURES
from members.services.importing import import_roster
from organizations.models import OPEN_END, Organization, OrganizationPeriod, Post, Term
from organizations.services.posts import appoint, relieve
from tests.factories import PersonFactory
from tests.members.rosters import MAN, member, members, organizations, workbook

TODAY = date(2026, 11, 24)


def nothing_written() -> bool:
    return not any(
        model.objects.exists() for model in (Organization, OrganizationPeriod, Person, Membership, Post, Event)
    )


@pytest.mark.django_db
def test_the_county_has_the_totals_of_its_seed(roster, now):
    outcome = import_roster(content=roster, by=SYSTEM, now=now)

    assert (outcome.organizations, outcome.members) == (52, 151)
    kinds = dict(Organization.objects.order_by().values_list("kind").annotate(Count("pk")))
    assert kinds["community"] + kinds["general_branch"] == 12
    assert kinds["branch"] + kinds["area_branch"] == 29
    assert Post.objects.filter(title="书记").count() == 29
    assert Term.objects.count() == 30
    sums = {each.code: sum(figure(each.code).compute(Look(EVERYTHING, TODAY)).values()) for each in FIGURES}
    assert sums["members.total"] == 151 and sums["members.mobile"] == 17
    assert (sums["members.full"], sums["members.probationary"]) == (148, 3)


@pytest.mark.django_db
def test_figures_equal_plain_sql(roster, now):
    import_roster(content=roster, by=SYSTEM, now=now)
    tests = {
        "members.total": "1=1",
        "members.full": "m.category = 'full'",
        "members.probationary": "m.category = 'probationary'",
        "members.mobile": "m.is_mobile",
        "members.women": "p.sex = '2'",
        "members.over_60": "p.birth_date <= '1966-11-24'",
    }
    with connection.cursor() as cursor:
        for code, condition in tests.items():
            cursor.execute(
                "SELECT m.organization_id, count(*) FROM members_membership m JOIN people_person p ON p.id = m.person_id"  # noqa: S608
                f" WHERE m.valid_to > '2026-11-24' AND {condition} GROUP BY m.organization_id"
            )
            assert figure(code).compute(Look(EVERYTHING, TODAY)) == dict(cursor.fetchall()), code


@pytest.mark.django_db
def test_the_same_file_again_changes_nothing(roster, now):
    import_roster(content=roster, by=SYSTEM, now=now)
    before = (Event.objects.count(), Person.objects.count(), Post.objects.count())
    again = import_roster(content=roster, by=SYSTEM, now=now)

    assert not again.is_new and (again.same_organizations, again.same_members) == (52, 151)
    assert (Event.objects.count(), Person.objects.count(), Post.objects.count()) == before


@pytest.mark.django_db
def test_starts_are_inferred_from_joining_and_the_branch(now):
    import_roster(content=workbook(), by=SYSTEM, now=now)
    old = Membership.objects.get(person__name="陈华雪")
    new = Membership.objects.get(person__name="许志远")

    assert (old.valid_from, old.start_inferred, old.valid_to) == (date(2011, 6, 18), True, OPEN_END)
    assert old.organization.code == "A-1-1-1-1" and old.county_id == Organization.objects.get(code="A").pk
    assert new.valid_from == date(2026, 3, 15)
    assert Post.objects.get().valid_from == date(2023, 12, 10)


@pytest.mark.django_db
def test_every_organisation_and_member_leaves_a_masked_trace(now):
    import_roster(content=workbook(), by=SYSTEM, now=now)
    types = list(Event.objects.values_list("type", flat=True))

    assert types.count("organizations.established") == 7 and types.count("members.admitted") == 3
    assert types.count("members.roster_imported") == 1
    told = str(list(Event.objects.values("data", "subject_label", "reason")))
    assert all(row["公民身份号码"] not in told and row["联系电话"] not in told for row in members())


@pytest.mark.django_db
def test_a_dry_run_counts_and_writes_nothing(now):
    assert import_roster(content=workbook(), dry_run=True, by=SYSTEM, now=now).members == 3
    assert nothing_written()


@pytest.mark.django_db
def test_one_wrong_row_and_nothing_is_written(now):
    people = members()
    people[2]["联系电话"] = "123"
    with pytest.raises(Invalid) as refused:
        import_roster(content=workbook(people=people), by=SYSTEM, now=now)

    assert [(each.field, each.value) for each in refused.value.problems] == [("党员 第 4 行 联系电话", "****")]
    assert nothing_written()


@pytest.mark.django_db
def test_new_rows_join_what_stands(now):
    import_roster(content=workbook(people=members()[:1]), by=SYSTEM, now=now)
    outcome = import_roster(content=workbook(), by=SYSTEM, now=now)

    assert (outcome.organizations, outcome.members, outcome.same_members) == (0, 2, 1)
    assert Membership.objects.count() == 3


@pytest.mark.django_db
def test_an_organisation_registered_otherwise_is_a_problem(now):
    import_roster(content=workbook(), by=SYSTEM, now=now)
    nodes, people = organizations(), members()
    nodes[5]["组织全称"] = "丙社区"
    people[0] |= {"学历": "初中"}
    people[2] |= {"所在党组织": "丙社区支部"}
    with pytest.raises(Invalid) as refused:
        import_roster(content=workbook(nodes, people), by=SYSTEM, now=now)

    told = [(each.field, each.rule) for each in refused.value.problems]
    assert told[0] == ("党组织 第 7 行 组织全称", "已登记且内容不同") and told[1][0].startswith("党员 第 4 行")
    assert Person.objects.get(name="陈华雪").education == "研究生"


@pytest.mark.django_db
def test_a_member_told_otherwise_is_corrected(now):
    import_roster(content=workbook(), by=SYSTEM, now=now)
    people = members()
    people[0] |= {"学历": "初中", "联系电话": "19900000009"}
    people[1] |= {"党小组编码": "A-1-1-1-1", "是否流动党员": "否", "流向": ""}
    changed = workbook(people=people)
    assert import_roster(content=changed, dry_run=True, by=SYSTEM, now=now).changed == 2
    assert Person.objects.get(name="陈华雪").education == "研究生"

    outcome = import_roster(content=changed, by=SYSTEM, now=now)
    assert (outcome.members, outcome.changed, outcome.same_members) == (0, 2, 1)
    woman = Person.objects.get(name="陈华雪")
    assert (woman.education, woman.phone) == ("初中", "19900000009")
    man = Membership.objects.get(person__name="魏军平", valid_to=OPEN_END)
    assert (man.organization.code, man.is_mobile) == ("A-1-1-1-1", False)
    assert not import_roster(content=changed, by=SYSTEM, now=now).is_new


@pytest.mark.django_db
def test_a_column_the_file_does_not_have_says_nothing(now):
    import_roster(content=workbook(), by=SYSTEM, now=now)
    without = [
        {name: value for name, value in row.items() if name not in ("学历", "联系电话", "党小组编码", "党内职务")}
        for row in members()
    ]
    assert not import_roster(content=workbook([], without), by=SYSTEM, now=now).is_new


@pytest.mark.django_db
def test_a_post_given_up_since_is_never_given_back_by_a_file(now):
    import_roster(content=workbook(), by=SYSTEM, now=now)
    post = Post.objects.get()
    relieve(post=post, on=TODAY, reason="届中调整", by=SYSTEM, now=now)

    again = import_roster(content=workbook(), by=SYSTEM, now=now)
    assert not again.is_new and not Post.objects.filter(valid_to=OPEN_END).exists()
    assert [(each.row, each.column) for each in again.warnings] == [(2, "党内职务")]
    assert f"书记已于 {TODAY} 免去，没有恢复" in str(again.warnings[0]) and "任命" in str(again.warnings[0])
    people = [member(党内职务="书记、组织委员")]
    assert import_roster(content=workbook(people=people), by=SYSTEM, now=now).changed == 1
    assert Post.objects.get(valid_to=OPEN_END).title == "组织委员"

    appoint(organization=post.organization, person=post.person, title="书记", on=TODAY, by=SYSTEM, now=now)
    assert not import_roster(content=workbook(people=people), by=SYSTEM, now=now).warnings


@pytest.mark.django_db
def test_a_post_the_file_does_not_name_stays_and_is_told(now):
    import_roster(content=workbook(), by=SYSTEM, now=now)
    outcome = import_roster(content=workbook(people=[member(党内职务="")]), by=SYSTEM, now=now)

    assert not outcome.is_new and Post.objects.get().valid_to == OPEN_END
    assert [(each.row, each.column) for each in outcome.warnings] == [(2, "党内职务")]
    assert "组织线" in str(outcome.warnings[0])


@pytest.mark.django_db
def test_another_branch_is_a_transfer(now):
    import_roster(content=workbook(), by=SYSTEM, now=now)
    people = members()
    people[0] |= {"所在党组织编码": "A-1-2-1", "所在党组织": "中共乙社区第一支部", "党小组编码": "", "党内职务": ""}
    with pytest.raises(Invalid) as refused:
        import_roster(content=workbook(people=people), by=SYSTEM, now=now)

    assert [each.field for each in refused.value.problems] == ["党员 第 2 行 所在党组织编码"]
    assert "组织关系转接" in refused.value.problems[0].message


@pytest.mark.django_db
def test_a_known_resident_becomes_a_member_without_being_made_twice(now):
    person = PersonFactory(name="魏军平", birth_date=date(1969, 12, 7))
    person.id_number_index = None
    person.save()
    from linshu.people.sealing import blind_index

    Person.objects.filter(pk=person.pk).update(id_number_index=blind_index(MAN, purpose="id_number"))
    import_roster(content=workbook(), by=SYSTEM, now=now)

    assert Membership.objects.get(person__name="魏军平").person_id == person.pk
    assert Person.objects.get(pk=person.pk).id_number == MAN


@pytest.mark.django_db
def test_by_a_user_only_where_the_user_may(now, actor_with):
    import_roster(content=workbook(people=[]), by=SYSTEM, now=now)
    county = Organization.objects.get(code="A")
    with pytest.raises(NotPermitted):
        import_roster(content=workbook(), by=actor_with("branch_secretary", county), now=now)
    assert not Membership.objects.exists()

    import_roster(content=workbook(), by=actor_with("county_admin", county), now=now)
    assert Membership.objects.count() == 3


@pytest.mark.django_db
def test_a_member_of_another_place_is_told_in_one_sentence_and_kept_in_the_log(now, actor_with, tree):
    import_roster(content=workbook(), by=SYSTEM, now=now)
    branch = {"所在党组织编码": tree.branch.code, "所在党组织": tree.branch.name, "党小组编码": "", "党内职务": ""}
    stranger = actor_with("county_admin", tree.county)
    with pytest.raises(Invalid) as refused:
        import_roster(content=workbook([], [member(**branch, 学历="小学")]), by=stranger, now=now)

    assert [each.message for each in refused.value.problems] == ["该人已在其他组织登记，请走组织关系转接。"]
    assert Event.objects.get(type="members.duplicate_met").actor_id == stranger.user_id


@pytest.mark.django_db
def test_a_term_of_other_years_than_the_rule_of_its_day_is_refused(now):
    nodes = organizations()
    nodes[2]["任期(年)"] = "4"
    with pytest.raises(Invalid) as refused:
        import_roster(content=workbook(nodes, members()), by=SYSTEM, now=now)

    told = [(each.field, each.value) for each in refused.value.problems]
    assert told == [("党组织 第 4 行 任期(年)", "4")] and "5 年" in refused.value.problems[0].message
    assert nothing_written()


@pytest.mark.django_db
def test_the_length_of_probation_is_the_parameter_in_force(now):
    Parameter.objects.filter(code="PROBATION_MONTHS").update(value="24")
    with pytest.raises(Invalid) as refused:
        import_roster(content=workbook(organizations(), members()), by=SYSTEM, now=now)

    assert {each.field.rpartition(" ")[2] for each in refused.value.problems} == {"转正日期"}
    assert "预备期 24 个月" in refused.value.problems[0].message
