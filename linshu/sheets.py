"""Writing workbooks (.xlsx) that people open in Excel: streamed row by row, so that memory stays flat.

Text stays text. What Excel would take for a formula is marked as typed text (``quotePrefix``): it is shown as it is,
evaluated never, also after somebody has edited the cell, and reads back to the same value.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from html import escape
from io import RawIOBase
from itertools import islice, zip_longest
from typing import Any

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOTES = "导出说明"
CARE = "含个人信息，请妥善保管"
MOST_ROWS = 1_048_575  # of a sheet, below the headings
LONGEST = 32_767  # characters of a cell
MOST_DIGITS = 10**15  # Excel rounds longer numbers: they are written as text
ROWS_A_CHUNK = 500
PLAIN, HEADING, TYPED, DAY, MOMENT = range(1, 6)  # places in the styles; numbers keep the first

_EPOCH = date(1899, 12, 30)
_FIRST_DAY = date(1900, 3, 1)  # Excel counts a 29 February 1900: earlier days are written as text
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARKUP = re.compile("[&<>\r]")
_FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠]")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True)
class SheetData:
    """One sheet: its name, the headings, the rows in their order (str, int, float, Decimal, bool, date, local datetime
    or None), the widths of the columns in characters where the headings do not tell, and the lines above the headings."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[object]]
    widths: Sequence[float] = ()
    above: Sequence[Sequence[object]] = ()

    @property
    def heading(self) -> int:
        """The line of the headings."""
        return len(self.above) + 1


def write_workbook(
    sheets: Iterable[SheetData], *, watermark: Iterable[str] = (), printed: str = "", care: str = CARE
) -> Iterator[bytes]:
    """The workbook in pieces. ``watermark`` are the lines of a last sheet 导出说明 and is read after all rows, so that
    a generator may tell how many there were. ``printed`` stands at the foot of every printed page, ``care`` at its head and below the
    lines: empty where the sheets name nobody.

    ValueError when a sheet has more rows than Excel takes.
    """
    outlet, marks = _Outlet(), (care, printed)
    names: list[tuple[str, int]] = []
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as book:
        for sheet in sheets:
            names.append((_name(sheet.name), sheet.heading))
            yield from _write_sheet(book, outlet, len(names), sheet, marks)
        lines = list(watermark)
        if lines:
            names.append((NOTES, 1))
            sheet = SheetData(NOTES, (NOTES,), [[line] for line in (*lines, care) if line], widths=(90,))
            yield from _write_sheet(book, outlet, len(names), sheet, marks)
        for path, content in _parts(names).items():
            book.writestr(path, content)
    yield outlet.taken()


class _Outlet(RawIOBase):
    """A file that only grows: what was written since the last look. Without ``tell`` the archive needs no seeking."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def write(self, data: Any, /) -> int:
        self._written.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        data = b"".join(self._written)
        self._written.clear()
        return data


def _write_sheet(
    book: zipfile.ZipFile, outlet: _Outlet, number: int, sheet: SheetData, marks: tuple[str, str]
) -> Iterator[bytes]:
    letters = [_letters(place) for place in range(1, len(sheet.columns) + 1)]
    rows = iter(sheet.rows)
    at = sheet.heading + 1
    with book.open(f"xl/worksheets/sheet{number}.xml", "w") as part:
        part.write(_head(sheet, letters, first=number == 1).encode())
        while chunk := list(islice(rows, ROWS_A_CHUNK)):
            if at + len(chunk) > MOST_ROWS + 2:
                raise ValueError(f"more than {MOST_ROWS} rows in {sheet.name}")
            part.write("".join(_row(line, row, letters) for line, row in enumerate(chunk, at)).encode())
            at += len(chunk)
            yield outlet.taken()
        part.write(_tail(sheet, *marks).encode())
    yield outlet.taken()


def _row(line: int, values: Sequence[object], letters: Sequence[str]) -> str:
    cells = [
        _cell(f"{letter}{line}", value)
        for letter, value in zip(letters, values, strict=False)
        if value is not None and value != ""
    ]
    return f'<row r="{line}">{"".join(cells)}</row>'


def _cell(place: str, value: object) -> str:
    """Text, number or day; the rest as its text."""
    if isinstance(value, str):
        return _text(place, value)
    if isinstance(value, bool):
        return _text(place, "是" if value else "否")
    if isinstance(value, date) and value.year >= 1900 and date(value.year, value.month, value.day) >= _FIRST_DAY:
        return _day(place, value)
    if isinstance(value, int | float | Decimal) and abs(float(value)) < MOST_DIGITS:  # neither nan nor infinite
        return f'<c r="{place}"><v>{value}</v></c>'
    return _text(place, str(value))


def _text(place: str, value: str) -> str:
    if _ILLEGAL.search(value):
        value = _ILLEGAL.sub("", value)
    value = value[:LONGEST]
    style = TYPED if _FORMULA.match(value) else PLAIN
    if _MARKUP.search(value):
        value = escape(value, quote=False).replace("\r", "&#13;")
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'


def _day(place: str, value: date) -> str:
    if isinstance(value, datetime):
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return f'<c r="{place}" s="{MOMENT}"><v>{(value.date() - _EPOCH).days + seconds / 86400}</v></c>'
    return f'<c r="{place}" s="{DAY}"><v>{(value - _EPOCH).days}</v></c>'


def _head(sheet: SheetData, letters: Sequence[str], *, first: bool) -> str:
    widths = [given or _width(name) for name, given in zip_longest(sheet.columns, sheet.widths)]
    above = "".join(_row(line, values, letters) for line, values in enumerate(sheet.above, 1))
    at = sheet.heading
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>' for place, width in enumerate(widths, 1)
    )
    cells = "".join(
        _text(f"{letter}{at}", name).replace(f' s="{PLAIN}"', f' s="{HEADING}"', 1)
        for letter, name in zip(letters, sheet.columns, strict=True)
    )
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0"{" tabSelected=" + _ONE if first else ""}>'
        f'<pane ySplit="{at}" topLeftCell="A{at + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols>'
        f'<sheetData>{above}<row r="{at}" ht="20" customHeight="1">{cells}</row>'
    )


def _tail(sheet: SheetData, care: str, printed: str) -> str:
    """Landscape, as wide as the paper; the name above, who printed what and the page below."""
    above, below = f"&L{_foot(sheet.name)}&R{_foot(care)}", f"&L{_foot(printed)}&R第 &P 页，共 &N 页"
    return (
        '</sheetData><pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
        f"<headerFooter><oddHeader>{escape(above)}</oddHeader><oddFooter>{escape(below)}</oddFooter></headerFooter>"
        "</worksheet>"
    )


def _foot(text: str) -> str:
    """``&`` begins a code there, and a line takes 255 characters."""
    return _ILLEGAL.sub("", text)[:100].replace("&", "&&")


def _name(name: str) -> str:
    return _NOT_IN_NAMES.sub(" ", _ILLEGAL.sub("", name))[:31]


def _width(heading: str) -> int:
    """A Chinese character is as wide as two."""
    return max(10, sum(1 if character.isascii() else 2 for character in heading) + 3)


def _letters(place: int) -> str:
    letters = ""
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_ONE = '"1"'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_BORDERS = "".join(f"<{side}/>" for side in ("left", "right", "top", "bottom", "diagonal"))
_STYLES = f"""{_XML}<styleSheet xmlns="{_MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>\
<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd hh:mm"/></numFmts>\
<fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts>\
<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>\
<fill><patternFill patternType="solid"><fgColor rgb="FFEEE8E2"/></patternFill></fill></fills>\
<borders count="1"><border>{_BORDERS}</border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>\
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>\
<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1" applyAlignment="1">\
<alignment vertical="center"/></xf>\
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" quotePrefix="1"/>\
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>\
<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""


def _parts(names: Sequence[tuple[str, int]]) -> dict[str, str]:
    """The parts around the sheets, told by name and line of headings: types, relations, the list of sheets (headings
    repeat on every printed page)."""
    places = list(enumerate(names, 1))
    override = '<Override PartName="/{}" ContentType="{}.{}+xml"/>'.format
    relation = f'<Relationship Id="{{}}" Type="{_OFFICE}/{{}}" Target="{{}}"/>'.format
    types = "".join(override(f"xl/worksheets/sheet{at}.xml", _SHEETML, "worksheet") for at, _ in places)
    sheets = "".join(f'<sheet name="{escape(name)}" sheetId="{at}" r:id="rId{at}"/>' for at, (name, _) in places)
    titles = "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{at - 1}">\'{escape(name)}\'!${line}:${line}</definedName>'
        for at, (name, line) in places
    )
    relations = "".join(relation(f"rId{at}", "worksheet", f"worksheets/sheet{at}.xml") for at, _ in places)
    head = f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    return {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{override('xl/workbook.xml', _SHEETML, 'sheet.main')}{override('xl/styles.xml', _SHEETML, 'styles')}"
        f"{types}</Types>",
        "_rels/.rels": f"{head}{relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>",
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets>'
        f"<definedNames>{titles}</definedNames></workbook>",
        "xl/_rels/workbook.xml.rels": f"{head}{relations}"
        f"{relation(f'rId{len(names) + 1}', 'styles', 'styles.xml')}</Relationships>",
        "xl/styles.xml": _STYLES,
    }
