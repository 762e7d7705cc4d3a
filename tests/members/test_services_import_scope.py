"""What an import tells, and to whom: nothing of branches and people outside the scope, by no detour."""

import pytest

from linshu.scope import SYSTEM, Right
from members.models import Import, Membership
from members.rules.importing import State
from members.services.importing import begin, import_roster
from members.services.importing.foreseeing import foresee
from organizations.models import Organization
from tests.members.rosters import MAN, WOMAN, YOUTH, member, members, organizations, workbook

OTHER = {"所在党组织编码": "A-1-2-1", "所在党组织": "中共乙社区第一支部", "党小组编码": "", "党内职务": ""}
NAMELESS = OTHER | {"所在党组织": ""}


@pytest.fixture
def county(db, now) -> Organization:
    """The organisations and members of the small roster."""
    import_roster(content=workbook(), by=SYSTEM, now=now)
    return Organization.objects.get(code="A")


@pytest.fixture
def officer(county, actor_with):
    """Of the 总支 A-1-1; A-1-2 is somebody else's."""
    return actor_with("community_officer", Organization.objects.get(code="A-1-1"))


@pytest.fixture
def uploaded(now, run_jobs):
    def make(people, by, nodes=()) -> Import:
        record = begin(name="名册.xlsx", content=workbook(list(nodes), people), by=by, now=now)
        run_jobs()
        record.refresh_from_db()
        assert record.state in (State.READY, State.REFUSED)
        return record

    return make


def told(record: Import) -> str:
    return str(list(record.rows.values("problems", "warnings", "differences", "branch_code")))


@pytest.mark.parametrize("written", ["A-1-2-1", "A-1-2-2", "乙社区第一支", "乙社区第二支部"])
def test_no_name_of_a_branch_outside_is_told(uploaded, officer, written):
    record = uploaded([member(MAN, 姓名="魏军平", 性别="男", **NAMELESS | {"所在党组织编码": written})], officer)
    row = record.rows.get()
    assert row.verdict == "problem" and "中共乙社区" not in told(record)


def test_rows_about_people_elsewhere_do_not_count_the_members_of_a_branch_outside(uploaded, officer, now):
    """The sheet 党组织 may name the branch; a number known elsewhere is a problem before the place is looked at."""
    row = member(YOUTH, 姓名="许志远", 性别="男", 入党日期="2026-03-15", 转正日期="", 人员类别="预备党员", **OTHER)
    record = uploaded([row], officer, organizations())
    assert record.rows.get(sheet="党员").verdict == "problem"
    assert record.absent == 0
    assert foresee(record, today=now.date()).before == 0


def test_a_file_with_rows_of_unknown_place_is_not_given_to_who_reaches_only_the_others(uploaded, county, actor_with):
    """The report is the whole file, numbers in full."""
    street = actor_with("street_officer", Organization.objects.get(code="A-1"))
    wrong = member(MAN, 姓名="魏军平", 性别="男", **OTHER | {"联系电话": "123"})
    record = uploaded([member(学历="小学"), wrong], street)
    assert [row.verdict for row in record.rows.order_by("pk")] == ["changed", "problem"]
    below = actor_with("community_officer", Organization.objects.get(code="A-1-1"))
    assert record.organization.code == "A-1"
    assert not Import.objects.readable(below, Right.MEMBERS_IMPORT).exists()
    assert list(Import.objects.readable(street, Right.MEMBERS_IMPORT)) == [record]


def test_within_the_scope_branches_are_found_and_offered_as_before(uploaded, county, actor_with):
    street = actor_with("street_officer", Organization.objects.get(code="A-1"))
    people = members()
    record = uploaded(
        [
            people[0] | {"所在党组织编码": "", "党小组编码": ""},
            people[2] | {"所在党组织编码": "A-1-2-9", "所在党组织": ""},
        ],
        street,
    )
    first, second = record.rows.order_by("pk")
    assert (first.verdict, first.branch_code) == ("changed", "A-1-1-1")
    assert "A-1-2-1 中共乙社区第一支部" in second.problems[0]["remedy"]
    assert Membership.objects.filter(person__name="陈华雪").exists() and WOMAN not in told(record)


NOWHERE = {"A": "Z", "A-1-2": "Z-1-2", "A-1-2-1": "Z-1-2-1"}  # codes of others, and as many of nobody


def elsewhere(codes, **changes) -> dict[str, str]:
    """A community under a street out of reach, named by codes that stand in the register or nowhere."""
    rows = {row["组织编码"]: row for row in organizations()}
    row = rows["A-1-2-1"] | changes
    return row | {"组织编码": codes["A-1-2-1"], "上级组织编码": codes["A-1-2"]}


@pytest.mark.parametrize("changes", [{}, {"组织类型": "党小组"}, {"成立日期": "1901-01-01"}, {"任期(年)": "9"}])
def test_codes_out_of_reach_and_of_nobody_get_the_same_answer(uploaded, officer, changes):
    there, nowhere = (
        uploaded([member(学历="小学")], officer, [elsewhere(codes, **changes)])
        for codes in ({code: code for code in NOWHERE}, NOWHERE)
    )
    answers = [
        (each.state, each.notes, each.sentence, each.same_organizations, told(each)) for each in (there, nowhere)
    ]
    assert answers[0] == answers[1]
    assert there.state == State.READY and "不在您的管理范围内，或系统中没有" in there.notes[-1]


def test_rows_of_members_in_such_branches_get_the_same_answer_too(uploaded, officer):
    told_of = []
    for codes in ({code: code for code in NOWHERE}, NOWHERE):
        person = member(MAN, 姓名="魏军平", 性别="男", **OTHER | {"所在党组织编码": codes["A-1-2-1"]})
        record = uploaded([person], officer, [elsewhere(codes)])
        told_of.append([(each["rule"], each["message"]) for each in record.rows.get(sheet="党员").problems])
    assert told_of[0] == told_of[1]


def test_the_own_organisations_are_read_as_before_beside_those_of_others(uploaded, officer):
    group = {"组织编码": "A-1-1-1-2", "组织全称": "甲社区东片区第2党小组", "上级组织编码": "A-1-1-1"}
    new = organizations()[4] | group
    record = uploaded([], officer, [*organizations(), new])
    assert (record.state, record.new_organizations, record.same_organizations) == (State.READY, 1, 3)
    assert "第 2、3、7、8 行" in record.notes[-1]


def test_a_code_of_others_cannot_be_given_again(uploaded, officer):
    taken = organizations()[4] | {"组织编码": "A-1-2-1", "组织全称": "甲社区东片区第3党小组"}
    record = uploaded([], officer, [taken])
    assert record.state == State.REFUSED and "已有别的组织使用" in told(record)
