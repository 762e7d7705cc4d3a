"""Statistics by year, the table of a year, the check against today's register, the file."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from linshu.scope import Right, require
from linshu.statistics import services
from linshu.statistics.forms import FreezeForm
from linshu.statistics.models import AnnualStatistics
from linshu.statistics.providers import tables
from linshu.web.forms import attempt
from linshu.web.views import attachment
from organizations.models import Organization
from organizations.rules.kinds import Kind


@require_GET
def years(request: HttpRequest) -> HttpResponse:
    """What is frozen, newest year first."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = AnnualStatistics.objects.readable(actor, Right.STATISTICS_READ).listed()
    may_freeze = actor.may(Right.STATISTICS_FREEZE)
    return render(request, "statistics/list.html", {"rows": rows, "may_freeze": may_freeze})


@require_http_methods(["GET", "POST"])
def freeze(request: HttpRequest) -> HttpResponse:
    """Choose a year that has ended, and freeze it."""
    actor = request.actor  # type: ignore[attr-defined]
    require(actor, Right.STATISTICS_FREEZE)
    now = timezone.now()
    counties = Organization.objects.within(actor.scope(Right.STATISTICS_FREEZE)).open().filter(kind=Kind.COUNTY)
    form = FreezeForm(request.POST or None, counties=counties, this_year=timezone.localdate(now).year)
    frozen = attempt(
        form,
        lambda: services.freeze(
            county=form.cleaned_data["organization"], year=form.cleaned_data["year"],
            reason=form.cleaned_data["reason"], by=actor, now=now,
        ),
    )  # fmt: skip
    if frozen:
        return redirect("statistics:detail", frozen.pk)
    return render(request, "statistics/freeze.html", {"form": form}, status=form.status)


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The table as it was frozen; every number that has a list leads to it."""
    frozen = _load(request, pk)
    shown = tables(frozen.numbers, request.actor)  # type: ignore[attr-defined]
    return render(request, "statistics/detail.html", {"frozen": frozen, "tables": shown})


@require_GET
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """复核: what the register of today says of that day otherwise."""
    frozen = _load(request, pk)
    context = {"frozen": frozen, "differences": services.changed_since(frozen), "today": timezone.localdate()}
    return render(request, "statistics/check.html", context)


@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The frozen workbook; recorded."""
    found, pieces = services.fetch(frozen=_load(request, pk), by=request.actor, now=timezone.now())  # type: ignore[attr-defined]
    return attachment(pieces, name=found.name, media_type=found.media_type, size=found.size)


def _load(request: HttpRequest, pk: int) -> AnnualStatistics:
    rows = AnnualStatistics.objects.select_related("organization", "file", "frozen_by")
    found: AnnualStatistics = rows.load(request.actor, Right.STATISTICS_READ, pk=pk)  # type: ignore[attr-defined]
    return found
