"""Cells are read as Excel shows them, and as openpyxl reads them."""

import zipfile
from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.formula import ArrayFormula

from members.services.cells import Declared, open_workbook


def saved(book: Workbook) -> bytes:
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def lines(content: bytes, sheet: str = "Sheet") -> list[tuple[int, list[tuple[str, bool]]]]:
    return list(open_workbook(content).lines(sheet))


def test_every_kind_of_cell():
    book = Workbook()
    book.active.append(
        [
            "文字", 12, 1.5, 371399195701090025, True, date(2010, 6, 1), datetime(2010, 6, 1, 8, 30), "=A1+1",  # noqa: DTZ001
            ArrayFormula("I1", "=SUM(A1)"), CellRichText("甲", TextBlock(InlineFont(b=True), "乙")), None, "末",
        ]
    )  # fmt: skip
    book.active["A5"] = "跳过三行"
    assert lines(saved(book)) == [
        (
            1,
            [
                ("文字", False), ("12", True), ("1.5", True), ("3.7139919570109e+17", True), ("是", False),
                ("2010-06-01", False), ("2010-06-01 08:30:00", False), ("=A1+1", False), ("=SUM(A1)", False),
                ("甲乙", False), ("", False), ("末", False),
            ],
        ),
        (5, [("跳过三行", False)]),
    ]  # fmt: skip


def test_days_are_known_by_the_style_of_the_cell_and_the_calendar_of_the_book():
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append([date(2010, 6, 1), 40330])
    book.active["A1"].number_format = 'yyyy"年"m"月"'
    assert lines(saved(book)) == [(1, [("2010-06-01", False), ("40330", True)])]


def test_a_day_before_all_days():
    book = Workbook()
    book.active.append([10**9])
    book.active["A1"].number_format = "yyyy-mm-dd"
    assert lines(saved(book)) == [(1, [("#VALUE!", False)])]


def test_columns_beyond_any_roster_are_left_out():
    book = Workbook()
    book.active.append(["甲"] * 70)
    assert [len(line) for _, line in lines(saved(book))] == [64]


def changed(content: bytes, part: str, change) -> bytes:
    """The workbook with one part written otherwise."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            told = source.read(name)
            target.writestr(name, change(told) if name == part else told)
    return out.getvalue()


def test_a_phonetic_guide_is_no_text():
    book = Workbook()
    book.active.append(["曾小贤"])
    guide = "<t>曾小贤</t><rPh sb='0' eb='1'><t>zeng</t></rPh>".encode()
    content = changed(saved(book), "xl/sharedStrings.xml", lambda told: told.replace("<t>曾小贤</t>".encode(), guide))
    assert lines(content) == [(1, [("曾小贤", False)])]


def test_places_may_be_left_unsaid():
    sheet = b'<worksheet xmlns="x"><sheetData><row><c t="inlineStr"><is><t>A</t></is></c><c><v>2</v></c></row></sheetData></worksheet>'
    content = changed(saved(Workbook()), "xl/worksheets/sheet1.xml", lambda told: sheet)
    assert lines(content) == [(1, [("A", False), ("2", True)])]


def test_a_declaration_behind_a_long_comment_is_refused():
    bomb = b"<!--" + b"x" * 5000 + b'--><!DOCTYPE a [<!ENTITY b "bbbb">]><worksheet>&b;</worksheet>'
    with pytest.raises(Declared):
        lines(changed(saved(Workbook()), "xl/worksheets/sheet1.xml", lambda told: bomb))
