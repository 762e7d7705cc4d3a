"""The lines of a file, sheet by sheet, as text: limits first. A hostile file is refused before it is unpacked."""

import codecs
import csv
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from io import BytesIO, TextIOWrapper
from typing import BinaryIO, TypeAlias

from linshu.errors import DomainError, Invalid
from members.rules.roster.dialects import EPOCH, EPOCH_1904
from members.rules.roster.shape import MEMBERS
from members.services.cells import CHUNK, MOST_COLUMNS, Line, TooLarge, Workbook, open_workbook

MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE  # with room for the form around it below settings.MOST_UPLOAD_BYTES
MOST_OPENED = 64 * MEGABYTE  # of a file that came another way: a city's, at the command line
MOST_UNPACKED = 400 * 1024 * 1024
MOST_RATIO = 100  # unpacked to packed: rosters shrink ten to thirty times, bombs a thousand times
MOST_PARTS = 500
MOST_LISTED = MEGABYTE  # of the list of parts
MOST_TAIL = 66_000  # in which the end of that list stands
END, END_64 = b"PK\x05\x06", b"PK\x06\x07"
ZIP = b"PK"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of the old .xls, and of a workbook with a password
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
DOCTYPE, LOOKED_AT = b"<!DOCTYPE", 4096  # in so many bytes from the beginning of a part
MACROS = "vbaproject"
ENCODINGS = ("utf-8-sig", "gb18030")
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # what Excel calls "Unicode text"
NUL = "\x00"
SEPARATORS = ",\t;"
LONGEST_LINE = MEGABYTE  # characters of a row
Content: TypeAlias = bytes | BinaryIO


@dataclass(frozen=True)
class Lines:
    """A sheet; ``read`` begins at the first line again each time: (number, cells). ``epoch`` is Excel's day 0."""

    name: str
    read: Callable[[], Iterator[tuple[int, Line]]]
    epoch: date = EPOCH


def as_file(content: Content) -> BinaryIO:
    """The content to be read at any place: a large one comes as such, a small one as bytes."""
    return BytesIO(content) if isinstance(content, bytes) else content


def check_file(content: Content, name: str, *, most: int | None = None) -> None:
    """What can be said of a file before it is read; Invalid says why it cannot be read and what to do."""
    file = as_file(content)
    size, head = file.seek(0, os.SEEK_END), _head(file)
    if not size:
        raise _refused("文件是空的。请重新选择填好的名册。")
    if size > (most or MOST_BYTES):
        raise too_large(most)
    if head.startswith(OLE):
        raise _ole(file)
    if head.startswith(ZIP):
        _check_container(file, size)
    elif not _is_text(head, name):
        raise _unreadable()


def too_large(most: int | None = None) -> Invalid:
    """The refusal of a file that is larger than any roster."""
    message = (
        f"文件超过 {(most or MOST_BYTES) // MEGABYTE} MB，不像是名册。请删去图片等多余内容，或按街道分成几个文件。"
    )
    return _refused(message, rule="文件大小")


def lines_of(content: Content, name: str) -> list[Lines]:
    """The sheets of a workbook, or the one of a .csv file. They are read from the file while they are asked for."""
    file = as_file(content)
    check_file(file, name, most=MOST_OPENED)
    return _workbook(file) if _head(file).startswith(ZIP) else [_text_file(file)]


def _head(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read(LOOKED_AT)


def _is_text(head: bytes, name: str) -> bool:
    return name.lower().endswith((".csv", ".txt")) and (head.startswith(WIDE) or b"\x00" not in head)


def _refused(message: str, *, rule: str = "文件格式") -> Invalid:
    return Invalid.field("file", message, rule=rule)


def _unreadable() -> Invalid:
    return _refused("这不是能打开的 Excel 工作簿（.xlsx）或文本表格（.csv）。请用名册模板另存为 .xlsx 后再导入。")


def _too_much() -> Invalid:
    return _refused("文件解开后过大，不予打开。请用名册模板重新填写。", rule="文件大小")


def _ole(file: BinaryIO) -> Invalid:
    file.seek(0)
    if ENCRYPTED in file.read():
        return _refused("文件加了密码，打不开。请在 Excel 里去掉密码（文件、信息、保护工作簿），另存后再导入。")
    return _refused("这是旧的 .xls 格式。请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。")


def _workbook(file: BinaryIO) -> list[Lines]:
    try:
        book = open_workbook(file)
    except DomainError:
        raise
    except TooLarge as error:
        raise _too_much() from error
    except Exception as error:  # a file made to break the reader breaks it in ways of its own choosing
        raise _unreadable() from error
    return [Lines(name, _reader(book, name), EPOCH_1904 if book.is_1904 else EPOCH) for name in book.parts]


def _check_container(file: BinaryIO, size: int) -> None:
    try:
        if _directory(file, size) > MOST_LISTED:
            raise _too_much()
        with zipfile.ZipFile(file) as container:
            parts = container.infolist()
            declared = len(parts) <= MOST_PARTS and any(_declares(container, part) for part in parts)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError) as error:
        raise _unreadable() from error
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > min(MOST_UNPACKED, MOST_RATIO * size):
        raise _too_much()
    if declared:
        raise _refused("工作簿里有 Excel 不会写的内容（文档类型声明），不予打开。请用名册模板重新填写。")
    if any(MACROS in part.filename.lower() for part in parts):
        raise _refused("工作簿里有宏，不予打开。请另存为不带宏的 .xlsx 后再导入。")


def _directory(file: BinaryIO, size: int) -> int:
    """Bytes of the list of parts, which is read as a whole; one of the kind for archives beyond 4 GB counts as endless."""
    file.seek(max(0, size - MOST_TAIL))
    tail = file.read()
    at = tail.rfind(END)
    if at < 0:
        raise zipfile.BadZipFile
    return (
        MOST_LISTED + 1
        if tail[max(0, at - 20) : at].startswith(END_64)
        else int.from_bytes(tail[at + 12 : at + 16], "little")
    )


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
        except (DomainError, GeneratorExit):
            raise
        except TooLarge as error:
            raise _too_much() from error
        except Exception as error:  # as above
            raise _unreadable() from error

    return read


def _text_file(file: BinaryIO) -> Lines:
    encoding = _encoding(file)
    return Lines(MEMBERS, lambda: _csv(file, encoding))


def _encoding(file: BinaryIO) -> str:
    """The first encoding in which the whole text can be read."""
    for encoding in ("utf-16",) if _head(file).startswith(WIDE) else ENCODINGS:
        try:
            with _text(file, encoding) as text:
                if any(NUL in piece for piece in iter(lambda: text.read(CHUNK), "")):  # PostgreSQL keeps none
                    break
            return encoding
        except UnicodeDecodeError:
            continue
    raise _refused("文件的文字编码认不出来。请在 Excel 或 WPS 里另存为 .xlsx，或编码为 UTF-8 的 .csv。")


@contextmanager
def _text(file: BinaryIO, encoding: str) -> Iterator[TextIOWrapper]:
    """The file as text from its beginning; it stays open afterwards."""
    file.seek(0)
    text = TextIOWrapper(file, encoding, newline="")
    try:
        yield text
    finally:
        text.detach()


class _TextLines:
    """The lines of a text; ``length`` are the characters read of a row, which may go over several."""

    def __init__(self, text: TextIOWrapper) -> None:
        self.text, self.length = text, 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.text.readline(LONGEST_LINE)
        self.length += len(line)
        if self.length >= LONGEST_LINE:
            raise _refused("文本表格里有一行长得不像名册，不予打开。请用名册模板重新填写。", rule="文件大小")
        if not line:
            raise StopIteration
        return line


def _csv(file: BinaryIO, encoding: str) -> Iterator[tuple[int, Line]]:
    with _text(file, encoding) as text:
        first = text.read(LOOKED_AT)
    separator = max(SEPARATORS, key=first.count)
    try:
        with _text(file, encoding) as text:
            lines = _TextLines(text)
            for number, line in enumerate(csv.reader(lines, delimiter=separator), start=1):
                lines.length = 0
                yield number, [(cell, False) for cell in line[:MOST_COLUMNS]]
    except csv.Error as error:
        raise _refused("文本表格的格式有误，读不下去。请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。") from error
