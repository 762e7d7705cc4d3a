"""Where and when a dashboard looks: the tree of the day, the place, and counts rolled up to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from linshu.dashboard.rules.comparing import Place
from linshu.errors import Invalid, NotPermitted
from linshu.figures.registry import Look
from linshu.scope import Actor, Right, Scope
from organizations.models import Organization
from organizations.rules.kinds import COMMUNITIES, Kind
from organizations.rules.nesting import Interval, nest, roll_up
from organizations.tree import DayNode, as_of

OVERSEEING = COMMUNITIES | {Kind.COUNTY, Kind.STREET}  # kinds that have something side by side below them
MOST_CHOICES = 100


@dataclass(frozen=True)
class Ground:
    """``top`` and ``places`` below it, as they stood on the day; ``above`` are readable, from the root down."""

    actor: Actor
    day: date
    today: date
    top: Place
    places: list[Place]
    above: list[Place]
    intervals: list[Interval]
    left_out: int = 0
    _looks: dict[tuple[Scope, date], Look] = field(default_factory=dict, repr=False, compare=False)

    @property
    def past(self) -> date | None:
        """The day, where it is not today."""
        return self.day if self.day < self.today else None

    @property
    def ids(self) -> set[int]:
        return {interval[0] for interval in self.intervals}

    def look(self, right: Right) -> Look:
        """The reader's whole scope on the day: what a list hides from him is not counted either."""
        scope = self.actor.scope(right)
        if (scope, self.day) not in self._looks:
            self._looks[scope, self.day] = Look(scope, self.day)
        return self._looks[scope, self.day]

    def on(self, day: date) -> "Ground":
        """The same place on another day; Invalid where it was not there."""
        return _ground(self.actor, day, self.today, self.top.id)

    def rolled(self, own: Mapping[int, int]) -> dict[int, int]:
        """Cumulative counts of the top and everything below."""
        return roll_up(self.intervals, own)


def survey(actor: Actor, day: date, today: date, organization_id: int | None = None) -> Ground:
    """The ground below one node, by default where the reader's scope begins; two queries.

    NotFound outside the reader's scope, NotPermitted without the right, Invalid where the node was not there that day.
    """
    rows = Organization.objects
    if organization_id is None:
        tops = rows.tops(actor.scope(Right.DASHBOARD_READ)).order_by("closed_on", "tree_id", "lft")
        organization_id = tops.values_list("pk", flat=True).first()
    else:
        rows.load(actor, Right.DASHBOARD_READ, pk=organization_id)
    if organization_id is None:
        raise NotPermitted
    return _ground(actor, day, today, organization_id)


def _ground(actor: Actor, day: date, today: date, organization_id: int) -> Ground:
    tree = as_of(day, actor.scope(Right.DASHBOARD_READ))
    ids = {node.id for node in tree.nodes}
    if organization_id not in ids:
        message = f"{day} 这一天还没有这个组织，或者已经撤销。请换一天看。"
        raise Invalid.field("as_of", message, rule="按那一天的组织沿革显示", value=day)
    numbers = nest({node.id: node.parent_id if node.parent_id in ids else None for node in tree.nodes})
    top = numbers[organization_id]
    places = {node.id: _place(node) for node in tree.nodes}
    inside, above = [], []
    for pk, here in numbers.items():
        if here.tree_id == top.tree_id and top.lft <= here.lft and here.rght <= top.rght:
            inside.append((pk, here.tree_id, here.lft, here.rght))
        elif here.tree_id == top.tree_id and here.lft < top.lft and here.rght > top.rght:
            above.append(places[pk])
    below = [places[pk] for pk, *_ in sorted(inside, key=lambda each: each[2])]
    return Ground(actor, day, today, places[organization_id], below[1:], above, inside, tree.left_out)


def _place(node: DayNode) -> Place:
    return Place(node.id, node.parent_id, Kind(node.kind), node.short_name)


def choices(actor: Actor) -> list[Organization]:
    """Where else to look: where the reader's scope begins, and the level below; what is closed has no dashboard."""
    scope = actor.scope(Right.DASHBOARD_READ)
    tops = Organization.objects.tops(scope).order_by().values("pk")
    nodes = Organization.objects.unfolded(scope, tops).open().filter(kind__in=OVERSEEING)
    return list(nodes.order_by("tree_id", "lft")[:MOST_CHOICES])
