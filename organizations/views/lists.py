"""The lists behind the figures of the tree: branches and 党小组 below a node, and its terms."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from linshu.figures.registry import figure
from linshu.scope import Right
from organizations.models import Organization, Term
from organizations.providers.figures import COUNTED
from organizations.providers.panels import term_state, warn_days
from organizations.querysets import TermQuerySet
from organizations.rules.kinds import KINDS, Kind
from organizations.rules.terms import TERM_WORDS, TermState
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


@require_GET
def terms(request: HttpRequest, pk: int) -> HttpResponse:
    """Terms in force below a node, the first to end first; ``?state=``, ``?year=`` of the end, ``?as_of=`` a day."""
    actor = request.actor  # type: ignore[attr-defined]
    node = Organization.objects.load(actor, Right.ORGANIZATIONS_READ, pk=pk)
    past = day_of(request)
    day = past or timezone.localdate()
    warn = warn_days(day)
    rows: Any = Term.objects.readable(actor, Right.ORGANIZATIONS_READ).on(day).with_end()
    rows = rows.filter(organization__in=ids_below(node.pk, day))
    years = sorted({each.year for each in rows.values_list("ends_on", flat=True)})
    chosen = TermChoice.of(request.GET, years)
    found = chosen.apply(rows, day, warn).select_related("organization").order_by("ends_on", "organization")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    lines = [(each, term_state(each.ends_on, day, warn)) for each in page]
    context = {"node": node, "page": page, "lines": lines, "chosen": chosen, "states": TERM_WORDS, "years": years}
    return render(request, "organizations/term_list.html", context | {"day": past})


@dataclass(frozen=True)
class TermChoice:
    """What the address asks for; what is not on offer is as good as not asked."""

    state: str = ""
    year: int | None = None

    @classmethod
    def of(cls, query: QueryDict, years: Collection[int]) -> "TermChoice":
        state, year = query.get("state", ""), query.get("year", "")
        return cls(state if state in list(TermState) else "", int(year) if year in map(str, years) else None)

    def apply(self, rows: TermQuerySet, day: date, warn: Sequence[int]) -> TermQuerySet:
        """The terms asked for."""
        if self.state:
            rows = rows.standing(TermState(self.state), day, warn)
        return rows.ending_in(self.year) if self.year else rows
