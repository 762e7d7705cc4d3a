"""The lines of a file, sheet by sheet, as text: limits first. A hostile file is refused before it is unpacked."""

import codecs
import csv
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO

from linshu.errors import Invalid
from members.rules.roster.dialects import EPOCH, EPOCH_1904
from members.rules.roster.shape import MEMBERS
from members.services.cells import MOST_COLUMNS, Line, Workbook, open_workbook

MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE  # with room for the form around it below settings.MOST_UPLOAD_BYTES
MOST_OPENED = 64 * MEGABYTE  # of a file that came another way: a city's, at the command line
MOST_UNPACKED = 400 * 1024 * 1024
MOST_RATIO = 100  # unpacked to packed: rosters shrink ten to thirty times, bombs a thousand times
MOST_PARTS = 500
ZIP = b"PK"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of the old .xls, and of a workbook with a password
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
DOCTYPE, LOOKED_AT = b"<!DOCTYPE", 2048  # in so many bytes from the beginning of a part
MACROS = "vbaproject"
ENCODINGS = ("utf-8-sig", "gb18030")
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # what Excel calls "Unicode text"
NUL = "\x00"
SEPARATORS = ",\t;"


@dataclass(frozen=True)
class Lines:
    """A sheet; ``read`` begins at the first line again each time: (number, cells). ``epoch`` is Excel's day 0."""

    name: str
    read: Callable[[], Iterator[tuple[int, Line]]]
    epoch: date = EPOCH


def check_file(content: bytes, name: str, *, most: int | None = None) -> None:
    """What can be said of a file before it is read; Invalid says why it cannot be read and what to do."""
    if not content:
        raise _refused("文件是空的。请重新选择填好的名册。")
    if len(content) > (most or MOST_BYTES):
        raise too_large(most)
    if content.startswith(OLE):
        raise _ole(content)
    if content.startswith(ZIP):
        _check_container(content)
    elif not _is_text(content, name):
        raise _unreadable()


def too_large(most: int | None = None) -> Invalid:
    """The refusal of a file that is larger than any roster."""
    message = (
        f"文件超过 {(most or MOST_BYTES) // MEGABYTE} MB，不像是名册。请删去图片等多余内容，或按街道分成几个文件。"
    )
    return _refused(message, rule="文件大小")


def lines_of(content: bytes, name: str) -> list[Lines]:
    """The sheets of a workbook, or the one of a .csv file."""
    check_file(content, name, most=MOST_OPENED)
    return _workbook(content) if content.startswith(ZIP) else [_text_file(content)]


def _is_text(content: bytes, name: str) -> bool:
    return name.lower().endswith((".csv", ".txt")) and (content.startswith(WIDE) or b"\x00" not in content[:4096])


def _refused(message: str, *, rule: str = "文件格式") -> Invalid:
    return Invalid.field("file", message, rule=rule)


def _unreadable() -> Invalid:
    return _refused("这不是能打开的 Excel 工作簿（.xlsx）或文本表格（.csv）。请用名册模板另存为 .xlsx 后再导入。")


def _ole(content: bytes) -> Invalid:
    if ENCRYPTED in content:
        return _refused("文件加了密码，打不开。请在 Excel 里去掉密码（文件、信息、保护工作簿），另存后再导入。")
    return _refused("这是旧的 .xls 格式。请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。")


def _workbook(content: bytes) -> list[Lines]:
    try:
        book = open_workbook(content)
    except Exception as error:  # a file made to break the reader breaks it in ways of its own choosing
        raise _unreadable() from error
    return [Lines(name, _reader(book, name), EPOCH_1904 if book.is_1904 else EPOCH) for name in book.parts]


def _check_container(content: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as container:
            parts = container.infolist()
            declared = len(parts) <= MOST_PARTS and any(_declares(container, part) for part in parts)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError) as error:
        raise _unreadable() from error
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > min(MOST_UNPACKED, MOST_RATIO * len(content)):
        raise _refused("文件解开后过大，不予打开。请用名册模板重新填写。", rule="文件大小")
    if declared:
        raise _refused("工作簿里有 Excel 不会写的内容（文档类型声明），不予打开。请用名册模板重新填写。")
    if any(MACROS in part.filename.lower() for part in parts):
        raise _refused("工作簿里有宏，不予打开。请另存为不带宏的 .xlsx 后再导入。")


def _declares(container: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Does the part declare entities? No program for tables writes any; bombs do."""
    if not part.filename.endswith((".xml", ".rels")):
        return False
    with container.open(part) as content:
        return DOCTYPE in content.read(LOOKED_AT).replace(b"\x00", b"").upper()


def _reader(book: Workbook, name: str) -> Callable[[], Iterator[tuple[int, Line]]]:
    def read() -> Iterator[tuple[int, Line]]:
        try:
            yield from book.lines(name)
        except (Invalid, GeneratorExit):
            raise
        except Exception as error:  # as above
            raise _unreadable() from error

    return read


def _text_file(content: bytes) -> Lines:
    text = _decoded(content)
    return Lines(MEMBERS, lambda: _csv(text))


def _decoded(content: bytes) -> str:
    for encoding in ("utf-16",) if content.startswith(WIDE) else ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if NUL in text:  # PostgreSQL keeps none
            break
        return text
    raise _refused("文件的文字编码认不出来。请在 Excel 或 WPS 里另存为 .xlsx，或编码为 UTF-8 的 .csv。")


def _csv(text: str) -> Iterator[tuple[int, Line]]:
    separator = max(SEPARATORS, key=text[:20_000].count)
    try:
        for number, line in enumerate(csv.reader(StringIO(text), delimiter=separator), start=1):
            yield number, [(cell, False) for cell in line[:MOST_COLUMNS]]
    except csv.Error as error:
        raise _refused("文本表格的格式有误，读不下去。请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。") from error
