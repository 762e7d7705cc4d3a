"""Opening a roster: an .xlsx workbook or a .csv file becomes rows under the template's columns, one after another."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice

from linshu.errors import Invalid, Problem
from members.rules.roster import headings, lines
from members.rules.roster.dialects import EPOCH, SERIAL, from_serial
from members.rules.roster.headings import Headings
from members.rules.roster.lines import BLANK
from members.rules.roster.shape import COLUMNS, MEMBERS, ORGANIZATIONS, Row, Sheet
from members.services.lines import Content, Line, Lines, lines_of

MOST_ROWS = 300_000
MOST_ORGANIZATIONS = 60_000
LONGEST = 2_000  # characters of a cell: ten times those of the longest column
LOOKED_AT = 30  # lines in which the headings are looked for
MOST_LINES = 10  # lines named in a sentence
DATES = frozenset({"出生日期", "入党日期", "转正日期", "成立日期", "本届起始日期"})


@dataclass
class Book:
    """A roster that was opened. Its rows stream, to be read once; ``notes`` are complete when both are at their end.

    Rows bear the name of their sheet where several hold members, else 党员: numbers alone would not tell them apart.
    """

    organizations: Iterator[Row]
    members: Iterator[Row]
    header_row: int
    columns: tuple[str, ...]  # as written
    notes: list[str] = field(default_factory=list)


def open_book(content: Content, name: str) -> Book:
    """The roster in the file; Invalid says why it cannot be read and what to do."""
    found = [(sheet, found) for sheet in lines_of(content, name) if (found := _headings(sheet))]
    members = [(sheet, each) for sheet, each in found if each.kind == MEMBERS]
    if not members:
        raise _no_headings()
    _check(found)
    notes = [_noted(sheet, each) for sheet, each in found if each.unknown]
    organizations = chain.from_iterable(
        _rows(sheet, each, notes) for sheet, each in found if each.kind == ORGANIZATIONS
    )
    units = _bounded(organizations, MOST_ORGANIZATIONS, ORGANIZATIONS)
    first = members[0][1]
    rows = chain.from_iterable(
        _rows(sheet, each, notes, sheet.name if members[1:] else MEMBERS) for sheet, each in members
    )
    return Book(units, _bounded(rows, MOST_ROWS, MEMBERS), first.number, first.words, notes)


def read_sheets(content: Content) -> list[Sheet]:
    """The sheets of the template as text, whole."""
    sheets = []
    for sheet in lines_of(content, "名册.xlsx"):
        found = _headings(sheet)
        if sheet.name in COLUMNS and found:
            sheets.append(Sheet(sheet.name, tuple(found.columns), tuple(_rows(sheet, found, []))))
    return sheets


def _headings(sheet: Lines) -> Headings | None:
    """The first line that names enough columns."""
    for number, line in islice(sheet.read(), LOOKED_AT):
        found = headings.recognise(number, [text for text, _ in line])
        if found:
            return found
    return None


def _check(found: list[tuple[Lines, Headings]]) -> None:
    problems = [
        Problem("file", message, "名册格式")
        for sheet, each in found
        for message in (
            *(f"“{sheet.name}”第 {each.number} 行的表头缺少“{column}”，请补上这一列。" for column in each.missing),
            *(f"“{sheet.name}”第 {each.number} 行的“{word}”与另一列意思相同，请只留一列。" for word in each.repeated),
        )
    ]
    if problems:
        raise Invalid("".join(problem.message for problem in problems), problems=problems)


def _no_headings() -> Invalid:
    return Invalid.field(
        "file",
        "没有找到名册的表头：前 30 行里没有一行写着“姓名”“公民身份号码”“入党日期”等列名。请补上表头，或用名册模板填写。",
        rule="名册格式",
    )


def _noted(sheet: Lines, found: Headings) -> str:
    return f"“{sheet.name}”的{'、'.join(f'“{word[:20]}”' for word in found.unknown[:10])}不是名册的列，没有读入。"


def _rows(sheet: Lines, found: Headings, notes: list[str], told: str = ORGANIZATIONS) -> Iterator[Row]:
    """Rows below the headings; lines that are no rows are left out, and said in the notes."""
    written = found.written
    left_out = _Notes()
    for number, line in sheet.read():
        if number <= found.number:
            continue
        row = _row(sheet, told, number, found, line, written)
        if row is None:
            continue
        why = lines.why_no_row(found.kind, row.cells)
        if why:
            left_out.note(number, why)
            continue
        yield row
    notes += left_out.sentences(sheet.name)


def _bounded(rows: Iterable[Row], most: int, told: str) -> Iterator[Row]:
    """The rows of all sheets of a kind; Invalid beyond so many."""
    for count, row in enumerate(rows, start=1):
        if count > most:
            raise Invalid.field("file", f"“{told}”超过 {most} 行，请按街道分成几个文件。", rule="文件大小")
        yield row


def _row(sheet: Lines, told: str, number: int, found: Headings, line: Line, written: dict[str, str]) -> Row | None:
    """The cells under known headings; None where they are all empty."""
    cells, numbers = dict.fromkeys(written, ""), []
    filled = False
    for column, (text, is_number) in zip(found.columns, line, strict=False):
        if column and text:
            if len(text) > LONGEST:
                raise _too_long(sheet, number, column, len(text))
            cells[column] = text.strip()
            filled = True
            if is_number:
                numbers.append(column)
                if sheet.epoch != EPOCH and column in DATES and SERIAL.fullmatch(text):
                    cells[column] = from_serial(int(text), sheet.epoch).isoformat()
    return Row(told, number, cells, frozenset(numbers), written) if filled else None


def _too_long(sheet: Lines, number: int, column: str, length: int) -> Invalid:
    message = f"“{sheet.name}”第 {number} 行的“{column}”有 {length} 个字，不像是名册。请缩短后再导入。"
    return Invalid.field("file", message, rule="文件大小")


class _Notes:
    """Which lines of a sheet were left out, and why: a sentence for each reason, said at the end of the sheet."""

    def __init__(self) -> None:
        self.left_out: dict[str, list[int]] = defaultdict(list)  # the first of them
        self.counts: Counter[str] = Counter()

    def note(self, number: int, why: str) -> None:
        """Keep the line, unless nobody would miss it."""
        if why == BLANK:
            return
        self.counts[why] += 1
        if self.counts[why] <= MOST_LINES:
            self.left_out[why].append(number)

    def sentences(self, sheet: str) -> list[str]:
        """“Sheet1”第 10、11 行是表尾，没有读入。"""
        return [
            f"“{sheet}”第 {'、'.join(map(str, numbers))} 行{f'等 {self.counts[why]} 行' if self.counts[why] > MOST_LINES else ''}是{why}，没有读入。"
            for why, numbers in self.left_out.items()
        ]


@dataclass(frozen=True)
class Copied:
    """A sheet that was read, as it is: its lines as texts by number, streamed, the headings among them."""

    name: str
    headings: Headings
    lines: Lines

    @property
    def above(self) -> list[list[str]]:
        """Every line above the headings."""
        told = dict(islice(self._texts(), self.headings.number))
        return [told.get(number, []) for number in range(1, self.headings.number)]

    @property
    def below(self) -> Iterator[tuple[int, list[str]]]:
        """Lines that hold anything below the headings, with their numbers."""
        return ((number, texts) for number, texts in self._texts() if number > self.headings.number and any(texts))

    def _texts(self) -> Iterator[tuple[int, list[str]]]:
        width = len(self.headings.words)
        return ((number, [text for text, _ in line[:width]]) for number, line in self.lines.read())


def copied_sheets(content: Content, name: str) -> Iterator[Copied]:
    """Each sheet that was read."""
    for sheet in lines_of(content, name):
        found = _headings(sheet)
        if found:
            yield Copied(sheet.name, found, sheet)
