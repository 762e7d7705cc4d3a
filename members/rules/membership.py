"""Arithmetic of a membership: age, probation, the day a register period begins (domain rule book 2.1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from linshu.workdays.rules.calendar import add_months, add_years

# Between these days no probation was set: the day of becoming full may equal the day of joining.
NO_PROBATION = (date(1969, 4, 1), date(1977, 8, 31))


@dataclass(frozen=True)
class Limits:
    """Numbers in force on ``day``: least age in years (DEV_MIN_AGE), months of probation and of its extension."""

    day: date
    adult_years: int
    probation: int
    shortest_extension: int
    longest_extension: int

    @property
    def longest_probation(self) -> int:
        """Months, the extension counted in."""
        return self.probation + self.longest_extension


@dataclass(frozen=True)
class DateProblem:
    """What is wrong with 转正日期; a warning asks to look, and lets pass."""

    message: str
    is_warning: bool = False


def full_on_problem(joined_on: date, full_on: date, limits: Limits) -> DateProblem | None:
    """The end of probation; the same day in the window without probation; later only by one extension."""
    if full_on < joined_on:
        return DateProblem("转正日期早于入党日期，请核对。")
    ends = add_months(joined_on, limits.probation)
    if full_on == ends or (full_on == joined_on and NO_PROBATION[0] <= joined_on <= NO_PROBATION[1]):
        return None
    if full_on < ends:
        return DateProblem(f"早于预备期满日 {ends.isoformat()}（预备期 {limits.probation} 个月），请对照志愿书核对。")
    shortest = add_months(ends, limits.shortest_extension)
    longest = add_months(ends, limits.longest_extension)
    if shortest <= full_on <= longest:
        return DateProblem("转正日期晚于预备期满日，按延长过预备期登记，请对照决议核实。", is_warning=True)
    return DateProblem(
        f"预备期满日是 {ends.isoformat()}；延长过预备期的应在 {shortest.isoformat()} 至 {longest.isoformat()} 之间，请核对。"
    )


def starts_on(joined_on: date, branch_established_on: date) -> date:
    """Start of the period where the roster does not tell it: the later of joining and the branch's own beginning."""
    return max(joined_on, branch_established_on)


def post_starts_on(full_on: date, term_from: date | None, organization_established_on: date) -> date:
    """Start of a post where the roster does not tell it: with the term, never before its holder was a full member."""
    return max(full_on, term_from or organization_established_on)


def most_at_once(spans: Iterable[tuple[date, date]]) -> int:
    """The largest number of half-open spans (from, to) that hold on one day."""
    steps = sorted(step for begun, ended in spans for step in ((begun, 1), (ended, -1)))
    return max(accumulate((change for _, change in steps), initial=0))


def latest_birth(day: date, years: int) -> date:
    """Born on or before this day is ``years`` old or older on ``day``."""
    return add_years(day, -years)
