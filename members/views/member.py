"""The page of a member, and the full values behind the masks."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from linshu.scope import Actor, Right
from linshu.web.forms import attempt
from members.access import offers_for
from members.forms import RevealForm
from members.models import Membership
from members.providers.history import history_of
from members.rules.keeping import Action
from members.services.limits import limits_on
from members.services.revealing import reveal as reveal_value
from members.services.verifying import concerns_of
from organizations.models import Organization


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Who it is, where he belongs and belonged, what he holds and held, what was done; of who left, name, dates,
    category and what was in reach of the reader."""
    membership = _load(request, Right.MEMBERS_READ, pk)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    offers = {each.action for each in offers_for(actor, membership)}
    context: dict[str, Any] = {"member": membership, "crumbs": _crumbs(request, membership)}
    context |= {"may_reveal": Action.REVEAL in offers, "may_change": bool(offers - {Action.REVEAL})}
    if membership.has_file:
        context["concerns"] = concerns_of(membership, limits_on(timezone.localdate()))
    context["history"] = history_of(membership, actor)
    return render(request, "members/detail.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason; then show the full value, once: it is in no address, no cache and no session."""
    membership = _load(request, Right.MEMBERS_REVEAL, pk)
    form = RevealForm(request.POST or None)
    act = {"membership": membership, "by": request.actor, "now": timezone.now()}  # type: ignore[attr-defined]
    value = attempt(form, lambda: reveal_value(**form.cleaned_data, **act))
    context = {"member": membership, "form": form, "shown": value is not None, "value": value}
    return render(request, "members/reveal.html", context, status=form.status)


def _load(request: HttpRequest, right: Right, pk: int) -> Any:
    actor = request.actor  # type: ignore[attr-defined]
    today = timezone.localdate()
    rows = Membership.objects.with_file(actor.scope(right), today=today).with_names().with_posts(today)
    return rows.load(actor, right, pk=pk)


def _crumbs(request: HttpRequest, membership: Membership) -> list[Organization]:
    """The way down to the member's node, as far as the reader may go."""
    scope = request.actor.scope(Right.MEMBERS_READ)  # type: ignore[attr-defined]
    return list(membership.organization.get_ancestors(include_self=True).within(scope))
