"""The strip of figures and the table of communities, every number with its list."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.urls import reverse

from linshu.dashboard.providers.addresses import dated, findings_url, pattern_of
from linshu.dashboard.providers.ground import Ground
from linshu.dashboard.rules.comparing import HEADS, LEVELS, MOST, Row, change, rows_of, share, sorted_rows
from linshu.figures.registry import LEVEL_WORDS, Figure, Looks, figure
from linshu.scope import Right
from organizations.providers import readings

STRIP = ("organizations.branches", MOST, "members.probationary", "members.mobile", "members.women", "members.over_60")
HELD = "posts"
NO_POSTS = "到这一天还没有登记过职务，在任职务、空缺职务和书记、委员的规则检查不能作数。"
LEFT_OUT = "看过去某一天时，不计后来离开的党员（名册上只留他们的姓名、日期和类别）"


@dataclass(frozen=True)
class Counted:
    """A figure at the top of the dashboard; ``before`` is what it was at the end of the month before, else ``note`` says why not.

    A number that comes after the page is None.
    """

    code: str
    name: str
    unit: str
    number: int | None
    url: str
    before: int | None = None
    note: str = ""

    @property
    def change(self) -> str:
        return change(self.number, self.before)


@dataclass(frozen=True)
class Column:
    """A column of numbers; ``code`` sorts by it."""

    code: str
    head: str
    unit: str

    @property
    def span(self) -> int:
        """The bar stands beside its number."""
        return 2 if self.code == MOST else 1


class Cell(NamedTuple):
    """A number and the list behind it; None is not told yet."""

    code: str
    number: int | None
    url: str

    @property
    def has_bar(self) -> bool:
        return self.code == MOST


@dataclass(frozen=True)
class Line:
    """A line of the table; ``share`` is the bar of the members in per cent of the most."""

    organization_id: int
    name: str
    above: str
    url: str
    is_sub: bool
    cells: list[Cell]
    share: int | None = None


@dataclass(frozen=True)
class Table:
    """Columns, lines and the sum under them; ``note`` names the columns that leave somebody out."""

    columns: list[Column]
    lines: list[Line]
    total: Line
    rows: list[Row]
    note: str = ""


Numbers = Mapping[str, Mapping[int, int]]  # by code, by organisation, cumulative
Totals = Mapping[str, int]  # by code, of the place itself


def told_codes(*, whole: bool) -> tuple[str, ...]:
    """Codes of the figures of the table; without the ``whole`` page only those that need not come after it."""
    return tuple(code for code in HEADS if whole or not figure(code).deferred)


def numbers_of(ground: Ground, codes: Collection[str]) -> Numbers:
    """Figures of the table, rolled up to every place."""
    wanted = [figure(code) for code in codes]
    return {each.code: ground.rolled(each.compute(ground.look(each.right))) for each in wanted}


def totals(ground: Ground, numbers: Numbers, codes: Collection[str]) -> Totals:
    """Every figure of the place itself; what the table does not show is counted without parting the places."""
    found = {code: counts[ground.top.id] for code, counts in numbers.items()}
    others = frozenset(codes) - found.keys()
    return found | _wholes(Looks(ground.actor, ground.day, codes=others), ground.top.id, others)


def _wholes(looks: Looks, top: int, codes: Collection[str]) -> dict[str, int]:
    """Figures of one place."""
    nodes = looks.under(Right.ORGANIZATIONS_READ)
    return {each.code: readings.number_at(top, each, looks.under(each.right), nodes) for each in map(figure, codes)}


def strip(ground: Ground, numbers: Totals, before: Totals) -> list[Counted]:
    """The figures of the place itself."""
    return [_counted(figure(code), ground, numbers.get(code), before.get(code)) for code in STRIP]


def _counted(each: Figure, ground: Ground, number: int | None, before: int | None) -> Counted:
    url = dated(each.list_url(ground.top.id), ground.past)
    return Counted(each.code, each.name, each.unit, number, url, before, why_not(each, ground.past))


def why_not(each: Figure, past: date | None) -> str:
    """Why the number is not compared with the month before; ``past``: the day that is looked at, where it is not today.

    Of a past day the lists leave out who left since, and the numbers with them: a difference would not be one.
    """
    return each.note or (f"{LEFT_OUT}，所以不与上月比较。" if past and each.filed else "")


def before(ground: Ground, day: date, codes: Collection[str]) -> Totals:
    """What there is to compare with, everybody who was there counted; nothing where the place was not there yet."""
    compared = frozenset(code for code in codes if not why_not(figure(code), ground.past))
    then = Looks(ground.actor, day, everyone=True, codes=compared)
    if ground.top.id not in then.under(Right.ORGANIZATIONS_READ).once(readings.nodes):
        return {}
    return _wholes(then, ground.top.id, compared)


def month_before(day: date) -> date:
    """The last day of the month before."""
    return day.replace(day=1) - timedelta(days=1)


def table(ground: Ground, numbers: Numbers, sort: str = "") -> Table:
    """One line a community, in the order of the tree or by ``sort`` (a column's code, with - the largest first)."""
    columns = [Column(code, head, figure(code).unit) for code, head in HEADS.items()]
    columns += [Column(level.value, LEVEL_WORDS[level], "项") for level in LEVELS]
    rows = rows_of(ground.top, ground.places)
    shown = rows
    if sort:
        shown = sorted_rows(rows, numbers[sort.removeprefix("-")], descending=sort.startswith("-"))
    draw = _Drawing(ground, numbers, columns)
    most = max((numbers[MOST][row.place.id] for row in rows if not row.is_sub), default=0)
    lines = [draw.line(row, most) for row in shown]
    return Table(columns, lines, draw.line(Row(ground.top), None), rows, _note(ground, columns, numbers))


def _note(ground: Ground, columns: list[Column], numbers: Numbers) -> str:
    """What the numbers of a past day leave out; of today they leave out nothing."""
    if not ground.past:
        return ""
    posts = HELD in numbers and not ground.look(Right.ORGANIZATIONS_READ).once(readings.posts)
    return _left_out(columns) + (NO_POSTS if posts else "")


def _left_out(columns: list[Column]) -> str:
    heads = "、".join(each.head for each in columns if each.code in HEADS and figure(each.code).filed)
    return f"{heads}各列{LEFT_OUT}。"


class _Drawing:
    """Makes lines: the addresses of each column are worked out once."""

    def __init__(self, ground: Ground, numbers: Numbers, columns: list[Column]) -> None:
        self.columns = [(each.code, numbers.get(each.code), _address(each.code, ground)) for each in columns]
        self.members = numbers[MOST]
        self.node_url = pattern_of(lambda pk: reverse("organizations:node", args=[pk]), ground.past)

    def line(self, row: Row, most: int | None) -> Line:
        pk = row.place.id
        cells = [Cell(code, None if counts is None else counts[pk], url(pk)) for code, counts, url in self.columns]
        bar = None if most is None or row.is_sub else share(self.members[pk], most)
        return Line(pk, row.place.name, row.above, self.node_url(pk), row.is_sub, cells, bar)


def _address(code: str, ground: Ground) -> Callable[[int], str]:
    if code in HEADS:
        return pattern_of(figure(code).list_url, ground.past)
    return pattern_of(lambda pk: findings_url(pk, level=code), ground.past)
