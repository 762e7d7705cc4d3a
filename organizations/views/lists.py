"""The lists behind the figures of the tree: branches and 党小组 below a node."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from linshu.figures.registry import figure
from linshu.scope import Right, Scope
from organizations.models import Organization
from organizations.providers.figures import COUNTED
from organizations.rules.kinds import KINDS, Kind

PAGE = 50


@require_GET
def listing(request: HttpRequest, pk: int, group: str) -> HttpResponse:
    """Nodes that the figure counts, in tree order; ``?q=`` finds by name, code or initials."""
    node = Organization.objects.load(request.actor, Right.ORGANIZATIONS_READ, pk=pk)  # type: ignore[attr-defined]
    counted = figure(f"organizations.{group}")
    text = request.GET.get("q", "").strip()[:60]
    nodes = Organization.objects.within(Scope(frozenset({node.pk}))).open().filter(kind__in=COUNTED[group])
    found = (nodes.called(text) if text else nodes).select_related("parent").order_by("tree_id", "lft")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [(each, KINDS[Kind(each.kind)].label) for each in page]
    context = {"node": node, "figure": counted, "page": page, "rows": rows, "query_text": text}
    return render(request, "organizations/list.html", context)
