"""Members at the end of each year, from the beginnings and ends of memberships and of the tree's periods."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from organizations.rules.periods import Period

NEVER = 9999  # a year whose end is not looked at


@dataclass(frozen=True)
class Span:
    """``count`` memberships in force at the ends of the years from ``begun`` until before ``ended``.

    Periods are half-open: what ends on 31 December is not in force on that day. ``full`` is the first year at whose
    end they are full members. ``node`` is named where the organisation did not always stand under the place.
    """

    begun: int
    ended: int
    full: int
    count: int
    node: int | None = None


@dataclass(frozen=True)
class Point:
    """Members on a day."""

    day: date
    full: int
    probationary: int

    @property
    def total(self) -> int:
        return self.full + self.probationary


def year_end(year: int) -> date:
    """Its last day."""
    return date(year, 12, 31)


def years_known(first: int, before: date, most: int) -> list[int]:
    """Years from the first whose last day is past before the day; the latest ``most`` of them."""
    return list(range(first, before.year))[-most:]


def points(spans: Iterable[Span], years: Sequence[int], under: Mapping[int, frozenset[int]]) -> list[Point]:
    """A point for each year; ``under`` tells in which years a named node stood under the place."""
    full = dict.fromkeys(years, 0)
    probationary = dict.fromkeys(years, 0)
    for span in spans:
        for year in years:
            if span.begun <= year < span.ended and (span.node is None or year in under[span.node]):
                counts = full if span.full <= year else probationary
                counts[year] += span.count
    return [Point(year_end(year), full[year], probationary[year]) for year in years]


def years_under(top: int, periods: Sequence[Period], years: Sequence[int]) -> dict[int, frozenset[int]]:
    """The years (in a row) at whose end each node that was there stood under the place; in none, where it never did."""
    found: dict[int, set[int]] = {period.node: set() for period in periods}
    changed = {day.year for period in periods for day in (period.valid_from, period.valid_to)}
    inside: set[int] | None = None
    for year in years:
        if inside is None or year in changed:
            inside = _below(top, {period.node: period.parent for period in periods if period.on(year_end(year))})
        for node in inside:
            found[node].add(year)
    return {node: frozenset(some) for node, some in found.items()}


def movers(under: Mapping[int, frozenset[int]], periods: Sequence[Period], years: Sequence[int]) -> set[int]:
    """Nodes that stood under the place in some of the years they were there, and elsewhere in others."""
    there: dict[int, set[int]] = {node: set() for node in under}
    for period in periods:
        there[period.node].update(year for year in years if period.on(year_end(year)))
    return {node for node, some in under.items() if some and some != there[node]}


def _below(top: int, parents: Mapping[int, int | None]) -> set[int]:
    """The place and what stands under it, given the parent of every node of the day."""
    inside = {top} if top in parents else set()
    outside: set[int] = set()
    for node in parents:
        path: list[int] = []
        here: int | None = node
        while here is not None and here not in inside and here not in outside:
            path.append(here)
            here = parents.get(here) if here in parents else None
        (inside if here in inside else outside).update(path)
    return inside
