"""What offices write, and what the register makes of it: a table to read, then the laws that hold for all of it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.rules.membership import Limits
from members.rules.roster import dialects
from members.rules.roster.members import RowCheck
from members.rules.roster.shape import MemberRow, Node
from organizations.rules.kinds import Kind
from organizations.rules.posts import titles_of
from tests.members.rosters import MAN, WOMAN, numbered, row

LIMITS = Limits(date(2026, 11, 24), adult_years=18, probation=12, shortest_extension=6, longest_extension=12)
OLD = date(1949, 10, 1)
NODES = {
    "A": Node("中共测试县委员会", Kind.COUNTY, "", OLD),
    "A-1": Node("中共甲街道工作委员会", Kind.STREET, "A", OLD),
    "A-1-1": Node("中共甲社区总支部委员会", Kind.GENERAL_BRANCH, "A-1", OLD),
    "A-1-1-1": Node("中共甲社区东片区支部委员会", Kind.AREA_BRANCH, "A-1-1", OLD),
    "A-1-1-1-1": Node("甲社区东片区第1党小组", Kind.GROUP, "A-1-1-1", OLD),
    "A-1-2": Node("乙社区", Kind.COMMUNITY, "A-1", OLD),
    "A-1-2-1": Node("中共乙社区第一支部", Kind.BRANCH, "A-1-2", OLD),
    "A-1-3": Node("丙社区", Kind.COMMUNITY, "A-1", OLD),
    "A-1-3-1": Node("中共丙社区第一支部委员会", Kind.BRANCH, "A-1-3", OLD),
    "A-1-3-2": Node("中共丙社区第二支部委员会", Kind.BRANCH, "A-1-3", OLD),
}
CHECK = RowCheck(NODES, titles_of(Kind.BRANCH), LIMITS)
WITH_X = numbered("37139919570109048")  # its check digit is an X
NO_GROUP = {"党小组编码": "", "党内职务": ""}


def read(**changes: object) -> MemberRow:
    """The member of a row that must be good."""
    checked = CHECK.check(row(**changes))
    assert checked.problems == (), [str(each) for each in checked.problems]
    assert checked.member is not None
    return checked.member


# column, what is written, field of the member, what it becomes
TABLE = [
    ("入党日期", "1992-05-26", "joined_on", date(1992, 5, 26)),
    ("入党日期", "1992.5.26", "joined_on", date(1992, 5, 26)),
    ("入党日期", "1992/05/26", "joined_on", date(1992, 5, 26)),
    ("入党日期", "1992年5月26日", "joined_on", date(1992, 5, 26)),
    ("入党日期", "1992年5月26", "joined_on", date(1992, 5, 26)),
    ("入党日期", "1992 年 5 月 26 日", "joined_on", date(1992, 5, 26)),
    ("入党日期", "19920526", "joined_on", date(1992, 5, 26)),
    ("入党日期", "33750", "joined_on", date(1992, 5, 26)),
    ("入党日期", "１９９２．５．２６", "joined_on", date(1992, 5, 26)),
    ("入党日期", "1992、5、26", "joined_on", date(1992, 5, 26)),
    ("入党日期", "1992-5-26 00:00:00", "joined_on", date(1992, 5, 26)),
    ("入党日期", "1992/5/26 0:00", "joined_on", date(1992, 5, 26)),
    ("入党日期", "一九九二年五月二十六日", "joined_on", date(1992, 5, 26)),
    ("入党日期", "1992.05.26\u200b", "joined_on", date(1992, 5, 26)),
    ("入党日期", "1992年5月", "joined_on", date(1992, 5, 26)),  # the day is that of becoming full, a year later
    ("入党日期", "1992.05", "joined_on", date(1992, 5, 26)),
    ("入党日期", "199205", "joined_on", date(1992, 5, 26)),
    ("转正日期", "1993.5.26", "full_on", date(1993, 5, 26)),
    ("转正日期", "1993年5月份", "full_on", date(1993, 5, 26)),
    ("姓名", "陈 雪", "name", "陈雪"),
    ("姓名", "陈\u3000雪", "name", "陈雪"),
    ("姓名", " 陈华雪 ", "name", "陈华雪"),
    ("姓名", "陈\u200b华雪", "name", "陈华雪"),
    ("姓名", "陈\n雪", "name", "陈雪"),
    ("姓名", "阿依古丽・买买提", "name", "阿依古丽·买买提"),
    ("姓名", "阿依古丽•买买提", "name", "阿依古丽·买买提"),
    ("姓名", "阿依古丽.买买提", "name", "阿依古丽·买买提"),
    ("姓名", "阿依古丽 · 买买提", "name", "阿依古丽·买买提"),
    ("姓名", "阿依古丽．买买提", "name", "阿依古丽·买买提"),
    ("姓名", "陈㐂", "name", "陈㐂"),  # extension A
    ("姓名", "陈𠮷", "name", "陈𠮷"),  # extension B
    ("姓名", "陈\U0002b81d", "name", "陈\U0002b81d"),  # extension D
    ("姓名", "陈\U00031350", "name", "陈\U00031350"),  # extension H
    ("性别", "女 ", "sex", "2"),
    ("性别", "2", "sex", "2"),
    ("性别", "女性", "sex", "2"),
    ("民族", "汉", "ethnicity", "汉族"),
    ("民族", "维吾尔", "ethnicity", "维吾尔族"),
    ("民族", "回族", "ethnicity", "回族"),
    ("公民身份号码", f" {WOMAN} ", "id_number", WOMAN),
    ("公民身份号码", f"'{WOMAN}", "id_number", WOMAN),
    ("公民身份号码", f"{WOMAN[:6]} {WOMAN[6:14]} {WOMAN[14:]}", "id_number", WOMAN),
    ("公民身份号码", WITH_X.lower(), "id_number", WITH_X),
    ("公民身份号码", WITH_X[:17] + "х", "id_number", WITH_X),  # a Cyrillic letter
    ("公民身份号码", "".join(chr(ord(each) + 0xFEE0) for each in WOMAN), "id_number", WOMAN),
    ("人员类别", "正式", "category", "full"),
    ("人员类别", "中共正式党员", "category", "full"),
    ("人员类别", "正 式 党 员", "category", "full"),
    ("党内职务", "支部书记", "posts", ("书记",)),
    ("党内职务", "党支部书记", "posts", ("书记",)),
    ("党内职务", "书记，组织委员", "posts", ("书记", "组织委员")),
    ("党内职务", "书记兼组织委员", "posts", ("书记", "组织委员")),
    ("党内职务", "书记 宣传委员", "posts", ("书记", "宣传委员")),
    ("党内职务", "无", "posts", ()),
    ("党内职务", "党员", "posts", ()),
    ("联系电话", "199 0000 0001", "phone", "19900000001"),
    ("联系电话", "199-0000-0001", "phone", "19900000001"),
    ("联系电话", "+86 19900000001", "phone", "19900000001"),
    ("联系电话", "１９９００００000１", "phone", "19900000001"),
    ("联系电话", "无", "phone", ""),
    ("现居住地", "滨海路１５号", "address", "滨海路15号"),
    ("现居住地", "滨海路\n15号", "address", "滨海路 15号"),
    ("是否流动党员", "×", "is_mobile", False),
    ("是否流动党员", "", "is_mobile", False),
    ("备注", "—", "note", ""),
    ("备注", "'-待核", "note", "-待核"),
    ("党小组编码", "第一党小组", "group_code", "A-1-1-1-1"),
    ("党小组编码", "a-1-1-1-1", "group_code", "A-1-1-1-1"),
]  # fmt: skip


@pytest.mark.parametrize(("column", "written", "name", "kept"), TABLE)
def test_what_is_written_and_what_is_kept(column, written, name, kept):
    assert getattr(read(**{column: written}), name) == kept


def test_a_tick_makes_a_mobile_member():
    assert read(是否流动党员="√", 流向="上海市", **NO_GROUP).is_mobile
    assert read(是否流动党员=None, 流向="上海市", **NO_GROUP).is_mobile


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("A-1-2-1", "A-1-2-1"),
        ("a-1-2-1 ", "A-1-2-1"),
        ("Ａ－1－2－1", "A-1-2-1"),
        ("中共乙社区第一支部", "A-1-2-1"),
        ("中共乙社区第一支部委员会", "A-1-2-1"),
        ("乙社区第一党支部", "A-1-2-1"),
        ("乙社区第1支部", "A-1-2-1"),
        ("第二支部", "A-1-3-2"),
        ("东片区支部", "A-1-1-1"),
    ],
)
def test_a_branch_by_code_or_name(written, code):
    assert read(所在党组织编码=written, 所在党组织=None, **NO_GROUP).branch_code == code
    assert read(所在党组织编码=None, 所在党组织=written, **NO_GROUP).branch_code == code


def refused(**changes: object) -> tuple[str, str]:
    """Why and what to do, of the only problem."""
    checked = CHECK.check(row(**changes))
    assert checked.member is None and len(checked.problems) == 1, [str(each) for each in checked.problems]
    return checked.problems[0].message, checked.problems[0].remedy


@pytest.mark.parametrize(
    ("changes", "why", "remedy"),
    [
        ({"所在党组织编码": None, "所在党组织": "第一支部"}, "有 2 个支部", "A-1-2-1 中共乙社区第一支部、A-1-3-1"),
        ({"所在党组织编码": None, "所在党组织": "丙社区第三支部"}, "没有这个组织", "A-1-3-1 中共丙社区第一支部委员会"),
        ({"所在党组织编码": "A-1-2-3", "所在党组织": ""}, "没有这个组织", "A-1-2-1 中共乙社区第一支部"),
        ({"所在党组织编码": "A-1-3", "所在党组织": ""}, "不是党支部", "A-1-3-2 中共丙社区第二支部委员会"),
        ({"所在党组织编码": "A-1-1-1-1", "所在党组织": ""}, "不是党支部", "请把支部填为 A-1-1-1"),
        ({"所在党组织编码": "", "所在党组织": ""}, "没有写", "编码或全称"),
        ({"入党日期": "92.5.26"}, "两位", "2026-11-24"),
        ({"入党日期": "5/26/1992"}, "看不出", "2026-11-24"),
        ({"入党日期": "1992年"}, "看不出", "2026-11-24"),
        ({"姓名": "陈?"}, "生僻字", "重新输入"),
        ({"姓名": "陈\ue863"}, "生僻字", "重新输入"),
        ({"联系电话": "0539-6212345"}, "固定电话", "留空"),
        ({"联系电话": "19900000001/19900000002"}, "不止一个", "备注"),
        ({"联系电话": "1990000001"}, "有 10 位", "补全"),
        ({"公民身份号码": "3.71399E+17"}, "舍入", "文本"),
        ({"党小组编码": "第5党小组"}, "没有这个党小组", "A-1-1-1-1 甲社区东片区第1党小组"),
        ({"出生日期": "1957-01-10"}, "第 7 至 14 位", "对照证件"),
        ({"是否流动党员": "是", "流向": None}, "须写明流向", "县区"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(changes, why, remedy):
    if "所在党组织编码" in changes:
        changes = NO_GROUP | changes
    told = refused(**changes)
    assert why in told[0] and remedy in told[1]


def test_october_written_as_a_number_is_asked_for():
    """Excel keeps 2003.10 as 2003.1."""
    given_row = row(入党日期="2003.1", 转正日期="2004.01")
    checked = CHECK.check(type(given_row)("党员", 2, given_row.cells, frozenset({"入党日期"})))
    assert "1 月还是 10 月" in checked.problems[0].message


@pytest.mark.parametrize("written", ["1957-01-09", "1957.1", "1957年1月", "19570109", "1957.01", ""])
def test_a_birth_date_that_agrees(written):
    assert read(出生日期=written).birth_date == date(1957, 1, 9)


def test_a_bare_month_is_told():
    checked = CHECK.check(row(入党日期="1992.5", 转正日期="1993.5"))
    assert checked.member and (checked.member.joined_on, checked.member.full_on) == (date(1992, 5, 1), date(1993, 5, 1))
    assert [each.message for each in checked.warnings] == [
        "只写到月，按 1992年5月1日登记。", "只写到月，按 1993年5月1日登记。",
    ]  # fmt: skip


def test_columns_that_are_not_there_say_nothing():
    gone = dict.fromkeys(("序号", "备注", "党小组编码", "流向", "是否流动党员", "联系电话", "性别", "所在党组织"))
    stated = read(**gone).stated
    assert not stated & gone.keys() and "学历" in stated
    by_name = read(所在党组织编码=None, 党小组编码=None, 党小组="第1党小组")
    assert by_name.group_code == "A-1-1-1-1" and {"所在党组织编码", "党小组编码"} <= by_name.stated


def test_a_problem_names_the_column_as_the_office_wrote_it():
    given_row = row(联系电话="123456789012")
    written = type(given_row)("名册", 7, given_row.cells, written={"联系电话": "手机号码"})
    problem = CHECK.check(written).problems[0]
    assert (problem.sheet, problem.row, problem.column, problem.value) == ("名册", 7, "手机号码", "123****9012")


DAYS = st.dates(date(1930, 1, 1), date(2026, 11, 24))
WRITINGS = (
    "{0:%Y-%m-%d}",
    "{0.year}.{0.month}.{0.day}",
    "{0.year}年{0.month}月{0.day}日",
    "{0:%Y/%m/%d}",
    "{0:%Y%m%d}",
)


@given(DAYS, st.sampled_from(WRITINGS), st.sampled_from(("", " ", "\u3000", "\u200b")))
def test_every_day_survives_every_writing(day, writing, space):
    assert dialects.day(space + writing.format(day) + space) == dialects.Day(day)


@given(DAYS)
def test_every_day_survives_excel(day):
    assert dialects.day(str((day - dialects.EPOCH).days)) == dialects.Day(day)
    assert dialects.from_serial((day - dialects.EPOCH_1904).days, dialects.EPOCH_1904) == day


@given(DAYS)
def test_a_month_is_its_first_day_and_not_whole(day):
    assert dialects.day(f"{day.year}年{day.month}月") == dialects.Day(day.replace(day=1), whole=False)


@given(st.text(max_size=60))
def test_whatever_is_written_is_cleaned_once(text):
    for tidy in (dialects.name, dialects.phone, dialects.identity, dialects.bare):
        assert tidy(tidy(text)) == tidy(text)


@given(st.dictionaries(st.sampled_from(sorted(row().cells)), st.text(max_size=40)))
def test_no_row_breaks_the_check(cells):
    checked = CHECK.check(row(**cells))
    assert (checked.member is None) == bool(checked.problems)
    assert all(each.message.endswith(("。", "？")) and MAN not in str(each) for each in checked.problems)


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@家", "普通备注", "'引号", ""])
def test_what_an_export_guards_reads_back(text):
    guarded = dialects.guard(text)
    assert dialects.clean(guarded) == text
    assert guarded[:1] not in ("=", "+", "-", "@")
