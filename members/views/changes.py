"""变更申请: what branches have asked for, and one of them with what it would change."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linshu.errors import NotPermitted
from linshu.scope import Right
from linshu.web.forms import attempt
from members.access import can_reveal_asked, steps_for
from members.forms.changes import ChangesFilter, OpinionForm, WhyForm
from members.models import ChangeRequest
from members.rules.changing import STATE_WORDS, State, Step
from members.services.approving import approve
from members.services.requests import return_
from members.services.requests import withdraw as take_back
from members.services.revealing import reveal_asked
from members.views.pages import actor_of, what_ends

PER_PAGE = 20


@require_GET
def listing(request: HttpRequest, *, mine: bool = False) -> HttpResponse:
    """Requests in scope, those still to be decided first shown; ``mine``: what one has asked for oneself."""
    actor = actor_of(request)
    form = ChangesFilter(request.GET, mine=mine)
    rows = ChangeRequest.objects.readable(actor, Right.MEMBERS_READ).with_names()
    if form.place is not None:
        rows = rows.within(actor.scope(Right.MEMBERS_READ).narrowed(form.place))
    rows = rows.of(actor) if mine else rows
    page = Paginator(rows.in_state(form.state_code).order_by("-pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "mine": mine, "chosen": form.state_code, "states": STATE_WORDS}
    return render(request, "members/changes.html", context)


@require_http_methods(["GET", "POST"])
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Old and new, who asked and why; approve, or return with an opinion."""
    row = _load(request, pk, Right.MEMBERS_APPROVE if request.method == "POST" else Right.MEMBERS_READ)
    form = OpinionForm(request.POST or None)
    verb: Any = return_ if "return" in request.POST else approve
    act: dict[str, Any] = {"request": row, "by": actor_of(request), "now": timezone.now()}
    if request.method == "POST" and (told := attempt(form, lambda: verb(**act, **form.cleaned_data))):
        asked = f"{told.requested_name}为{told.membership.person}报的“{told.get_kind_display()}”"
        messages.success(request, f"{told.get_state_display()}{asked}。")
        return redirect("members:changes")
    steps = steps_for(actor_of(request), row)
    context = {"change": row, "form": form, "may_decide": Step.APPROVE in steps, "may_withdraw": Step.WITHDRAW in steps}
    if Step.APPROVE in steps and row.on:
        context["warning"] = what_ends(row.membership)
    context["may_reveal"] = can_reveal_asked(actor_of(request), row)
    return render(request, "members/change.html", context, status=form.status)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own request back."""
    row = _load(request, pk, Right.MEMBERS_PROPOSE)
    take_back(request=row, by=actor_of(request), now=timezone.now())
    messages.success(request, f"已撤回为{row.membership.person}报的“{row.get_kind_display()}”。")
    return redirect("members:change", row.pk)


@never_cache
@require_http_methods(["GET", "POST"])
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """The number asked for in full, once, for a reason: to hold it against the paper."""
    row = _load(request, pk, Right.MEMBERS_REVEAL)
    if not can_reveal_asked(actor_of(request), row):
        raise NotPermitted
    form = WhyForm(request.POST or None)
    act: dict[str, Any] = {"request": row, "by": actor_of(request), "now": timezone.now()}
    value = attempt(form, lambda: reveal_asked(**form.cleaned_data, **act))
    context = {"change": row, "form": form, "shown": value is not None, "value": value}
    return render(request, "members/reveal_asked.html", context, status=form.status)


@require_GET
def count(request: HttpRequest) -> HttpResponse:
    """How many requests wait for the reader; the browser keeps it for a minute."""
    rows = ChangeRequest.objects.within(actor_of(request).scope(Right.MEMBERS_APPROVE)).in_state(State.SUBMITTED)
    response = render(request, "home/count.html", {"number": rows.count()})
    patch_cache_control(response, private=True, max_age=60)
    return response


def _load(request: HttpRequest, pk: int, right: Right) -> ChangeRequest:
    row: ChangeRequest = ChangeRequest.objects.with_names().load(actor_of(request), right, pk=pk)
    return row
