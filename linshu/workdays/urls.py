"""Addresses of the working calendar."""

from datetime import date

from django.urls import path, register_converter

from linshu.workdays.views import pages


class DayConverter:
    """2026-11-24 in an address."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


register_converter(DayConverter, "workday")

app_name = "workdays"
urlpatterns = [
    path("calendar/", pages.calendar, name="calendar"),
    path("calendar/load/", pages.load, name="load"),
    path("calendar/<workday:day>/", pages.change, name="day"),
]
