"""Importing a roster: upload, preview, confirm, result; nothing is written before it is confirmed."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linshu.scope import Right, require
from linshu.sheets import MEDIA_TYPE
from linshu.web.forms import attempt
from linshu.web.views import attachment
from members.forms import AssignForm, ConfirmForm, ImportForm
from members.models import Import
from members.rules.importing import FAULTS, RESULT
from members.services.importing import assign, begin, confirm, discard, settle
from members.services.importing.assigning import unknown_in
from members.services.importing.reporting import report_of
from members.services.importing.template import NAME, template
from members.views.preview import outcomes, preview

PAGE_SIZE = 20
RECENT = 5


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose a file; what happens with it; what was imported lately."""
    actor = request.actor  # type: ignore[attr-defined]
    require(actor, Right.MEMBERS_IMPORT)
    form = ImportForm(request.POST or None, request.FILES or None)
    record = attempt(form, lambda: begin(**form.cleaned_data["file"], by=actor, now=timezone.now()))
    if record:
        return redirect("members:import-detail", record.pk)
    recent = outcomes(Import.objects.readable(actor, Right.MEMBERS_IMPORT)[:RECENT])
    return render(request, "members/import_new.html", {"form": form, "recent": recent}, status=form.status)


@require_GET
def blank(request: HttpRequest) -> HttpResponseBase:
    """The empty roster to fill in."""
    require(request.actor, Right.MEMBERS_IMPORT)  # type: ignore[attr-defined]
    return attachment([template()], name=NAME, media_type=MEDIA_TYPE)


@require_GET
def imports(request: HttpRequest) -> HttpResponse:
    """Imports within reach, newest first."""
    rows = Import.objects.readable(request.actor, Right.MEMBERS_IMPORT)  # type: ignore[attr-defined]
    page = Paginator(rows.select_related("user"), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "members/imports.html", {"page": page, "rows": outcomes(page.object_list)})


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the import is: progress, preview, or what came of it."""
    return _page(request, _load(request, pk), ConfirmForm())


@require_POST
def confirmed(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the worker write what the preview shows."""
    record, form = _load(request, pk), ConfirmForm(request.POST)
    act = {"import_": record, "by": request.actor, "now": timezone.now()}  # type: ignore[attr-defined]
    if attempt(form, lambda: confirm(**act, **form.cleaned_data)):
        return redirect("members:import-detail", pk)
    return _page(request, record, form)


@require_POST
def discarded(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it up, and choose another file."""
    record = _load(request, pk)
    discard(import_=record, by=request.actor, now=timezone.now())  # type: ignore[attr-defined]
    return redirect("members:import")


@require_POST
def assigned(request: HttpRequest, pk: int) -> HttpResponse:
    """Branches chosen for what the file calls them: it is read again."""
    record = _load(request, pk)
    form = AssignForm(request.POST, unknown=unknown_in(record, request.actor))  # type: ignore[attr-defined]
    act = {"import_": record, "by": request.actor, "now": timezone.now()}  # type: ignore[attr-defined]
    if attempt(form, lambda: assign(**act, branches=form.branches)):
        return redirect("members:import-detail", pk)
    return _page(request, record, ConfirmForm(), form)


@require_POST
def settled(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing more is done about the rows that were left out."""
    settle(import_=_load(request, pk), by=request.actor, now=timezone.now())  # type: ignore[attr-defined]
    messages.success(request, "已注明没有写入的行不再处理。")
    return redirect("members:import-detail", pk)


@require_GET
def report(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file again with a column 问题; ``?rows=problem`` only those rows."""
    record = _load(request, pk)
    only = request.GET.get("rows") == "problem"
    act: dict[str, Any] = {"by": request.actor, "now": timezone.now()}  # type: ignore[attr-defined]
    pieces = report_of(import_=record, only_problems=only, **act)
    name = f"{record.name.rpartition('.')[0] or record.name}-{FAULTS if only else RESULT}.xlsx"
    return attachment(pieces, name=name, media_type=MEDIA_TYPE)


def _load(request: HttpRequest, pk: int) -> Import:
    found: Import = Import.objects.load(request.actor, Right.MEMBERS_IMPORT, pk=pk)  # type: ignore[attr-defined]
    return found


def _page(request: HttpRequest, record: Import, form: ConfirmForm, choice: AssignForm | None = None) -> HttpResponse:
    context = preview(request, record) | {"form": form, "import": record, "job": record.job}
    if context["is_preview"] and record.problem:
        unknown = unknown_in(record, request.actor)  # type: ignore[attr-defined]
        context["choice"] = choice or (AssignForm(unknown=unknown) if unknown else None)
    status = max(form.status, choice.status if choice else 200)
    return render(request, "members/import.html", context, status=status)
