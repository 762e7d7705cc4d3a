"""A roster as offices send it becomes rows under the template's columns."""

from datetime import datetime
from io import BytesIO

from openpyxl import load_workbook

from members.rules.roster.shape import Row
from members.services.workbook import open_book
from tests.members.rosters import members, workbook


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
    assert book.organizations[0].get("成立日期") == "1949-10-01" and book.notes == []


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
