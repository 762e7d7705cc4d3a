"""The lists behind the figures of the tree: branches and 党小组 below a node."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from linshu.figures.registry import figure
from linshu.scope import Right
from organizations.models import Organization
from organizations.providers.figures import COUNTED
from organizations.rules.kinds import KINDS, Kind
from organizations.tree import ids_below
from organizations.views.folding import day_of

PAGE = 50


@require_GET
def listing(request: HttpRequest, pk: int, group: str) -> HttpResponse:
    """Nodes that the figure counts, in tree order; ``?q=`` finds by name, code or initials, ``?as_of=`` a day."""
    actor = request.actor  # type: ignore[attr-defined]
    node = Organization.objects.load(actor, Right.ORGANIZATIONS_READ, pk=pk)
    past, text = day_of(request), request.GET.get("q", "").strip()[:60]
    below = ids_below(node.pk, past or timezone.localdate())
    nodes = Organization.objects.readable(actor, Right.ORGANIZATIONS_READ).described(past)
    found = nodes.filter(pk__in=below, day_kind__in=COUNTED[group]).order_by("tree_id", "lft")
    page = Paginator(found.called(text) if text else found, PAGE).get_page(request.GET.get("page"))
    parents = Organization.objects.described(past).in_bulk({each.day_parent_id for each in page})
    rows = [(each, KINDS[Kind(each.day_kind)].label, parents.get(each.day_parent_id)) for each in page]
    context = {"node": node, "figure": figure(f"organizations.{group}"), "page": page, "rows": rows}
    return render(request, "organizations/list.html", context | {"query_text": text, "day": past})
