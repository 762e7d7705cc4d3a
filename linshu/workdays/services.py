"""Reading the calendar once, and changing it."""

from collections.abc import Mapping
from datetime import date, datetime

import chinese_calendar
from chinese_calendar import constants
from django.db import transaction

from linshu.audit import services as audit
from linshu.errors import Invalid
from linshu.scope import SYSTEM, Actor, Right, require
from linshu.workdays.models import CalendarDay, CalendarYear
from linshu.workdays.rules.calendar import Calendar, Day
from linshu.workdays.rules.table import NAME_LENGTH, differs, read_table

SEED_SOURCE = "国务院办公厅历年节假日安排（chinesecalendar）"


def calendar_on() -> Calendar:
    """The whole calendar as a frozen value: one query. Load it once and pass it to the rules."""
    return CalendarYear.objects.as_calendar()


@transaction.atomic
def load_table(*, text: str, source: str, by: Actor, now: datetime) -> list[int]:
    """Replace the years of a CSV table, all or nothing; returns them."""
    require(by, Right.CALENDAR_CHANGE)
    years = read_table(text)
    for year, days in sorted(years.items()):
        _replace_year(year, days, source=source, by=by, now=now)
        off = sum(not entry.is_workday for entry in days.values())
        audit.record(
            "workdays.year_loaded",
            by=by,
            label=f"{year}年工作日历",
            data={"year": year, "days_off": off, "made_up": len(days) - off, "source": source},
            now=now,
        )
    return sorted(years)


@transaction.atomic
def change_day(*, day: date, is_workday: bool, name: str, reason: str, by: Actor, now: datetime) -> None:
    """Correct one day of a loaded year."""
    require(by, Right.CALENDAR_CHANGE)
    entry = Day(is_workday, name.strip())
    if len(entry.name) > NAME_LENGTH:
        raise Invalid.field("name", f"名称最多 {NAME_LENGTH} 个字，请写短一些。")
    if not reason.strip():
        raise Invalid.field("reason", "请填写调整原因，如通知的文号。")
    year = CalendarYear.objects.select_for_update().filter(pk=day.year).first()
    if year is None:
        raise Invalid.field("day", f"{day.year}年的放假安排尚未导入，不能单独改一天。请先导入全年的表。", value=day)
    before = calendar_on()
    if (before.is_workday(day), before.name(day)) == (entry.is_workday, entry.name):
        raise Invalid.field("is_workday", f"{day} 现在就是这样，没有变化。", value=is_workday)
    CalendarDay.objects.filter(pk=day).delete()
    if differs(day, entry):
        CalendarDay.objects.create(date=day, year=year, is_workday=entry.is_workday, name=entry.name)
    audit.record(
        "workdays.day_changed",
        by=by,
        label=day.isoformat(),
        reason=reason.strip(),
        data={"day": day.isoformat(), "before": before.is_workday(day), "after": is_workday, "name": entry.name},
        now=now,
    )


@transaction.atomic
def seed(*, now: datetime) -> int:
    """Add the years that the library knows and the table lacks; returns how many."""
    known = set(CalendarYear.objects.values_list("year", flat=True))
    published = _published()
    added = {year: days for year, days in published.items() if year not in known}
    CalendarYear.objects.bulk_create(
        CalendarYear(year=year, source=SEED_SOURCE, loaded_by=SYSTEM.name, loaded_at=now) for year in added
    )
    CalendarDay.objects.bulk_create(row for year, days in added.items() for row in _rows(year, days))
    return len(added)


def _published() -> dict[int, dict[date, Day]]:
    names = {holiday.value: holiday.chinese for holiday in chinese_calendar.Holiday}
    days = {day: Day(False, names[name]) for day, name in constants.holidays.items()}
    days |= {day: Day(True, f"{names[name]}调休补班") for day, name in constants.workdays.items()}
    years: dict[int, dict[date, Day]] = {}
    for day, entry in days.items():
        years.setdefault(day.year, {})[day] = entry
    return years


def _replace_year(year: int, days: Mapping[date, Day], *, source: str, by: Actor, now: datetime) -> None:
    CalendarYear.objects.update_or_create(
        year=year, defaults={"source": source, "loaded_by": by.name, "loaded_at": now}
    )
    CalendarDay.objects.filter(year_id=year).delete()
    CalendarDay.objects.bulk_create(_rows(year, days))


def _rows(year: int, days: Mapping[date, Day]) -> list[CalendarDay]:
    return [
        CalendarDay(date=day, year_id=year, is_workday=entry.is_workday, name=entry.name) for day, entry in days.items()
    ]
