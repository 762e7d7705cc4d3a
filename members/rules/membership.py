"""Arithmetic of a membership: age, probation, the day a register period begins (domain rule book 2.1)."""

from dataclasses import dataclass
from datetime import date

from organizations.rules.spans import add_months

ADULT_YEARS = 18
PROBATION_MONTHS = 12
SHORTEST_EXTENSION_MONTHS, LONGEST_EXTENSION_MONTHS = 6, 12
# Between these days no probation was set: the day of becoming full may equal the day of joining.
NO_PROBATION = (date(1969, 4, 1), date(1977, 8, 31))


@dataclass(frozen=True)
class DateProblem:
    """What is wrong with 转正日期; a warning asks to look, and lets pass."""

    message: str
    is_warning: bool = False


def is_adult(birth_date: date, day: date) -> bool:
    """Eighteen years old on ``day``."""
    return add_months(birth_date, 12 * ADULT_YEARS) <= day


def full_on_problem(joined_on: date, full_on: date) -> DateProblem | None:
    """A year after joining; the same day in the window without probation; later only by one extension."""
    if full_on < joined_on:
        return DateProblem("转正日期早于入党日期，请核对。")
    ends = add_months(joined_on, PROBATION_MONTHS)
    if full_on == ends or (full_on == joined_on and NO_PROBATION[0] <= joined_on <= NO_PROBATION[1]):
        return None
    if full_on < ends:
        return DateProblem(f"早于预备期满日 {ends.isoformat()}（预备期一年），请对照志愿书核对。")
    shortest = add_months(ends, SHORTEST_EXTENSION_MONTHS)
    longest = add_months(ends, LONGEST_EXTENSION_MONTHS)
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


def latest_birth(day: date, years: int) -> date:
    """Born on or before this day is ``years`` old or older on ``day``."""
    return add_months(day, -12 * years)
