"""Each thing that can be wrong with a roster is named by sheet, row, column, value and rule."""

from dataclasses import replace
from datetime import date

import pytest

from members.rules import roster
from members.rules.membership import Limits
from members.rules.roster.names import short_name
from members.rules.roster.shape import MEMBERS, ORGANIZATIONS, Node, RosterProblem
from organizations.rules.kinds import Kind
from organizations.rules.posts import titles_of
from tests.members.rosters import MAN, WOMAN, member, members, numbered, organizations, sheets

TODAY = date(2026, 11, 24)
LIMITS = Limits(TODAY, adult_years=18, probation=12, shortest_extension=6, longest_extension=12)


def read(nodes=None, people=None, known=None) -> roster.Roster:
    given = sheets(organizations() if nodes is None else nodes, members() if people is None else people)
    return roster.read(given, known or {}, titles_of(Kind.BRANCH), LIMITS)


def only(found: roster.Roster) -> RosterProblem:
    """The single problem; and with a problem there are no rows."""
    assert len(found.problems) == 1, [str(each) for each in found.problems]
    assert found.organizations == () and found.members == ()
    return found.problems[0]


def test_a_good_roster_is_read_whole():
    found = read()

    assert found.problems == () and found.warnings == ()
    assert found.organizations[0].code == "A"
    assert len(found.organizations) == 7 and len(found.members) == 3
    first = found.members[0]
    assert (first.birth_date, first.sex, first.posts) == (date(1957, 1, 9), "2", ("书记",))
    assert first.organization_code == "A-1-1-1-1"
    assert found.members[1].is_mobile and found.members[2].full_on is None


def test_parents_come_before_children_whatever_the_order_of_the_file():
    found = read(nodes=organizations()[::-1])
    codes = [each.code for each in found.organizations]

    assert all(
        codes.index(each.parent_code) < codes.index(each.code) for each in found.organizations if each.parent_code
    )


# what is changed in which organisation (row 2 is the county) → row, column, words of the message
ORGANIZATION_CASES = {
    "cycle": ((2, {"上级组织编码": "A-1-1"}), 4, "上级组织编码", "又回到了本组织"),
    "unknown parent": ((3, {"上级组织编码": "X"}), 5, "上级组织编码", "没有这个上级组织"),
    "repeated code": ((5, {"组织编码": "A-1-1-1"}), 7, "组织编码", "与第 5 行的编码重复"),
    "formula in a name": ((6, {"组织全称": "=HYPERLINK(\"x\")"}), 8, "组织全称", "公式"),
    "county with a parent": ((0, {"上级组织编码": "A-9"}), 2, "上级组织编码", "没有这个上级组织"),
    "kind unknown": ((6, {"组织类型": "支部"}), 8, "组织类型", "只能填"),
    "no such day": ((5, {"成立日期": "2010-02-30"}), 7, "成立日期", "没有这一天"),
    "date with a time": ((5, {"成立日期": "2010-05-01 08:00:00"}), 7, "成立日期", "看不出"),
    "day in the future": ((5, {"成立日期": "2030-01-01"}), 7, "成立日期", "不晚于今天"),
    "younger parent": ((6, {"成立日期": "2009-01-01"}), 8, "成立日期", "早于上级"),
    "term in words": ((3, {"任期(年)": "五年"}), 5, "任期(年)", "应填年数"),
    "term without years": ((3, {"任期(年)": ""}), 5, "任期(年)", "应填年数"),
    "term of a community": ((5, {"任期(年)": "5"}), 7, "任期(年)", "没有党内任期"),
    "empty name": ((6, {"组织全称": ""}), 8, "组织全称", "空的"),
}  # fmt: skip


@pytest.mark.parametrize("case", ORGANIZATION_CASES)
def test_an_organisation_that_breaks_a_rule(case):
    (place, change), row, column, words = ORGANIZATION_CASES[case]
    nodes = organizations()
    nodes[place] |= change
    told = [each for each in read(nodes=nodes, people=[]).problems if each.column == column and each.row == row]

    assert len(told) == 1 and words in told[0].message and told[0].sheet == ORGANIZATIONS and told[0].rule


def test_a_branch_under_a_group_is_refused():
    nodes = organizations()
    nodes[3] |= {"上级组织编码": "A-1-1-1-1"}  # and the group stands under that branch: a cycle too
    assert "又回到了本组织" in read(nodes=nodes, people=[]).problems[0].message
    nodes = organizations()
    nodes[6] |= {"上级组织编码": "A-1-1-1-1", "成立日期": "2012-01-01"}
    told = only(read(nodes=nodes, people=[]))

    assert (told.row, told.column, told.value) == (8, "上级组织编码", "A-1-1-1-1")
    assert "社区党支部的上级只能是：社区" in told.message


def test_a_whole_ring_is_named_row_by_row():
    nodes = organizations()
    nodes[1] |= {"上级组织编码": "A-1-2"}

    assert [each.row for each in read(nodes=nodes, people=[]).problems if "成环" in each.rule] == [3, 7]


def test_a_parent_of_the_register_is_known():
    known = {"K": Node("中共测试县委员会", Kind.COUNTY, "", date(1949, 10, 1))}
    nodes = [organizations()[1] | {"上级组织编码": "K"}]

    assert read(nodes=nodes, people=[], known=known).problems == ()


# what is changed in the 书记 → column, words of the message
MEMBER_CASES = {
    "formula in a name": ({"姓名": "=1+1"}, "姓名", "公式"),
    "formula elsewhere": ({"备注": "=A1"}, "备注", "公式"),
    "digits in a name": ({"姓名": "陈1"}, "姓名", "只能是汉字"),
    "no name": ({"姓名": ""}, "姓名", "空的"),
    "control sign": ({"备注": "一\x07二"}, "备注", "控制字符"),
    "rounded number": ({"公民身份号码": "3.7139919570109E+17"}, "公民身份号码", "Excel 舍入"),
    "rounded at the end": ({"公民身份号码": "371399195701090000"}, "公民身份号码", "舍入"),
    "check digit": ({"公民身份号码": WOMAN[:-1] + ("0" if WOMAN[-1] != "0" else "1")}, "公民身份号码", "校验码"),
    "fifteen digits": ({"公民身份号码": "371399570109002"}, "公民身份号码", "15 位"),
    "no number": ({"公民身份号码": ""}, "公民身份号码", "空的"),
    "sex against the number": ({"性别": "男"}, "性别", "第 17 位"),
    "joined before born": ({"入党日期": "1950-01-01", "转正日期": "1951-01-01"}, "入党日期", "早于出生"),
    "full before joined": ({"转正日期": "1991-05-26"}, "转正日期", "早于入党"),
    "full too early": ({"转正日期": "1993-05-25"}, "转正日期", "1993年5月26日"),
    "full too late": ({"转正日期": "1993-06-26"}, "转正日期", "1993年11月26日"),
    "full without a date": ({"转正日期": ""}, "转正日期", "空的"),
    "category": ({"人员类别": "党员", "党内职务": ""}, "人员类别", "只能填"),
    "unknown branch": ({"所在党组织编码": "X", "党小组编码": ""}, "所在党组织编码", "没有这个组织"),
    "no branch": ({"所在党组织编码": "A-1-2", "所在党组织": "乙社区", "党小组编码": ""}, "所在党组织编码", "党支部"),
    "another name": ({"所在党组织": "别的支部"}, "所在党组织", "编码对应的是"),
    "group of another branch": (
        {"所在党组织编码": "A-1-2-1", "所在党组织": "中共乙社区第一支部"}, "党小组编码", "不属于所在的支部",
    ),
    "unknown title": ({"党内职务": "主席"}, "党内职务", "只能填"),
    "phone": ({"联系电话": "1990000001"}, "联系电话", "11 位"),
    "yes or no": ({"是否流动党员": "Y"}, "是否流动党员", "只能填"),
    "mobile to nowhere": ({"是否流动党员": "是"}, "流向", "流向"),
    "nowhere but gone": ({"流向": "上海市"}, "流向", "不是流动党员"),
}  # fmt: skip


@pytest.mark.parametrize("case", MEMBER_CASES)
def test_a_member_that_breaks_a_rule(case):
    change, column, words = MEMBER_CASES[case]
    told = [each for each in read(people=[member(**change)]).problems if each.column == column]

    assert words in told[0].message and (told[0].sheet, told[0].row) == (MEMBERS, 2) and told[0].rule
    assert read(people=[member(**change)]).members == ()


def test_a_number_that_excel_keeps_as_a_number_is_refused_even_if_it_fits():
    given = sheets(organizations(), [member()])
    row = replace(given[1].rows[0], numbers=frozenset({"公民身份号码"}))
    given[1] = replace(given[1], rows=(row,))

    told = only(roster.read(given, {}, titles_of(Kind.BRANCH), LIMITS))
    assert told.rule == "公民身份号码须为文本" and told.value == "371399************"


def test_a_probationary_member_has_no_date_of_becoming_full_and_no_post():
    told = only(read(people=[member(人员类别="预备党员", 入党日期="2026-01-01", 党内职务="", 转正日期="2026-11-01")]))
    assert (told.column, told.rule) == ("转正日期", "§2.1 预备期")
    told = only(read(people=[member(人员类别="预备党员", 入党日期="2026-01-01", 转正日期="")]))
    assert told.column == "党内职务" and "正式党员" in told.message


def test_without_probation_between_1969_and_1977():
    assert read(people=[member(入党日期="1976-01-07", 转正日期="1976-01-07")]).problems == ()
    assert read(people=[member(入党日期="1977-09-01", 转正日期="1977-09-01")]).problems != ()


def test_warnings_let_the_file_pass():
    young = read(people=[member(入党日期="1974-10-02", 转正日期="1975-10-02")])
    extended = read(people=[member(转正日期="1993-11-26")])

    assert [each.column for each in young.warnings] == ["入党日期"] and len(young.members) == 1
    assert [each.column for each in extended.warnings] == ["转正日期"] and len(extended.members) == 1


def test_one_person_once_and_one_secretary_a_branch():
    told = only(read(people=[member(), member(党内职务="")]))
    assert (told.row, told.rule, told.value) == (3, "一人一条", "371399************")
    told = only(read(people=[member(), member(MAN, 性别="男")]))
    assert (told.row, told.column) == (3, "党内职务") and "第 2 行" in told.message


def test_columns_are_exactly_those_of_the_template():
    given = sheets(organizations(), members())
    header = given[1].header
    for broken, words in (
        (header[:-1], "缺少“备注”"),
        ((*header, "工资"), "没有这一列"),
        ((*header, "备注"), "出现了两次"),
    ):
        changed = [given[0], replace(given[1], header=broken)]
        assert words in only(roster.read(changed, {}, (), LIMITS)).message
    assert "没有“党员”工作表" in only(roster.read(given[:1], {}, (), LIMITS)).message


def test_personal_values_are_masked_in_every_problem():
    number = numbered("37139919570109004")
    people = [
        member(number, 性别="男", 联系电话="199000000012", 现居住地="x" * 130, 备注=f"{number}\n"),
        member(姓名=number),
    ]
    told = " ".join(str(each) for each in read(people=people).problems)

    assert number not in told and "199000000012" not in told and "19570109" not in told


@pytest.mark.parametrize(
    ("name", "kind", "parent", "short"),
    [
        ("中共临沭县委员会", Kind.COUNTY, "", "临沭县委"),
        ("中共临沭街道工作委员会", Kind.STREET, "中共临沭县委员会", "临沭街道党工委"),
        ("中共振兴社区总支部委员会", Kind.GENERAL_BRANCH, "中共临沭街道工作委员会", "振兴社区总支"),
        ("中共振兴社区东片区支部委员会", Kind.AREA_BRANCH, "中共振兴社区总支部委员会", "东片区支部"),
        ("振兴社区东片区第1党小组", Kind.GROUP, "中共振兴社区东片区支部委员会", "第1党小组"),
        ("城里社区", Kind.COMMUNITY, "中共临沭街道工作委员会", "城里社区"),
        ("中共城里社区第一支部", Kind.BRANCH, "城里社区", "第一支部"),
        ("中共滨河社区第二支部委员会", Kind.BRANCH, "滨河社区", "第二支部"),
        ("中共甲厂联合支部", Kind.JOINT_BRANCH, "乙社区", "甲厂联合支部"),
    ],
)
def test_short_names(name, kind, parent, short):
    assert short_name(name, kind, parent) == short
