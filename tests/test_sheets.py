"""Workbooks come back as they were written, evaluate nothing, and are streamed."""

import zipfile
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from linshu import sheets
from linshu.sheets import CARE, NOTES, SheetData, write_workbook


def opened(*data: SheetData, **options):
    return load_workbook(BytesIO(b"".join(write_workbook(data, **options))))


def cell(value: object):
    return opened(SheetData("表", ("列",), [[value]]))["表"]["A2"]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+86 199",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1",
        "＋1",
        "－1",
        "＠a",
        "  =1+1",
        '=HYPERLINK("x")',
    ],
)
def test_what_looks_like_a_formula_is_typed_text_and_reads_back(text):
    found = cell(text)
    assert (found.value, found.data_type, found.quotePrefix) == (text, "s", True)


@pytest.mark.parametrize(
    "text", ["陈华雪", "371399195701090025", "1992-05-26", "<b>&amp;</b>", " 空格 ", "a\nb", "a\rb", "😀"]
)
def test_text_stays_text(text):
    found = cell(text)
    assert (found.value, found.data_type, found.number_format) == (text, "s", "@")
    assert not found.quotePrefix


def test_numbers_and_days_are_typed():
    row = [3, 2.5, Decimal("1.20"), date(1992, 5, 26), datetime(2026, 11, 24, 10, 30)]  # noqa: DTZ001
    found = [each.value for each in opened(SheetData("表", "甲乙丙丁戊", [row]))["表"][2]]
    assert found == [3, 2.5, 1.2, datetime(1992, 5, 26), datetime(2026, 11, 24, 10, 30)]  # noqa: DTZ001
    assert cell(date(1992, 5, 26)).number_format == r"yyyy\-mm\-dd"


def test_what_excel_would_get_wrong_is_text():
    assert cell(10**17 + 1).value == "100000000000000001"
    assert cell(date(1899, 12, 31)).value == "1899-12-31"
    assert cell(float("nan")).value == "nan"
    assert cell(True).value == "是"


def test_characters_that_xml_does_not_take_are_left_out():
    assert cell("陈\x00华\x0b雪\ud800￾").value == "陈华雪"


def test_a_cell_takes_no_more_than_excel_allows():
    assert len(cell("长" * 40_000).value) == sheets.LONGEST


def test_empty_cells_keep_the_others_in_their_columns():
    sheet = opened(SheetData("表", "甲乙丙", [[None, "", "丙"], ["甲"]]))["表"]
    assert list(sheet.values) == [("甲", "乙", "丙"), (None, None, "丙"), ("甲", None, None)]


def test_the_headings_stay_in_sight_and_repeat_on_paper():
    sheet = opened(SheetData("党员", ("姓名", "备注"), [["陈华雪", ""]], widths=(12, 40)), printed="张三 & 李四")[
        "党员"
    ]
    assert sheet.freeze_panes == "A2" and sheet["A1"].font.bold
    assert sheet.column_dimensions["B"].width == 40
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.oddFooter.left.text == "张三 && 李四"
    assert CARE in sheet.oddHeader.right.text


def test_the_watermark_is_read_after_the_rows():
    counted = []

    def rows():
        for number in range(3):
            counted.append(number)
            yield [number]

    def watermark():
        yield f"共 {len(counted)} 行"

    book = opened(SheetData("表", ("列",), rows()), watermark=watermark())
    assert book.sheetnames == ["表", NOTES]
    assert [row[0] for row in book[NOTES].values] == [NOTES, "共 3 行", CARE]


def test_names_of_sheets_are_made_such_as_excel_takes():
    assert opened(SheetData("a/b:c*[d]?\\'" + "长" * 40, ("列",), [])).sheetnames == ["a b c  d    " + "长" * 19]


def test_pieces_come_while_the_rows_are_still_read():
    read = []

    def rows():
        for number in range(20_000):
            read.append(number)
            yield [f"{number} {number * 7919 % 100_003}"]

    pieces = write_workbook([SheetData("表", ("列",), rows())])
    next(piece for piece in pieces if piece)
    assert len(read) < 20_000
    pieces.close()


def test_more_rows_than_a_sheet_has(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    opened(SheetData("表", ("列",), [["a"], ["b"]]))
    with pytest.raises(ValueError, match="more than 2 rows"):
        opened(SheetData("表", ("列",), [["a"], ["b"], ["c"]]))


def test_every_part_is_announced():
    content = b"".join(write_workbook([SheetData("a", ("列",), []), SheetData("b", ("列",), [])]))
    with zipfile.ZipFile(BytesIO(content)) as book:
        assert book.testzip() is None
        types = book.read("[Content_Types].xml").decode()
        assert all(f"/{name}" in types for name in book.namelist() if name.startswith("xl/") and "_rels" not in name)


def test_sheets_that_name_nobody_ask_for_no_care():
    book = opened(SheetData("表", ("列",), []), watermark=["甲"], care="")
    assert [row[0] for row in book[NOTES].values] == [NOTES, "甲"]
    assert not book["表"].oddHeader.right.text
