"""What a node has been: its periods and the events of its audit log; and the form that asks for a day."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from linshu.audit.models import Event
from linshu.scope import Right
from linshu.web.forms import Form
from organizations.access import can_correct
from organizations.forms.operations import DayForm
from organizations.models import OPEN_END, Organization, OrganizationPeriod
from organizations.rules.kinds import KINDS, Kind

PAGE = 20
UPGRADE_EVENTS = [f"upgrade_{step}" for step in ("proposed", "approved", "built", "elected", "filed", "withdrawn")]
NODE_EVENTS = [
    f"organizations.{name}"
    for name in ("established", "renamed", "moved", "merged", "split", "closed", "corrected", *UPGRADE_EVENTS)
]
OPERATION_WORDS = {
    "establish": "成立",
    "rename": "更名",
    "move": "调整隶属",
    "merge": "合并",
    "split": "拆分",
    "upgrade": "升格",
}


@require_GET
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """沿革 (periods, newest first) and 变更记录 (events)."""
    actor = request.actor  # type: ignore[attr-defined]
    node = Organization.objects.load(actor, Right.ORGANIZATIONS_READ, pk=pk)
    periods = OrganizationPeriod.objects.filter(organization=node).select_related("parent").order_by("-valid_from")
    events = Event.objects.filter(organization_id=node.pk, type__in=NODE_EVENTS).order_by("-pk")
    page = Paginator(events, PAGE).get_page(request.GET.get("page"))
    context = {
        "node": node,
        "periods": [_period_row(each) for each in periods],
        "page": page,
        "may_correct": can_correct(actor, node),
    }
    return render(request, "organizations/history.html", context)


def _period_row(period: OrganizationPeriod) -> dict[str, Any]:
    return {
        "period": period,
        "kind": KINDS[Kind(period.kind)].label,
        "operation": OPERATION_WORDS[period.operation],
        "until": None if period.valid_to == OPEN_END else period.valid_to,
    }


@require_GET
def day(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a day, then show the tree of that day."""
    actor = request.actor  # type: ignore[attr-defined]
    node = Organization.objects.load(actor, Right.ORGANIZATIONS_READ, pk=pk)
    form: Form = DayForm(request.GET if "as_of" in request.GET else None, today=timezone.localdate())
    if form.is_valid():
        url = reverse("organizations:node", args=[pk])
        return redirect(f"{url}?as_of={form.cleaned_data['as_of']}")
    return render(request, "organizations/day.html", {"node": node, "form": form}, status=form.status)
