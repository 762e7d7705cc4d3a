"""The cells of an .xlsx workbook as text, streamed: what a general library makes of each cell would take the longer half
of an import. Formats and dates are read as openpyxl reads them."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from io import BytesIO
from typing import Any, BinaryIO, TypeAlias
from xml.parsers import expat

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel, from_ISO8601

from members.services.strings import SharedStrings

MEGABYTE = 1024 * 1024
MOST_COLUMNS = 64
LAST_COLUMN = 16_384  # of a sheet in Excel
LAST_LINE = 1_048_576  # of a sheet in Excel
LONGEST_NAME = 31  # of a sheet
CHUNK = 1 << 16
MOST_TEXT = 60_000_000  # characters that cells share: those of the largest roster
LONGEST = 32_767  # characters of a cell in Excel
MOST_SHEETS = 100
MOST_SMALL = 8 * MEGABYTE  # of a part that is read as a whole
MOST_NAMES = 1000  # of elements and attributes
LONGEST_TAG = MEGABYTE  # nothing of it is told before its end
Cell: TypeAlias = tuple[str, bool]  # the text, and whether Excel keeps it as a number
Line: TypeAlias = list[Cell]
EMPTY: Cell = ("", False)


class Declared(ValueError):
    """The file declares a document type: no program for tables writes any."""


class TooLarge(ValueError):
    """More text, columns, sheets or names than any roster has: reading on would fill the memory."""


@dataclass(frozen=True)
class Workbook:
    """What is read of a workbook before its sheets: ``parts`` are the files of the sheets, ``dates`` the styles of days."""

    container: zipfile.ZipFile
    parts: dict[str, str]
    strings: SharedStrings
    dates: frozenset[str]
    is_1904: bool

    def lines(self, name: str) -> Iterator[tuple[int, Line]]:
        """Rows of a sheet that hold anything, by their number."""
        return _Rows(self).read(self.parts[name])


def open_workbook(content: bytes | BinaryIO) -> Workbook:
    """The workbook; ValueError, KeyError and what zipfile and expat raise where it is none."""
    container = zipfile.ZipFile(BytesIO(content) if isinstance(content, bytes) else content)
    place = _target(container, "_rels/.rels", "officeDocument") or "xl/workbook.xml"
    folder, _, file = place.rpartition("/")
    rels = f"{folder}/_rels/{file}.rels"
    sheets, is_1904 = _sheets(container, place)
    targets = _relations(container, rels)
    of_sheets = {rid: target for rid, (kind, target) in targets.items() if kind == "worksheet"}
    parts = {name: _within(folder, of_sheets[rid]) for name, rid in sheets if rid in of_sheets}
    if len(parts) > MOST_SHEETS or len(set(parts.values())) < len(parts):
        raise TooLarge("sheets")
    strings = _target(container, rels, "sharedStrings")
    styles = _target(container, rels, "styles")
    return Workbook(
        container,
        parts,
        _strings(container, _within(folder, strings)) if strings else SharedStrings(),
        _dates(container, _within(folder, styles)) if styles else frozenset(),
        is_1904,
    )


def _within(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")


def _parse(container: zipfile.ZipFile, part: str, parser: Any) -> Iterator[None]:
    """Feed a part piece by piece; what the handlers gathered can be taken after each."""

    def declared(*told: Any) -> None:
        raise Declared

    parser.StartDoctypeDeclHandler = declared
    parser.buffer_text = True
    fed = 0
    with container.open(part) as source:
        while chunk := source.read(CHUNK):
            parser.Parse(chunk)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > LONGEST_TAG or len(parser.intern) > MOST_NAMES:
                raise TooLarge("names")
            yield
    parser.Parse(b"", True)
    yield


@lru_cache(maxsize=1000)
def _local(name: str) -> str:
    """The name without its namespace."""
    return name.rpartition(" ")[2]


def _elements(container: zipfile.ZipFile, part: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every element of a small part with its attributes, by local names."""
    if container.getinfo(part).file_size > MOST_SMALL:
        raise TooLarge(part)
    found: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate(namespace_separator=" ")

    def start(name: str, attributes: dict[str, str]) -> None:
        found.append((_local(name), {_local(key): value for key, value in attributes.items()}))

    parser.StartElementHandler = start
    for _ in _parse(container, part, parser):
        yield from found
        found.clear()


def _relations(container: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Type and target by id."""
    if part not in container.namelist():
        return {}
    return {
        each["Id"]: (each["Type"].rpartition("/")[2], each["Target"])
        for name, each in _elements(container, part)
        if name == "Relationship"
    }


def _target(container: zipfile.ZipFile, part: str, kind: str) -> str:
    return next((target for type_, target in _relations(container, part).values() if type_ == kind), "")


def _sheets(container: zipfile.ZipFile, part: str) -> tuple[list[tuple[str, str]], bool]:
    """Names and relation ids in order, and whether days are counted from 1904."""
    sheets, is_1904 = [], False
    for name, each in _elements(container, part):
        if name == "sheet" and "id" in each:
            if len(each["name"]) > LONGEST_NAME:
                raise ValueError(f"no name of a sheet: {each['name'][:LONGEST_NAME]!r}")
            sheets.append((each["name"], each["id"]))
        elif name == "workbookPr":
            is_1904 = each.get("date1904") in ("1", "true")
    return sheets, is_1904


def _dates(container: zipfile.ZipFile, part: str) -> frozenset[str]:
    """Numbers of the cell styles that show a day."""
    formats: dict[int, str] = dict(BUILTIN_FORMATS)
    dates, count, inside = [], 0, False
    for name, each in _elements(container, part):
        if name == "numFmt":
            formats[int(each["numFmtId"])] = each.get("formatCode", "")
        elif name in ("cellXfs", "cellStyles", "dxfs"):
            inside = name == "cellXfs"
        elif name == "xf" and inside:
            if is_date_format(formats.get(int(each.get("numFmtId", 0)))):
                dates.append(str(count))
            count += 1
    return frozenset(dates)


def _strings(container: zipfile.ZipFile, part: str) -> SharedStrings:
    """The texts that cells share, without phonetic guides."""
    found = SharedStrings()
    pieces: list[str] = []
    total = 0
    parser = expat.ParserCreate(namespace_separator=" ")
    reading = [False, False]  # inside a text, inside a guide

    def start(name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if local == "t":
            reading[0] = not reading[1]
        elif local == "rPh":
            reading[1] = True

    def end(name: str) -> None:
        nonlocal total
        local = _local(name)
        if local == "t":
            reading[0] = False
        elif local == "rPh":
            reading[1] = False
        elif local == "si":
            whole = "".join(pieces)
            total += len(whole) + 1
            if len(whole) > LONGEST or total > MOST_TEXT:
                raise TooLarge("texts")
            found.append(whole.replace("x005F_", ""))
            pieces.clear()

    def text(told: str) -> None:
        if reading[0]:
            pieces.append(told)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    for _ in _parse(container, part, parser):
        if sum(map(len, pieces)) > LONGEST:
            raise TooLarge("text")
    return found


class _Rows:
    """Gathers the rows of one sheet."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.rows: list[tuple[int, Line]] = []
        self.number = 0
        self.line: Line = []
        self.column = -1
        self.type = self.style = ""
        self.has_formula = self.in_guide = False
        self.pieces: list[str] = []  # texts since the last element began that may hold one
        self.value = self.formula = ""
        self.columns: dict[str, int] = {}
        self.names: dict[str, str] = {}

    def read(self, part: str) -> Iterator[tuple[int, Line]]:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.CharacterDataHandler = self.pieces.append
        for _ in _parse(self.book.container, part, parser):
            if sum(map(len, self.pieces), len(self.value)) > LONGEST + CHUNK:
                raise TooLarge("cell")
            yield from self.rows
            self.rows.clear()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = self.names.get(name) or self.names.setdefault(name, _local(name))
        if local == "c":
            place = attributes.get("r")
            self.column = self._column(place) if place else self.column + 1
            self.type, self.style = attributes.get("t", "n"), attributes.get("s", "")
            self.value = ""
            self.has_formula = False
        elif local in ("v", "t"):
            self.pieces.clear()
        elif local == "f":
            self.has_formula = True
            self.pieces.clear()
        elif local == "row":
            self.number = int(attributes.get("r", self.number + 1))
            if not 0 < self.number <= LAST_LINE:
                raise ValueError(f"no line: {self.number}")
            self.line, self.column = [], -1
        elif local == "rPh":
            self.in_guide = True

    def end(self, name: str) -> None:
        local = self.names[name]
        if local == "c":
            if (self.value or self.has_formula) and self.column < MOST_COLUMNS:
                while len(self.line) <= self.column:
                    self.line.append(EMPTY)
                self.line[self.column] = self._cell()
        elif local == "v":
            self.value = "".join(self.pieces)
        elif local == "t":
            if not self.in_guide:
                self.value += "".join(self.pieces)
        elif local == "f":
            self.formula = "".join(self.pieces)
        elif local == "row":
            if self.line:
                self.rows.append((self.number, self.line))
        elif local == "rPh":
            self.in_guide = False

    def _column(self, place: str) -> int:
        """The column of ``AB12``, from nought."""
        letters = place.rstrip("0123456789")
        found = self.columns.get(letters)
        if found is None:
            found = 0
            for letter in letters:
                found = found * 26 + ord(letter) - ord("A") + 1
            found = self.columns[letters] = found - 1
            if not 0 <= found < LAST_COLUMN:
                raise ValueError(f"no column: {letters[:9]!r}")
        return found

    def _cell(self) -> Cell:
        """The cell as text. A formula shows as ``=…``."""
        if self.has_formula:
            return f"={self.formula.removeprefix('=')}", False
        if self.type == "s":
            return self.book.strings[int(self.value)], False
        if self.type == "n":
            return self._number()
        if self.type == "b":
            return ("是" if self.value == "1" else "否"), False
        if self.type == "d":
            return _day(from_ISO8601(self.value)), False
        return self.value, False

    def _number(self) -> Cell:
        number = float(self.value)
        if self.style in self.book.dates:
            return _numbered_day(number, self.book.is_1904), False
        return (str(int(number)) if number.is_integer() and abs(number) < 1e15 else self._precise(number)), True

    def _precise(self, number: float) -> str:
        """Whole numbers with all their digits: fifteen of an identity number are right, the others nought."""
        return self.value if self.value.isdigit() else str(number)


@lru_cache(maxsize=10_000)
def _numbered_day(number: float, is_1904: bool) -> str:
    """The day that Excel shows for a number."""
    try:
        return _day(from_excel(number, CALENDAR_MAC_1904 if is_1904 else CALENDAR_WINDOWS_1900))
    except (OverflowError, ValueError):
        return "#VALUE!"  # before or after all days


def _day(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, date) else str(value)
