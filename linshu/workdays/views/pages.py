"""A year's months, a table loaded, a day changed."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from linshu.scope import Right, require
from linshu.web.forms import Form, attempt
from linshu.web.views import ActorRequest
from linshu.workdays import services
from linshu.workdays.access import can_change, require_reader
from linshu.workdays.forms import DayForm, TableForm
from linshu.workdays.models import CalendarYear
from linshu.workdays.rules.grid import months_of
from linshu.workdays.rules.table import YEARS, decode


@require_GET
def calendar(request: ActorRequest) -> HttpResponse:
    """A year, this one where none is named."""
    require_reader(request.actor)
    given = {str(year): year for year in YEARS}.get(request.GET.get("year", ""))
    year = given or timezone.localdate().year
    known = services.calendar_on()
    context = {
        "year": year,
        "years": range(year - 2, year + 3),
        "months": months_of(known, year),
        "warning": known.warning(date(year, 1, 1)),
        "loaded": CalendarYear.objects.filter(pk=year).first(),
        "allowed": can_change(request.actor),
    }
    return render(request, "workdays/calendar.html", context)


@require_http_methods(["GET", "POST"])
def load(request: ActorRequest) -> HttpResponse:
    """Load the table of one or more years."""
    require(request.actor, Right.CALENDAR_CHANGE)
    form = TableForm(request.POST or None, request.FILES or None)
    years = attempt(form, lambda: _load(request, form))
    if years is None:
        return render(request, "workdays/load.html", {"form": form}, status=form.status)
    messages.success(request, f"已导入 {'、'.join(f'{year}年' for year in years)}的工作日历。")
    return redirect(f"{reverse('workdays:calendar')}?year={years[-1]}")


@require_http_methods(["GET", "POST"])
def change(request: ActorRequest, day: date) -> HttpResponse:
    """Change one day of a loaded year."""
    require(request.actor, Right.CALENDAR_CHANGE)
    known = services.calendar_on()
    initial = {"is_workday": "1" if known.is_workday(day) else "0", "name": known.name(day)}
    form = DayForm(request.POST or None, initial=initial)
    if not attempt(form, lambda: _change(request, day, form)):
        return render(request, "workdays/day.html", {"form": form, "day": day}, status=form.status)
    messages.success(request, f"已调整 {day} 的安排。")
    return redirect(f"{reverse('workdays:calendar')}?year={day.year}")


def _load(request: ActorRequest, form: Form) -> list[int]:
    text = decode(form.cleaned_data["table"].read())
    return services.load_table(text=text, source=form.cleaned_data["source"], by=request.actor, now=timezone.now())


def _change(request: ActorRequest, day: date, form: Form) -> bool:
    services.change_day(day=day, **form.cleaned_data, by=request.actor, now=timezone.now())
    return True
