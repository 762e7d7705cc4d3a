"""How the members are made up: ages, education, sex, category."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from linshu.dashboard.providers.addresses import dated
from linshu.dashboard.providers.communities import Cell, Numbers
from linshu.dashboard.providers.ground import Ground
from linshu.figures.registry import figure, figures


@dataclass(frozen=True)
class Part:
    """One bar: a number, the list behind it, and its share of all in per cent."""

    name: str
    cell: Cell
    percent: float


@dataclass(frozen=True)
class Structure:
    """A chart: what it divides the members by. ``hidden`` are members of a past day who left since: their lines in the
    lists tell name and category only, so no part counts them."""

    name: str
    unit: str
    parts: list[Part]
    hidden: int


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


def structures(ground: Ground, numbers: Numbers) -> list[Structure]:
    """Every structure of the members of the place."""
    return [_structure(ground, name, some, numbers) for name, some in codes().items()]


def _structure(ground: Ground, name: str, some: Sequence[str], numbers: Numbers) -> Structure:
    counts = {code: numbers[code][ground.top.id] for code in some}
    total = sum(counts.values())
    parts = []
    for code, number in counts.items():
        each = figure(code)
        url = dated(each.list_url(ground.top.id), ground.past)
        parts.append(Part(each.name, Cell(code, number, url), round(100 * number / total, 1) if total else 0))
    return Structure(name, figure(some[0]).unit, parts, numbers[TOTAL][ground.top.id] - total)
