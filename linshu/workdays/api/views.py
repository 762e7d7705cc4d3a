"""The calendar: its special days, any day, a day changed, a table loaded."""

from datetime import date, datetime
from typing import Any

import django_filters
from django.db.models import QuerySet
from django_filters.rest_framework import FilterSet
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from linshu.errors import NotFound
from linshu.rest.views import ApiView
from linshu.scope import Actor, Right
from linshu.workdays import services
from linshu.workdays.access import require_reader
from linshu.workdays.api.serializers import DayInput, DayOutput, SpecialDayOutput, TableInput, YearsOutput
from linshu.workdays.models import CalendarDay


class DayFilters(FilterSet):
    """By year."""

    year = django_filters.NumberFilter(field_name="year_id", label="年份。")


class CalendarViewSet(ApiView, ListModelMixin, GenericViewSet[Any]):
    """Every office reads the calendar; the county changes it."""

    queryset: QuerySet[CalendarDay] = CalendarDay.objects.order_by("date")
    serializer_class = SpecialDayOutput
    filterset_class = DayFilters
    needs = {"*": [Right.CALENDAR_CHANGE]}
    lookup_field = "date"
    lookup_value_regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
    inputs = {"change": DayInput, "load": TableInput}
    outputs = {"retrieve": DayOutput, "change": DayOutput, "load": YearsOutput}

    def known_parameters(self) -> set[str]:
        return {"year", "page", "page_size"} if self.action == "list" else set()

    def check_permissions(self, request: Request) -> None:
        super().check_permissions(request)
        if self.action is not None:  # a method that nobody has is told as such (405)
            require_reader(self.actor)

    def retrieve(self, request: Request, date: str) -> Response:
        return Response(self.told(_day(_read(date))))

    @action(detail=True, methods=["post"], name="调整一天的安排")
    def change(self, request: Request, date: str) -> Response:
        return self.call(_change, day=_read(date))

    @action(detail=False, methods=["post"], name="导入放假和补班安排")
    def load(self, request: Request) -> Response:
        return self.call(_load)


def _read(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotFound("没有这一天。日期应写成 2026-11-24。") from None


def _day(day: date) -> dict[str, Any]:
    calendar = services.calendar_on()
    return {
        "date": day,
        "is_workday": calendar.is_workday(day),
        "name": calendar.name(day),
        "is_loaded": calendar.is_loaded(day.year),
    }


def _change(*, day: date, is_workday: bool, name: str, reason: str, by: Actor, now: datetime) -> dict[str, Any]:
    services.change_day(day=day, is_workday=is_workday, name=name, reason=reason, by=by, now=now)
    return _day(day)


def _load(*, text: str, source: str, by: Actor, now: datetime) -> dict[str, Any]:
    return {"years": services.load_table(text=text, source=source, by=by, now=now)}
