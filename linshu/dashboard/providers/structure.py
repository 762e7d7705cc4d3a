"""How the members are made up: ages, education, sex, category."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from linshu.dashboard.providers.addresses import dated
from linshu.dashboard.providers.communities import Cell, Totals, why_not
from linshu.dashboard.providers.ground import Ground
from linshu.dashboard.rules.comparing import change
from linshu.figures.registry import figure, figures


@dataclass(frozen=True)
class Part:
    """One bar: a number, the list behind it, its share of all in per cent, and what it was at the end of the month before."""

    name: str
    cell: Cell
    percent: float
    before: int | None = None

    @property
    def change(self) -> str:
        """+2, −1, 0."""
        return change(self.cell.number, self.before) or "0"


@dataclass(frozen=True)
class Structure:
    """A chart: what it divides the members by. ``hidden`` are members of a past day who left since: their lines in the
    lists tell name and category only, so no part counts them. ``note`` says why nothing is compared."""

    name: str
    unit: str
    parts: list[Part]
    hidden: int
    note: str = ""

    @property
    def left_out(self) -> str:
        """Who is missing, in words."""
        return f"另有 {self.hidden} {self.unit}后来离开，不计入本表。" if self.hidden else ""

    @property
    def compared(self) -> bool:
        """Is there anything to compare with?"""
        return any(each.before is not None for each in self.parts)


TOTAL = "members.total"
# Those that other figures make up; the others say themselves which structure they belong to.
COMPOSED = {"类别结构": ("members.full", "members.probationary"), "性别结构": ("members.men", "members.women")}


def codes() -> dict[str, Sequence[str]]:
    """Codes of the figures by structure."""
    found: dict[str, Any] = {}
    for each in figures():
        if each.structure:
            found.setdefault(each.structure, []).append(each.code)
    return {name: some for name, some in found.items() if name not in COMPOSED} | COMPOSED


def structures(ground: Ground, numbers: Totals, before: Totals) -> list[Structure]:
    """Every structure of the members of the place."""
    return [_structure(ground, name, some, numbers, before) for name, some in codes().items()]


def _structure(ground: Ground, name: str, some: Sequence[str], numbers: Totals, before: Totals) -> Structure:
    counts = {code: numbers[code] for code in some}
    total = sum(counts.values())
    parts = []
    for code, number in counts.items():
        each = figure(code)
        url = dated(each.list_url(ground.top.id), ground.past)
        percent = round(100 * number / total, 1) if total else 0
        parts.append(Part(each.name, Cell(code, number, url), percent, before.get(code)))
    note = next((words for code in some if (words := why_not(figure(code), ground.past))), "")
    return Structure(name, figure(some[0]).unit, parts, numbers[TOTAL] - total, note)
