"""Counting in working days and months, given a frozen calendar (rule book, general rules and 9.2; 民法典 201–203)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, date, timedelta
from types import MappingProxyType

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class Day:
    """What the table says of one day: a holiday or a make-up working day, and its name."""

    is_workday: bool
    name: str = ""


@dataclass(frozen=True)
class Calendar:
    """Loaded years and the days in them that differ from Monday to Friday, or have a name.

    A year that is not loaded counts Monday to Friday; ``unloaded`` and ``warning`` say so.
    """

    years: frozenset[int] = frozenset()
    days: Mapping[date, Day] = field(default_factory=lambda: MappingProxyType({}))

    def is_loaded(self, year: int) -> bool:
        """Are the holidays of the year known?"""
        return year in self.years

    def is_workday(self, day: date) -> bool:
        """Is the day worked?"""
        known = self.days.get(day)
        return known.is_workday if known else day.weekday() < SATURDAY

    def name(self, day: date) -> str:
        """国庆节 and the like; empty for a plain day."""
        known = self.days.get(day)
        return known.name if known else ""

    def add_workdays(self, day: date, number: int) -> date:
        """The ``number``-th working day after ``day`` (before it, if negative); ``day`` itself is not counted."""
        step = ONE_DAY if number > 0 else -ONE_DAY
        left = abs(number)
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def workdays_between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and including ``end``; negative where ``end`` lies before ``start``."""
        if end < start:
            return -self.workdays_between(end, start)
        return sum(self.is_workday(start + timedelta(days=offset)) for offset in range(1, (end - start).days + 1))

    def roll_forward(self, day: date) -> date:
        """The last day of a handling period that falls on a day off moves to the next working day (民法典 203)."""
        while not self.is_workday(day):
            day += ONE_DAY
        return day

    def deadline_in_days(self, start: date, number: int) -> date:
        """End of a handling period of natural days: the first day is not counted (民法典 201), a day off rolls on."""
        return self.roll_forward(start + timedelta(days=number))

    def deadline_in_months(self, start: date, number: int) -> date:
        """End of a handling period of months: the corresponding day, else the month's end (民法典 202), rolled on."""
        return self.roll_forward(add_months(start, number))

    def unloaded(self, days: Iterable[date]) -> list[int]:
        """Years among ``days`` whose holidays are not known."""
        return sorted({day.year for day in days} - self.years)

    def warning(self, *days: date) -> str:
        """What a page must say when it reckons with these days; empty where all is known."""
        years = self.unloaded(days)
        named = "、".join(f"{year}年" for year in years)
        return f"{named}的放假安排尚未导入，工作日暂按周一至周五推算。" if years else ""

    def remaining(self, today: date, due: date) -> str:
        """还剩 3 个工作日（11月27日）; 今天到期; 已逾期 2 个工作日."""
        if due == today:
            return f"今天到期（{_short(due)}）"
        if due < today:
            late = self.workdays_between(due, today)
            return f"已逾期 {late} 个工作日（{_short(due)}）" if late else f"已逾期（{_short(due)}）"
        left = self.workdays_between(today, due)
        return f"还剩 {left} 个工作日（{_short(due)}）" if left else f"还剩不到 1 个工作日（{_short(due)}）"


def add_months(day: date, number: int) -> date:
    """The corresponding day ``number`` months on (or back), the month's last day where there is none.

    Beyond what a calendar can tell it is the first or last day there is: people may ask for the year 1.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return date.min if year < MINYEAR else date.max
    return date(year, month + 1, min(day.day, _month_length(year, month + 1)))


def add_years(day: date, number: int) -> date:
    """The corresponding day ``number`` years on; 29 February becomes the 28th."""
    return add_months(day, number * 12)


def _month_length(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - ONE_DAY).day


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"
