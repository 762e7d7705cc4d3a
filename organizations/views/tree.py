"""The tree page: tree left, the node's card and its panels right."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from linshu.errors import NotFound
from linshu.scope import Right
from organizations.models import Organization
from organizations.views.cards import node_context
from organizations.views.folding import folding_of
from organizations.views.twigs import tree_context


@require_GET
def tree(request: HttpRequest) -> HttpResponse:
    """The reader's own node: the first of those his tree begins with."""
    actor = request.actor  # type: ignore[attr-defined]
    nodes = Organization.objects.readable(actor, Right.ORGANIZATIONS_READ).select_related("parent")
    first = nodes.tops(actor.scope(Right.ORGANIZATIONS_READ)).order_by("tree_id", "lft").first()
    if first is None:
        raise NotFound("还没有登记任何组织。请由系统管理人员用 manage.py import_roster 导入名册。")
    return _page(request, first)


@require_GET
def node(request: HttpRequest, pk: int) -> HttpResponse:
    """A node in scope, today or on a day."""
    actor = request.actor  # type: ignore[attr-defined]
    return _page(request, Organization.objects.select_related("parent").load(actor, Right.ORGANIZATIONS_READ, pk=pk))


def _page(request: HttpRequest, organization: Organization) -> HttpResponse:
    card = request.htmx.target == "tree"  # type: ignore[attr-defined]
    context = tree_context(request, organization, folding_of(request), alone=card)
    if card:
        return render(request, "organizations/tree_card.html", context)
    return render(request, "organizations/node.html", context | node_context(request, context))
