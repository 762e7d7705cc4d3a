"""Opening a roster workbook: limits first, then plain strings. A hostile file is refused before it is unpacked."""

import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time
from io import BytesIO
from itertools import islice
from typing import Any

from openpyxl import load_workbook

from linshu.errors import Invalid
from members.rules.roster.shape import COLUMNS, Row, Sheet

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 300 * 1024 * 1024
MOST_RATIO = 100  # unpacked to packed: rosters shrink ten to thirty times, bombs a thousand times
MOST_PARTS = 500
MOST_ROWS = 100_000
MOST_COLUMNS = 64
ENCRYPTED = b"\xd0\xcf\x11\xe0"  # an OLE container: a workbook with a password, or the old .xls


def read_sheets(content: bytes) -> list[Sheet]:
    """The sheets of a roster as text; Invalid says what is wrong with the file."""
    _check_container(content)
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)
        with closing(book):
            return [_sheet(name, book[name]) for name in book.sheetnames if name in COLUMNS]
    except Invalid:
        raise
    except Exception as error:  # a file made to break the reader breaks it in ways of its own choosing
        raise _unreadable() from error


def _check_container(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise Invalid.field("file", "文件超过 20 MB，不像是名册。请删去图片等多余内容后再导入。", rule="文件大小")
    if content.startswith(ENCRYPTED):
        raise Invalid.field(
            "file", "文件加了密码，或是旧的 .xls 格式。请去掉密码，另存为 .xlsx 后再导入。", rule="文件格式"
        )
    if not zipfile.is_zipfile(BytesIO(content)):
        raise _unreadable()
    try:
        with zipfile.ZipFile(BytesIO(content)) as container:
            parts = container.infolist()
    except zipfile.BadZipFile as error:
        raise _unreadable() from error
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > min(MOST_UNPACKED, MOST_RATIO * len(content)):
        raise Invalid.field("file", "文件解开后过大，不予打开。请用名册模板重新填写。", rule="文件大小")


def _unreadable() -> Invalid:
    return Invalid.field(
        "file", "这不是能打开的 Excel 工作簿（.xlsx）。请用名册模板另存为 .xlsx 后再导入。", rule="文件格式"
    )


def _sheet(name: str, worksheet: Any) -> Sheet:
    worksheet.reset_dimensions()  # the file's own word about its size is not to be trusted
    lines = worksheet.iter_rows(max_col=MOST_COLUMNS)
    header = tuple(_text(cell)[0].strip() for cell in next(lines, ()))
    while header and not header[-1]:
        header = header[:-1]
    return Sheet(name, header, tuple(_rows(name, header, lines)))


def _rows(name: str, header: tuple[str, ...], lines: Iterator[Any]) -> Iterator[Row]:
    """Rows that hold anything under the headings; what stands beyond the last heading has no name and is left out."""
    for number, line in enumerate(islice(lines, MOST_ROWS + 1), start=2):
        if number > MOST_ROWS:
            raise Invalid.field("file", f"“{name}”超过 {MOST_ROWS} 行，请按街道分成几个文件。", rule="文件大小")
        cells = {column: _text(cell) for column, cell in zip(header, line, strict=False)}
        if any(text.strip() for text, _ in cells.values()):
            numbers = frozenset(column for column, (_, is_number) in cells.items() if is_number)
            yield Row(name, number, {column: text for column, (text, _) in cells.items()}, numbers)


def _text(cell: Any) -> tuple[str, bool]:
    """The cell as text, and whether Excel keeps it as a number. A formula shows as ``=…``."""
    value = cell.value
    if value is None:
        return "", False
    if cell.data_type == "f":
        formula = str(getattr(value, "text", value) or "")
        return (formula if formula.startswith("=") else f"={formula}"), False
    if isinstance(value, bool):
        return ("是" if value else "否"), False
    if isinstance(value, datetime):
        return (value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")), False
    if isinstance(value, date):
        return value.isoformat(), False
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value)), True
    return str(value), isinstance(value, int | float)
