"""The rule numbers by area, one number with its versions, a new version, a version taken back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linshu.parameters import services
from linshu.parameters.access import can_change
from linshu.parameters.catalogue import AREAS
from linshu.parameters.forms import VersionForm, WithdrawForm
from linshu.parameters.models import Parameter
from linshu.web.forms import Form, attempt
from linshu.web.views import ActorRequest


@require_GET
def parameters(request: ActorRequest) -> HttpResponse:
    """The numbers of one area; ``?q=`` looks through all of them."""
    text = request.GET.get("q", "").strip()[:60]
    area = request.GET.get("area", "")
    area = "" if text else area if area in AREAS else AREAS[0]
    rows = services.standings(actor=request.actor, day=timezone.localdate(), area=area, text=text)
    return render(request, "parameters/list.html", {"rows": rows, "areas": AREAS, "area": area, "query": text})


@require_http_methods(["GET", "POST"])
def parameter(request: ActorRequest, code: str) -> HttpResponse:
    """One number and its versions; POST adds a version."""
    standing = services.history(code=code, actor=request.actor, day=timezone.localdate())
    form = VersionForm(
        request.POST or None, definition=standing.definition, initial={"effective_from": timezone.localdate()}
    )
    version = attempt(form, lambda: _add(request, code, form))
    if version is None:
        return _page(request, standing, form, WithdrawForm())
    messages.success(request, f"{standing.definition.name}自 {version.effective_from} 起为 {version.words}。")
    return redirect("parameters:detail", code)


@require_POST
def withdraw(request: ActorRequest, code: str) -> HttpResponse:
    """Take back a version that has not begun."""
    standing = services.history(code=code, actor=request.actor, day=timezone.localdate())
    form = WithdrawForm(request.POST)
    if not attempt(form, lambda: _withdraw(request, code, form)):
        return _page(request, standing, VersionForm(definition=standing.definition), form)
    messages.success(request, "已撤销尚未生效的版本，现行值继续有效。")
    return redirect("parameters:detail", code)


def _add(request: ActorRequest, code: str, form: Form) -> Parameter:
    return services.add_version(code=code, **form.cleaned_data, by=request.actor, now=timezone.now())


def _withdraw(request: ActorRequest, code: str, form: Form) -> bool:
    services.withdraw_version(code=code, **form.cleaned_data, by=request.actor, now=timezone.now())
    return True


def _page(request: ActorRequest, standing: services.Standing, form: Form, withdrawal: Form) -> HttpResponse:
    coming = standing.coming[-1] if standing.coming else None
    if coming and not withdrawal.is_bound:
        withdrawal.initial["version_id"] = coming.pk
    context = {
        "standing": standing,
        "definition": standing.definition,
        "current": standing.current,
        "last": coming,
        "allowed": can_change(request.actor, standing.definition),
        "form": form,
        "withdrawal": withdrawal,
    }
    return render(request, "parameters/detail.html", context, status=max(form.status, withdrawal.status))
