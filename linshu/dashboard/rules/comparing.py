"""Communities side by side: the rows of the table, their order, and how their number is said."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from linshu.figures.registry import Level
from organizations.rules.kinds import COMMUNITIES, KINDS, Kind

MOST = "members.total"  # the column with a bar
# Figures of the table with the words over their columns; posts are held or vacant.
HEADS = {
    "organizations.branches": "支部",
    MOST: "党员",
    "members.full": "正式",
    "members.probationary": "预备",
    "members.mobile": "流动",
    "members.women": "女",
    "members.over_60": "60岁以上",
    "posts": "在任职务",
    "posts.vacant": "空缺职务",
}
LEVELS = (Level.LATE, Level.SOON)  # of what is not in order
DIGITS = "零一二三四五六七八九十"


class Place(NamedTuple):
    """A node of the tree of a day; ``name`` is the short one."""

    id: int
    parent_id: int | None
    kind: Kind
    name: str


@dataclass(frozen=True)
class Row:
    """A line of the table; a sub-total line is followed by what it sums up. ``above`` names the parent."""

    place: Place
    is_sub: bool = False
    above: str = ""


def rows_of(top: Place, places: Sequence[Place]) -> list[Row]:
    """What stands under the top, in the order given. Under a county the streets are sub-totals of what stands under them.

    Branches that hang on a street itself are lines of their own, so that every sub-total is the sum of its lines.
    """
    below: dict[int | None, list[Place]] = defaultdict(list)
    for place in places:
        below[place.parent_id].append(place)
    rows: list[Row] = []
    for child in below[top.id]:
        is_sub = child.kind == Kind.STREET
        rows.append(Row(child, is_sub, top.name))
        rows += [Row(each, above=child.name) for each in below[child.id] if is_sub]
    return rows


def sorted_rows(rows: Sequence[Row], numbers: Mapping[int, int], *, descending: bool) -> list[Row]:
    """All lines in order of their numbers; sub-totals would have nothing below them and are left out."""
    lines = [row for row in rows if not row.is_sub]
    return sorted(lines, key=lambda row: numbers.get(row.place.id, 0), reverse=descending)


def heading(rows: Sequence[Row]) -> str:
    """十二个社区; where there are no communities, what there is instead."""
    kinds = [row.place.kind for row in rows if not row.is_sub]
    communities = sum(kind in COMMUNITIES for kind in kinds)
    if communities:
        return f"{counted(communities)}个社区"
    word = "支部" if all(KINDS[kind].is_branch for kind in kinds) else "党小组" if Kind.GROUP in kinds else "党组织"
    return f"{counted(len(kinds))}个{word}" if kinds else "没有下级组织"


def counted(number: int) -> str:
    """十二, 二十, 三十五; two as 两; beyond ninety-nine in digits, with room beside them."""
    if number == 2:
        return "两"
    if number <= 10:
        return DIGITS[number]
    if number > 99:
        return f" {number} "
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def change(number: int | None, before: int | None) -> str:
    """+2, −1, or nothing."""
    return "" if number is None or before is None or before == number else f"{number - before:+d}".replace("-", "−")


def share(number: int, most: int) -> int:
    """Length of a bar in per cent of the longest; what there is can be seen."""
    return max(1, round(100 * number / most)) if number and most else 0
