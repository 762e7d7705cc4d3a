"""人员类别, 入党日期 and 转正日期 of a row, in order with one another and with the birth date (rule book 2.1)."""

from dataclasses import dataclass
from datetime import date

from linshu.people.rules.id_number import IdNumber
from linshu.words import spoken
from linshu.workdays.rules.calendar import add_months
from members.rules.membership import Limits, full_on_problem, latest_birth
from members.rules.roster import cells, dialects
from members.rules.roster.dialects import Day
from members.rules.roster.shape import Findings, Row

JOINED, FULL, CATEGORY = "入党日期", "转正日期", "人员类别"
PROBATION = "§2.1 预备期"
CATEGORIES = {
    "正式党员": "full", "预备党员": "probationary", "正式": "full", "预备": "probationary",
    "中共正式党员": "full", "中共预备党员": "probationary",
}  # fmt: skip


@dataclass(frozen=True)
class Dating:
    """What was read; empty where it could not be."""

    joined: date | None
    full: date | None
    category: str


def read_dates(row: Row, number: IdNumber | None, findings: Findings, limits: Limits) -> Dating:
    """The three of them; a bare month takes its day from the other date, where the two fit."""
    category = cells.word(row, CATEGORY, findings, CATEGORIES, "正式党员、预备党员") or ""
    joined = cells.day(row, JOINED, findings, today=limits.day)
    full = None
    if category == "probationary":
        _check_probation(row, joined, findings, limits)
    else:
        full = cells.day(row, FULL, findings, today=limits.day)
    joined_on, full_on = _fitted(joined, full, limits)
    for column, read, taken in ((JOINED, joined, joined_on), (FULL, full, full_on)):
        if read and taken and not read.whole:
            cells.warn_month(row, column, findings, taken)
    if joined_on and number:
        _check_age(row, joined_on, number, findings, limits)
    if joined_on and full_on:
        _check_full(row, joined_on, full_on, findings, limits)
    return Dating(joined_on, full_on, category)


def _fitted(joined: Day | None, full: Day | None, limits: Limits) -> tuple[date | None, date | None]:
    """The two days; where only one is whole and the months lie a probation apart, the other gets its day."""
    if joined is None or full is None:
        return joined.value if joined else None, full.value if full else None
    ends = add_months(joined.value, limits.probation)
    if joined.whole != full.whole and (ends.year, ends.month) == (full.value.year, full.value.month):
        if joined.whole:
            return joined.value, ends
        return add_months(full.value, -limits.probation), full.value
    return joined.value, full.value


def _check_age(row: Row, joined: date, number: IdNumber, findings: Findings, limits: Limits) -> None:
    if joined <= number.birth_date:
        findings.refuse(row, JOINED, "§2.1 入党日期", "入党日期早于出生日期。", "请核对。")
    elif number.birth_date > latest_birth(joined, limits.adult_years):
        findings.warn(row, JOINED, "§2.2 申请入党年龄", f"入党时不满 {limits.adult_years} 岁。", "请对照档案核实。")


def _check_full(row: Row, joined: date, full: date, findings: Findings, limits: Limits) -> None:
    problem = full_on_problem(joined, full, limits)
    if problem is None:
        return
    why, _, remedy = spoken(problem.message).rpartition("，请")
    note = findings.warn if problem.is_warning else findings.refuse
    note(row, FULL, PROBATION, f"{why}。", f"请{remedy}")


def _check_probation(row: Row, joined: Day | None, findings: Findings, limits: Limits) -> None:
    if not dialects.is_nothing(row.get(FULL)):
        findings.refuse(row, FULL, PROBATION, "预备党员没有转正日期。", "请清空，或把类别改为正式党员。")
    longest = limits.longest_probation
    if joined and add_months(joined.value, longest) < limits.day:
        message = f"预备期连同延长最多 {longest} 个月，已经超过。"
        findings.warn(row, JOINED, PROBATION, message, "请核实人员类别。")
