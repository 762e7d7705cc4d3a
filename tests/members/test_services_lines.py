"""Hostile files are refused before anything is read from them, and each refusal says what to do."""

import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook

from linshu.errors import Invalid
from members.services import lines as reader
from members.services.workbook import open_book
from tests.members.rosters import workbook


def refusal(content: bytes, name: str = "名册.xlsx") -> str:
    with pytest.raises(Invalid) as refused:
        list(open_book(content, name).members)
    return refused.value.message


def test_what_is_no_workbook():
    for content in (b"\x00" * 100, "姓名,证号".encode(), b"%PDF-1.7", b"PK\x03\x04broken"):
        assert "不是能打开的 Excel" in refusal(content)


def test_a_zip_that_is_no_workbook_and_a_workbook_cut_short():
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as container:
        container.writestr("a.txt", "a")
    assert "不是能打开的 Excel" in refusal(content.getvalue())
    assert "不是能打开的 Excel" in refusal(workbook()[:-400])


def test_a_workbook_with_a_password():
    assert "密码" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"))


def test_an_old_workbook():
    assert "另存为 .xlsx" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)


def test_an_empty_file():
    assert "是空的" in refusal(b"")


def test_a_workbook_with_macros():
    content = BytesIO(workbook())
    with zipfile.ZipFile(content, "a") as container:
        container.writestr("xl/vbaProject.bin", b"macro")
    assert "宏" in refusal(content.getvalue())


def test_a_file_too_large(monkeypatch):
    monkeypatch.setattr(reader, "MOST_BYTES", 100)
    monkeypatch.setattr(reader, "MOST_OPENED", 1000)
    assert "文件超过" in refusal(workbook())
    with pytest.raises(Invalid, match="文件超过"):
        reader.check_file(b"x" * 200, "名册.csv")


def test_the_largest_file_fits_into_the_largest_form(settings):
    assert reader.MOST_BYTES < settings.MOST_UPLOAD_BYTES
    assert "超过 20 MB" in reader.too_large().message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_text_table_with_a_sign_that_no_database_keeps(encoding):
    text = "姓名,公民身份号码,入党日期,所在党组织编码\n" + "陈华雪,,,\n" * 400 + "陈\x00华,,,\n"
    assert "编码认不出来" in refusal(text.encode(encoding), "名册.csv")


def _changed(part: str, old: str, new: str) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook())) as source, zipfile.ZipFile(content, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            target.writestr(name, text.replace(old.encode(), new.encode(), 1) if name == part else text)
    return content.getvalue()


@pytest.mark.parametrize("line", ["0", "-1", "1048577", "9" * 30])
def test_lines_that_no_sheet_has(line):
    assert "不是能打开的" in refusal(_changed("xl/worksheets/sheet2.xml", '<row r="2"', f'<row r="{line}"'))


def test_a_sheet_of_a_name_that_none_bears():
    assert "不是能打开的" in refusal(_changed("xl/workbook.xml", 'name="党员"', f'name="{"党员" * 16}"'))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    def never(*args, **kwargs):
        raise AssertionError("opened")

    monkeypatch.setattr(reader, "open_workbook", never)
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as container:
        for number in range(31):
            container.writestr(f"xl/worksheets/sheet{number}.xml", b" " * 10 * 1024 * 1024)
    assert len(content.getvalue()) < reader.MOST_BYTES
    assert "过大" in refusal(content.getvalue())


def test_cells_beyond_all_measure_are_refused_by_how_far_they_shrank(monkeypatch):
    """Fourteen million empty cells fit into half a megabyte, and would keep the reader busy for minutes."""
    monkeypatch.setattr(reader, "open_workbook", None)
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("xl/worksheets/sheet1.xml", b"<c><v>1</v></c>" * 2_000_000)
    assert "过大" in refusal(content.getvalue())


def test_more_rows_than_a_county_has(monkeypatch):
    monkeypatch.setattr("members.services.workbook.MOST_ROWS", 2)
    assert "超过 2 行" in refusal(workbook())


def test_entities_are_refused_before_they_are_read():
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><workbook>&b;</workbook>'
    for content in (bomb, bomb.decode().encode("utf-16")):
        file = BytesIO()
        with zipfile.ZipFile(BytesIO(workbook())) as good, zipfile.ZipFile(file, "w") as container:
            for part in good.infolist():
                container.writestr(part, content if part.filename == "xl/workbook.xml" else good.read(part))
        assert "文档类型声明" in refusal(file.getvalue())


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

    assert "没有找到名册的表头" in refusal(content.getvalue())
    assert "不是能打开的 Excel" in refusal(bytes(encrypted))
