"""How urgent a thing owed is, and in which words (ux.md 1: what, by when, why)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from linshu.workdays.rules.calendar import Calendar

NEAR = 14  # days


class When(StrEnum):
    """The tabs of the list, most urgent first."""

    LATE = "late"
    WEEK = "week"
    LATER = "later"


TABS = {When.LATE: "逾期", When.WEEK: "本周", When.LATER: "以后"}
GROUPS = {When.LATE: "逾期或不合规则", When.WEEK: "本周到期", When.LATER: "以后"}


@dataclass(frozen=True)
class Due:
    """State (level of the look) and words of a deadline."""

    when: When
    level: str
    words: str


def due(*, broken: bool, due_on: date | None, today: date, calendar: Calendar) -> Due:
    """``broken``: the rule is not met as of today, whatever the day; ``due_on``: last day to do it."""
    if due_on is None:
        return Due(When.LATE, "late", "不合规则") if broken else Due(When.LATER, "soon", "注意")
    words = distance(today, due_on, calendar)
    if broken or due_on < today:
        return Due(When.LATE, "late", words)
    sunday = today + timedelta(days=6 - today.weekday())
    return Due(When.WEEK, "soon", words) if due_on <= sunday else Due(When.LATER, "plan", words)


def distance(today: date, due_on: date, calendar: Calendar) -> str:
    """逾期 2 个工作日, 今天到期, 还剩 26 天: near days are counted as an office works, far ones as they pass."""
    days = abs((due_on - today).days)
    if not days:
        return "今天到期"
    verb = "逾期" if due_on < today else "还剩"
    worked = abs(calendar.workdays_between(today, due_on)) if is_near(today, due_on) else 0
    return f"{verb} {worked} 个工作日" if worked else f"{verb} {days} 天"


def is_near(today: date, due_on: date) -> bool:
    """Within two weeks."""
    return abs((due_on - today).days) <= NEAR


def order(when: When, due_on: date | None, title: str) -> tuple[int, date, str]:
    """Sort key: most urgent group first, within it the earliest day, undated last."""
    return list(When).index(when), due_on or date.max, title
