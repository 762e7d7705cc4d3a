"""A year as the months of a wall calendar."""

from calendar import Calendar as Weeks
from dataclasses import dataclass
from datetime import date

from linshu.workdays.rules.calendar import SATURDAY, Calendar

WEEKS = Weeks()


@dataclass(frozen=True)
class Cell:
    """A day of the grid; ``special`` where the table differs from the week: 休 or 班."""

    day: date
    is_workday: bool
    name: str
    special: str


@dataclass(frozen=True)
class Month:
    """Weeks from Monday to Sunday; None outside the month."""

    number: int
    weeks: tuple[tuple[Cell | None, ...], ...]


def months_of(calendar: Calendar, year: int) -> list[Month]:
    """The twelve months of a year."""
    return [_month(calendar, year, number) for number in range(1, 13)]


def _month(calendar: Calendar, year: int, number: int) -> Month:
    weeks = WEEKS.monthdatescalendar(year, number)
    return Month(
        number, tuple(tuple(_cell(calendar, day) if day.month == number else None for day in week) for week in weeks)
    )


def _cell(calendar: Calendar, day: date) -> Cell:
    worked, name = calendar.is_workday(day), calendar.name(day)
    if worked and day.weekday() >= SATURDAY:
        special = "班"
    else:
        special = "休" if not worked and (name or day.weekday() < SATURDAY) else ""
    return Cell(day, worked, name, special)
