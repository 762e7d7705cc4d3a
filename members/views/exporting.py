"""Taking a part of the register out: why, how far it is, the file."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from linshu.scope import Right, require
from linshu.web.forms import attempt
from linshu.web.views import attachment
from members.access import can_fetch, shows_full
from members.forms import ExportForm, RegisterFilter
from members.models import Export, Membership
from members.services.allowance import allowance_of
from members.services.exporting import Selection, fetch_export, numbered, request_export
from members.views.register import NUMBER, branches, place_of

PAGE_SIZE = 20


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """What will be in the file, and the reason for it; the address says which rows, as on the list."""
    actor = request.actor  # type: ignore[attr-defined]
    require(actor, Right.MEMBERS_EXPORT)
    place = place_of(request, Right.MEMBERS_EXPORT)
    told = RegisterFilter(request.GET, branches=branches(request, place))
    if not told.is_valid():
        return redirect(f"/members/?{request.GET.urlencode()}")
    selection = told.selection(place, _found(request, told))
    form = ExportForm(request.POST or None)
    act = {"selection": selection, "by": actor, "now": timezone.now()}
    export = attempt(form, lambda: request_export(reason=form.cleaned_data["reason"], **act))
    if export:
        return redirect("members:export", export.pk)
    return render(request, "members/export_new.html", {"form": form} | _told(actor, selection), status=form.status)


@require_GET
def exports(request: HttpRequest) -> HttpResponse:
    """One's own exports, newest first."""
    page = Paginator(Export.objects.of(request.user.pk), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "members/exports.html", {"page": page})


@require_GET
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """How far an export is, what is in it, and the file while it is kept."""
    row = Export.objects.of(request.user.pk).get_or_refuse(pk)
    context = {"export": row, "job": row.job, "may_fetch": can_fetch(request.actor, row)}  # type: ignore[attr-defined]
    return render(request, "members/export.html", context)


@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file, in pieces; every time is recorded, no browser keeps it."""
    row = Export.objects.of(request.user.pk).get_or_refuse(pk)
    found, pieces = fetch_export(export=row, by=request.actor, now=timezone.now())  # type: ignore[attr-defined]
    return attachment(pieces, name=found.name, media_type=found.media_type, size=found.size)


def _found(request: HttpRequest, told: RegisterFilter) -> Membership | None:
    """Who was found by the number whose index stands in the session."""
    if not told.cleaned_data["by"]:
        return None
    index, day = request.session.get(NUMBER, ""), told.cleaned_data["as_of"]
    return numbered(index, request.actor, day, today=timezone.localdate())  # type: ignore[attr-defined]


def _told(actor: Any, selection: Selection) -> dict[str, Any]:
    """What the page says before it is asked for: how many rows, how many are left today, whether numbers are in full."""
    scope = actor.scope(Right.MEMBERS_EXPORT)
    now = timezone.now()
    return {
        "selection": selection,
        "where": selection.place_words(scope),
        "rows": selection.members(scope, today=timezone.localdate(now)).count(),
        "organizations": selection.organizations(scope).open().count(),
        "allowance": allowance_of(actor, now=now),
        "full": shows_full(actor, selection.places(scope)),
    }
