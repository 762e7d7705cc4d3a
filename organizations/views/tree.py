"""The tree page: tree left, the node's card right; checks and panels come after the page, or with it (``?cards=1``)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from linshu.errors import NotFound
from linshu.scope import Right, require
from organizations.models import Organization
from organizations.views.cards import Here, cards_context, deferred_context, facts_context
from organizations.views.folding import folding_of
from organizations.views.pages import actor_of
from organizations.views.twigs import Sight


@require_GET
def tree(request: HttpRequest) -> HttpResponse:
    """The reader's own node: the first of those his tree begins with."""
    actor = actor_of(request)
    require(actor, Right.ORGANIZATIONS_READ)
    sight = Sight(actor, folding_of(request))
    first = next(iter(sight.outline.parents), None)
    if first is None:
        raise NotFound("还没有登记任何组织。请由系统管理人员用 manage.py import_roster 导入名册。")
    return _page(request, sight, first)


@require_GET
def node(request: HttpRequest, pk: int) -> HttpResponse:
    """A node in scope, today or on a day; alone its cards, or the tree card, for htmx."""
    sight = Sight(actor_of(request), folding_of(request))
    if request.htmx.target == "cards":  # type: ignore[attr-defined]
        return _cards(request, sight, pk)
    if pk not in sight.outline.parents:
        Organization.objects.load(sight.actor, Right.ORGANIZATIONS_READ, pk=pk)
    return _page(request, sight, pk)


def _page(request: HttpRequest, sight: Sight, pk: int) -> HttpResponse:
    stand = sight.stand(pk)
    context = {"node": stand.node, "stand": stand, "folding": sight.folding, "day": sight.day, "twigs": stand.twigs()}
    if request.htmx.target == "tree":  # type: ignore[attr-defined]
        return render(request, "organizations/tree_card.html", context)
    context |= facts_context(stand, whole=sight.folding.cards)
    if sight.folding.cards:
        here = Here(sight.actor, sight.outline.path(pk))
        context |= cards_context(request, stand.node, here, sight.day)
    return render(request, "organizations/node.html", context)


def _cards(request: HttpRequest, sight: Sight, pk: int) -> HttpResponse:
    """What comes after the page, alone: checks, panels, deferred figures. The way down to the node tells whether the
    reader sees it, and what he may do."""
    chain = Organization.objects.chain(pk)
    path = [each.pk for each in chain]
    here = Here(sight.actor, path)
    if not here.may(Right.ORGANIZATIONS_READ, pk):
        Organization.objects.load(sight.actor, Right.ORGANIZATIONS_READ, pk=pk)
    context = cards_context(request, chain[-1], here, sight.day)
    if sight.folding.day is None:
        context |= deferred_context(here, pk, sight.day)
    return render(request, "organizations/cards_alone.html", context)
