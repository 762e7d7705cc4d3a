"""Workbooks beyond all measure: refused in a sentence while memory stays flat."""

import os
import tracemalloc
import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook

from linshu.errors import Invalid
from members.services import lines as reader
from members.services.cells import MEGABYTE, TooLarge, open_workbook
from members.services.workbook import open_book
from tests.members.rosters import member, workbook
from tests.members.test_services_cells import changed, saved

TEXTS = "xl/sharedStrings.xml"
RELATION = b'<Relationship Id="texts" Type="x/sharedStrings" Target="/xl/sharedStrings.xml"/>'
SHEET = "xl/worksheets/sheet1.xml"
WHOLE = '<worksheet xmlns="x"><sheetData><row>{}</row></sheetData></worksheet>'


def refusal(content: bytes, name: str = "名册.xlsx") -> str:
    with pytest.raises(Invalid) as refused:
        list(open_book(content, name).members)
    return refused.value.message


def shared(texts: int, length: int) -> bytes:
    """A roster whose cells share so many texts; each holds as much that does not shrink as a roster would."""
    content = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(workbook())) as good,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made,
    ):
        for part in good.infolist():
            if part.filename != TEXTS:
                made.writestr(part, good.read(part).replace(b"</Relationships>", RELATION + b"</Relationships>"))
        with made.open(TEXTS, "w") as part:
            part.write(b'<sst xmlns="x">')
            for _ in range(texts):
                text = os.urandom(length // 60).hex().encode()
                part.write(b"<si><t>" + text.ljust(length, b"x") + b"</t></si>")
            part.write(b"</sst>")
    return content.getvalue()


def test_four_hundred_megabytes_of_texts():
    content = shared(20_000, 20_000)
    assert len(content) < reader.MOST_BYTES
    with zipfile.ZipFile(BytesIO(content)) as container:
        assert 390 * MEGABYTE > sum(part.file_size for part in container.infolist()) > 380 * MEGABYTE
    tracemalloc.start()
    assert "过大" in refusal(content)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 50 * MEGABYTE


@pytest.mark.parametrize(
    "row",
    [
        f'<c t="inlineStr"><is><t>{"x" * 3 * MEGABYTE}</t></is></c>',
        f'<c t="inlineStr"><is>{"<t>xxxxxxxxx</t>" * 30_000}</is></c>',
        f'<c r="{"A" * 3 * MEGABYTE}"/>',
        f"<!--{'x' * 3 * MEGABYTE}-->",
        "".join(f"<c{number}/>" for number in range(30_000)),
        "".join(f'<c a{number}="1"/>' for number in range(30_000)),
    ],
    ids=["text", "texts", "attribute", "comment", "names", "attributes"],
)
def test_a_cell_that_fills_the_memory(row):
    content = changed(saved(Workbook()), SHEET, lambda told: WHOLE.format(row).encode())
    with pytest.raises(TooLarge):
        list(open_workbook(content).lines("Sheet"))


def test_a_column_that_no_sheet_has():
    content = changed(saved(Workbook()), SHEET, lambda told: WHOLE.format('<c r="XFE1"><v>1</v></c>').encode())
    with pytest.raises(ValueError, match="no column"):
        list(open_workbook(content).lines("Sheet"))


def test_a_small_part_that_is_large():
    styles = b"<styleSheet>" + b"<xf/>" * 2_000_000 + b"</styleSheet>"
    with pytest.raises(TooLarge):
        open_workbook(changed(saved(Workbook()), "xl/styles.xml", lambda told: styles))


def test_sheets_that_are_one_and_the_same():
    def twice(told: bytes) -> bytes:
        return told.replace(b"</sheets>", b'<sheet name="b" sheetId="9" r:id="rId1"/></sheets>').replace(
            b"<sheets>", b'<sheets xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        )

    with pytest.raises(TooLarge):
        open_workbook(changed(saved(Workbook()), "xl/workbook.xml", twice))


def test_more_parts_than_can_be_listed():
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as container:
        for number in range(20_000):
            container.writestr(f"{number}", b"")
    assert "过大" in refusal(content.getvalue())


def test_a_cell_longer_than_any_column():
    assert "“备注”有 2001 个字" in refusal(workbook(people=[member(备注="长" * 2001)]))


def test_a_line_of_text_longer_than_any_row():
    head = "姓名,公民身份号码,入党日期,人员类别,转正日期,所在党组织编码\n"
    for tail in ("," * 2 * MEGABYTE, '"\n",' * MEGABYTE):
        assert "有一行长得不像名册" in refusal((head + tail).encode(), "名册.csv")
