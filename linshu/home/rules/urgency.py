"""How urgent a thing owed is, and in which words (ux.md 1: what, by when, why)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


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


def due(*, broken: bool, due_on: date | None, today: date) -> Due:
    """``broken``: the rule is not met as of today, whatever the day; ``due_on``: last day to do it."""
    if due_on is None:
        return Due(When.LATE, "late", "不合规则") if broken else Due(When.LATER, "soon", "注意")
    days = (due_on - today).days
    if days < 0:
        return Due(When.LATE, "late", f"逾期 {-days} 天")
    words = f"还剩 {days} 天" if days else "今天到期"
    if broken:
        return Due(When.LATE, "late", words)
    sunday = today + timedelta(days=6 - today.weekday())
    return Due(When.WEEK, "soon", words) if due_on <= sunday else Due(When.LATER, "plan", words)


def order(when: When, due_on: date | None, sentence: str) -> tuple[int, date, str]:
    """Sort key: most urgent group first, within it the earliest day, undated last."""
    return list(When).index(when), due_on or date.max, sentence
