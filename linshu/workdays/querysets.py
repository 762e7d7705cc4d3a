"""Reads of the calendar table."""

from django.db import models

from linshu.workdays.rules.calendar import Calendar, Day


class CalendarYearQuerySet(models.QuerySet):
    """Loaded years with their days."""

    def as_calendar(self) -> Calendar:
        """The frozen calendar: one query."""
        rows = list(self.order_by().values_list("year", "days__date", "days__is_workday", "days__name"))
        days = {day: Day(is_workday, name) for _, day, is_workday, name in rows if day is not None}
        return Calendar(frozenset(year for year, *_ in rows), days)
