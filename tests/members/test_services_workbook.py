"""A roster as offices send it becomes rows under the template's columns."""

from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from linshu.errors import Invalid
from members.rules.membership import Limits
from members.rules.roster.members import RowCheck
from members.rules.roster.organizations import nodes_of
from members.rules.roster.shape import Row
from members.services.workbook import open_book
from organizations.rules.kinds import Kind
from organizations.rules.posts import titles_of
from tests.members.messy import OFFICE, office_lines, office_people, office_text, office_workbook
from tests.members.rosters import members, workbook

TODAY = date(2026, 11, 24)
LIMITS = Limits(TODAY, adult_years=18, probation=12, shortest_extension=6, longest_extension=12)


def read(content: bytes, name: str = "名册.xlsx") -> list[Row]:
    return list(open_book(content, name).members)


def changed(**cells: object) -> bytes:
    """The good roster with cells of the sheet 党员 set (``E2=...``)."""
    book = load_workbook(BytesIO(workbook()))
    for place, value in cells.items():
        book["党员"][place] = value
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def test_a_roster_becomes_text_with_its_rows():
    book = open_book(workbook(), "名册.xlsx")
    people = list(book.members)

    assert [row.number for row in people] == [2, 3, 4] and book.header_row == 1
    assert people[0].get("公民身份号码") == members()[0]["公民身份号码"]
    assert next(book.organizations).get("成立日期") == "1949-10-01" and book.notes == []


def test_dates_numbers_and_formulas_keep_what_they_are():
    people = read(changed(G2=datetime(1992, 5, 26), E2=371399195701090025, B2="=1+1", N2=19900000001))  # noqa: DTZ001
    row = people[0]

    assert row.get("入党日期") == "1992-05-26" and row.get("姓名") == "=1+1" and row.get("联系电话") == "19900000001"
    assert "公民身份号码" in row.numbers and "入党日期" not in row.numbers


def test_blank_lines_are_skipped_and_rows_keep_their_numbers():
    assert [row.number for row in read(changed(A9="9", B11="张三"))] == [2, 3, 4, 11]


def test_other_sheets_are_left_alone():
    book = load_workbook(BytesIO(workbook()))
    book.create_sheet("填表说明", 0).append(["请按下列要求填写"])
    content = BytesIO()
    book.save(content)
    assert len(read(content.getvalue())) == 3


def test_an_office_writes_it_in_its_own_way():
    lines = office_lines(office_people())
    book = open_book(office_workbook(lines), "甲街道.xlsx")
    people = list(book.members)

    assert book.header_row == 4 and book.columns[0] == "序 号" and list(book.organizations) == []
    assert [row.number for row in people] == [5, 7, 8] and people[0].sheet == "党员"
    assert people[0].get("联系电话") == "19900000001" and people[0].heading("联系电话") == "联系方式（手机）"
    assert people[0].get("入党日期") == "1992.05.26" and "党小组编码" not in people[0].cells
    assert people[0].cells["备注"] == ""
    assert book.notes == [
        "“Sheet1”的“工作单位及职务”不是名册的列，没有读入。",
        "“Sheet1”第 10、11、12 行是表尾，没有读入。",
    ]


@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_text_tables_in_every_usual_encoding(encoding, separator):
    lines = office_lines(office_people())
    people = read(office_text(lines, encoding, separator), "名册.csv")

    assert [row.get("姓名") for row in people] == ["陈华雪", "魏军平", "许志远"]
    assert [row.number for row in people] == [5, 7, 8]
    assert people[0].heading("序号") == "序 号"


def test_a_text_table_cannot_be_guessed():
    lines = office_lines(office_people())
    broken = office_text(lines, "gbk")[:-3] + b"\xff\xff\x81"
    with pytest.raises(Invalid, match="文字编码"):
        read(broken, "名册.csv")


def test_several_sheets_of_members_are_one_after_another():
    book = load_workbook(BytesIO(workbook()))
    copied = book.copy_worksheet(book["党员"])
    copied.title = "第二支部"
    content = BytesIO()
    book.save(content)

    assert [(row.sheet, row.number) for row in read(content.getvalue())] == [
        ("党员", 2), ("党员", 3), ("党员", 4), ("第二支部", 2), ("第二支部", 3), ("第二支部", 4),
    ]  # fmt: skip


def refused(content: bytes) -> str:
    with pytest.raises(Invalid) as error:
        read(content)
    return error.value.message


def test_columns_that_are_missing_or_there_twice():
    lines = office_lines(office_people(), {column: word for column, word in OFFICE.items() if column != "入党日期"})
    assert "第 4 行的表头缺少“入党日期”" in refused(office_workbook(lines))
    lines = office_lines(office_people(), OFFICE | {"手机": "手机号码"})
    assert "“手机号码”与另一列意思相同" in refused(office_workbook(lines))
    lines = office_lines(office_people(), {column: word for column, word in OFFICE.items() if column != "所在党组织"})
    assert "缺少“所在党组织编码或所在党组织”" in refused(office_workbook(lines))


def test_a_file_without_headings():
    assert "没有找到名册的表头" in refused(office_workbook([["通知"], ["各支部："]]))


def test_headings_printed_on_every_page_are_no_rows():
    lines = office_lines(office_people())
    lines.insert(7, lines[3])
    book = open_book(office_workbook(lines), "名册.xlsx")

    assert len(list(book.members)) == 3
    assert "“Sheet1”第 8 行是重复的表头，没有读入。" in book.notes


def test_real_dates_and_the_calendar_of_1904():
    lines = office_lines(office_people())
    lines[4][7] = datetime(1992, 5, 26)  # noqa: DTZ001 - Excel knows no zones
    book = load_workbook(BytesIO(office_workbook(lines)))
    book.epoch = CALENDAR_MAC_1904
    book["Sheet1"]["H7"] = 32287  # of 1904
    content = BytesIO()
    book.save(content)
    people = read(content.getvalue())

    assert people[0].get("入党日期") == "1992-05-26"
    assert people[1].get("入党日期") == "1992-05-25"


def test_the_roster_of_the_county_is_read_whole(roster):
    book = open_book(roster, "linshu-roster.xlsx")
    units = list(book.organizations)
    check = RowCheck(nodes_of(units, {}, today=TODAY), titles_of(Kind.BRANCH), LIMITS)
    checked = [check.check(row) for row in book.members]

    assert (len(units), len(checked), book.notes) == (52, 151, [])
    assert [each for one in checked for each in one.problems] == []
