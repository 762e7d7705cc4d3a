"""The tree card: the unfolded part of the reader's tree, today's or a day's, with cumulative counts."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from linshu.figures.registry import Look, figures
from linshu.scope import Actor, Right, Scope
from organizations.models import Organization
from organizations.rules.nesting import Interval, nest, roll_up
from organizations.tree import DayTree, as_of
from organizations.views.folding import Folding

TREE_FIGURE = "members.total"  # the number beside every node


@dataclass
class Twig:
    """A node as the tree draws it."""

    id: int
    parent_id: int | None
    label: str
    closed: bool = False
    has_children: bool = False
    current: bool = False
    opened: bool = False
    url: str = ""
    toggle_url: str = ""
    count: int | None = None
    children: list["Twig"] = field(default_factory=list)


@dataclass(frozen=True)
class Count:
    """A figure by node: its own, and with everything below."""

    own: Mapping[int, int]
    total: Mapping[int, int]


def tree_context(request: HttpRequest, node: Organization, folding: Folding, *, alone: bool) -> dict[str, Any]:
    """What the tree card shows; unless it stands alone, the counts of all figures for the cards beside it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    scope = actor.scope(Right.ORGANIZATIONS_READ)
    day = folding.day or timezone.localdate()
    past = as_of(folding.day, scope) if folding.day else None
    intervals = _intervals_of(past) if past else Organization.objects.within(scope).intervals()
    readable = {interval[0] for interval in intervals}
    counts = figure_counts(actor, day, intervals, [TREE_FIGURE] if alone else None)
    above = _past_above(past, node) if past else [(each.pk, each.short_name) for each in node.get_ancestors()]
    opened = folding.opened(frozenset([*[pk for pk, _ in above], node.pk]))
    twigs = _past_twigs(past) if past else _todays_twigs(scope, opened, closed=folding.closed or not node.is_open)
    for twig in twigs:
        _dress(twig, node, folding, twig.id in opened, counts.get(TREE_FIGURE))
    return {
        "node": node,
        "folding": folding,
        "day": day,
        "counts": counts,
        "above": [(pk, name) for pk, name in above if pk in readable],
        "twigs": _grown(twigs, readable),
        "left_out": past.left_out if past else 0,
        "missing": past is not None and node.pk not in {twig.id for twig in twigs},
    }


def figure_counts(
    actor: Actor, day: date, intervals: list[Interval], codes: Collection[str] | None
) -> dict[str, Count]:
    """The figures of the codes (None: all) that the actor may see: what their lists hide is not counted."""
    found: dict[str, Count] = {}
    look = cache(partial(Look, day=day))
    for figure in figures():
        wanted = codes is None or figure.code in codes
        if wanted and (scope := actor.scope(figure.right)):
            own = figure.compute(look(scope))
            found[figure.code] = Count(own, roll_up(intervals, own))
    return found


def _todays_twigs(scope: Scope, opened: frozenset[int], *, closed: bool) -> list[Twig]:
    nodes = Organization.objects.unfolded(scope, opened).with_children(closed=closed).order_by("tree_id", "lft")
    rows = nodes if closed else nodes.open()
    return [Twig(each.pk, each.parent_id, each.short_name, not each.is_open, each.has_children) for each in rows]


def _past_twigs(past: DayTree) -> list[Twig]:
    inner = {each.parent_id for each in past.nodes}
    return [Twig(each.id, each.parent_id, each.short_name, has_children=each.id in inner) for each in past.nodes]


def _intervals_of(past: DayTree) -> list[Interval]:
    ids = {each.id for each in past.nodes}
    numbers = nest({each.id: each.parent_id if each.parent_id in ids else None for each in past.nodes})
    return [(node, place.tree_id, place.lft, place.rght) for node, place in numbers.items()]


def _past_above(past: DayTree, node: Organization) -> list[tuple[int, str]]:
    """Readable nodes above the node on that day, from the top."""
    rows = {each.id: each for each in past.nodes}
    above: list[tuple[int, str]] = []
    here = rows.get(node.pk)
    while here is not None and (here := rows.get(here.parent_id or 0)) is not None:
        above.insert(0, (here.id, here.short_name))
    return above


def _dress(twig: Twig, node: Organization, folding: Folding, opened: bool, count: Count | None) -> None:
    twig.opened = opened and twig.has_children
    twig.current = twig.id == node.pk
    twig.url = reverse("organizations:node", args=[twig.id]) + folding.elsewhere().query
    here = reverse("organizations:node", args=[node.pk])
    twig.toggle_url = here + folding.toggled(twig.id, opened=twig.opened).query
    twig.count = count.total.get(twig.id, 0) if count else None


def _grown(twigs: list[Twig], readable: set[int]) -> list[Twig]:
    """Twigs below their parents; a twig whose parent is folded away is left out."""
    below: dict[int | None, list[Twig]] = defaultdict(list)
    for twig in twigs:
        below[twig.parent_id if twig.parent_id in readable else None].append(twig)
    for twig in twigs:
        twig.children = below[twig.id] if twig.opened else []
    return below[None]
