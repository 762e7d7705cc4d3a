"""Hostile files are refused before anything is read from them."""

import zipfile
from datetime import datetime
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from linshu.errors import Invalid
from members.services import workbook as reader
from members.services.workbook import read_sheets
from tests.members.rosters import members, workbook


def refusal(content: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        read_sheets(content)
    return refused.value.message


def changed(**cells: object) -> bytes:
    """The good roster with cells of the sheet 党员 set (``E2=...``)."""
    book = load_workbook(BytesIO(workbook()))
    for place, value in cells.items():
        book["党员"][place] = value
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def test_a_roster_becomes_text_with_its_rows():
    organizations, people = read_sheets(workbook())

    assert [row.number for row in people.rows] == [2, 3, 4]
    assert people.rows[0].get("公民身份号码") == members()[0]["公民身份号码"]
    assert organizations.rows[0].get("成立日期") == "1949-10-01"


def test_dates_numbers_and_formulas_keep_what_they_are():
    _, people = read_sheets(changed(G2=datetime(1992, 5, 26), E2=371399195701090025, B2="=1+1", N2=19900000001))  # noqa: DTZ001
    row = people.rows[0]

    assert row.get("入党日期") == "1992-05-26" and row.get("姓名") == "=1+1" and row.get("联系电话") == "19900000001"
    assert "公民身份号码" in row.numbers and "入党日期" not in row.numbers


def test_blank_lines_are_skipped_and_rows_keep_their_numbers():
    assert [row.number for row in read_sheets(changed(A9="9"))[1].rows] == [2, 3, 4, 9]


def test_what_is_no_workbook():
    for content in (b"", b"\x00" * 100, "姓名,证号".encode(), b"%PDF-1.7", b"PK\x03\x04broken"):
        assert "不是能打开的 Excel" in refusal(content)


def test_a_zip_that_is_no_workbook_and_a_workbook_cut_short():
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as container:
        container.writestr("a.txt", "a")
    assert "不是能打开的 Excel" in refusal(content.getvalue())
    assert "不是能打开的 Excel" in refusal(workbook()[:-400])


def test_a_workbook_with_a_password():
    assert "密码" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)


def test_a_file_too_large(monkeypatch):
    monkeypatch.setattr(reader, "MOST_BYTES", 100)
    assert "20 MB" in refusal(workbook())


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    def never(*args, **kwargs):
        raise AssertionError("opened")

    monkeypatch.setattr(reader, "load_workbook", never)
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as container:
        for number in range(31):
            container.writestr(f"xl/worksheets/sheet{number}.xml", b" " * 10 * 1024 * 1024)
    assert len(content.getvalue()) < reader.MOST_BYTES
    assert "过大" in refusal(content.getvalue())


def test_cells_beyond_all_measure_are_refused_by_how_far_they_shrank(monkeypatch):
    """Fourteen million empty cells fit into half a megabyte, and would keep the reader busy for minutes."""
    monkeypatch.setattr(reader, "load_workbook", None)
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("xl/worksheets/sheet1.xml", b"<c><v>1</v></c>" * 2_000_000)
    assert "过大" in refusal(content.getvalue())


def test_more_rows_than_a_county_has(monkeypatch):
    monkeypatch.setattr(reader, "MOST_ROWS", 3)
    assert "超过 3 行" in refusal(workbook())


def test_entities_are_not_expanded():
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><workbook>&b;</workbook>'
    content = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook())) as good, zipfile.ZipFile(content, "w") as container:
        for part in good.infolist():
            container.writestr(part, bomb if part.filename == "xl/workbook.xml" else good.read(part))
    assert "不是能打开的 Excel" in refusal(content.getvalue())


def test_other_sheets_are_left_alone():
    book = Workbook()
    book.active.title = "说明"
    content = BytesIO()
    book.save(content)
    assert read_sheets(content.getvalue()) == []


def test_a_file_made_to_break_the_reader():
    """Encrypted parts and a chart where the roster should be: the library fails in ways it does not promise."""
    book = Workbook()
    book.create_chartsheet("党员")
    content = BytesIO()
    book.save(content)
    encrypted = bytearray(workbook())
    place = -1
    while (place := encrypted.find(b"PK\x01\x02", place + 1)) != -1:
        encrypted[place + 8] |= 1  # the flag of a password on a part

    for hostile in (content.getvalue(), bytes(encrypted)):
        assert "不是能打开的 Excel" in refusal(hostile)
