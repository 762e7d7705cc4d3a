"""Where and when a dashboard looks: the tree of the day, the place, and counts rolled up to it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.db.models import Q

from linshu.dashboard.rules.comparing import HEADS, Place
from linshu.errors import Invalid, NotPermitted
from linshu.figures.registry import Look, Looks
from linshu.scope import Actor, KnownActor, Right, Scope
from organizations.models import Organization
from organizations.providers import readings
from organizations.rules.kinds import COMMUNITIES, Kind
from organizations.rules.nesting import Interval, Rolling, nest
from organizations.tree import as_of

OVERSEEING = COMMUNITIES | {Kind.COUNTY, Kind.STREET}  # kinds that have something side by side below them
MOST_CHOICES = 100


@dataclass(frozen=True)
class Ground:
    """``top`` and ``places`` below it, as they stood on the day; ``above`` are readable, from the root down."""

    looks: Looks
    today: date
    top: Place
    places: list[Place]
    above: list[Place]
    intervals: list[Interval]

    @property
    def actor(self) -> Actor:
        return self.looks.actor

    @property
    def day(self) -> date:
        return self.looks.day

    @property
    def past(self) -> date | None:
        """The day, where it is not today."""
        return self.day if self.day < self.today else None

    @cached_property
    def ids(self) -> set[int]:
        return {interval[0] for interval in self.intervals}

    @property
    def nodes(self) -> Mapping[int, readings.Node]:
        """Every node of the day that the reader may see."""
        return self.looks.under(Right.ORGANIZATIONS_READ).once(readings.nodes)

    def left_out(self) -> int:
        """How many nodes stood in the reader's scope on the day and no longer do; one query."""
        return as_of(self.day, self.actor.scope(Right.DASHBOARD_READ)).left_out if self.past else 0

    def look(self, right: Right) -> Look:
        """The reader's whole scope on the day: what a list hides from him is not counted either."""
        return self.looks.under(right)

    @cached_property
    def rolled(self) -> Rolling:
        """Makes cumulative counts of the top and everything below."""
        return Rolling(self.intervals)


@dataclass(frozen=True)
class Local(KnownActor):
    """A reader of many counties who looks at one of them: ``roots`` are those of his grants that tell of it."""

    actor: Actor
    roots: frozenset[int]

    def scope(self, right: Right) -> Scope:
        return self._here(self.actor.scope(right))

    def reach(self) -> Scope:
        return self._here(self.actor.reach())

    def may(self, right: Right, organization_id: int | None = None) -> bool:
        return self.actor.may(right, organization_id)

    def _here(self, scope: Scope) -> Scope:
        return replace(scope, roots=scope.roots & self.roots, tops=scope.tops & self.roots)


def survey(
    actor: Actor, day: date, today: date, organization_id: int | None = None, codes: Collection[str] = HEADS.keys()
) -> Ground:
    """The ground below one node, by default where the reader's scope begins, to count some figures; three queries.

    NotFound outside the reader's scope, NotPermitted without the right, Invalid where the node was not there that day.
    """
    rows = Organization.objects
    if organization_id is None:
        roots = rows.filter(pk__in=actor.scope(Right.DASHBOARD_READ).roots)
        top = roots.order_by("level", "tree_id", "lft").first()
    else:
        top = rows.load(actor, Right.DASHBOARD_READ, pk=organization_id)
    if top is None:
        raise NotPermitted
    looks = Looks(actor if day < today else _local(actor, top), day, codes=frozenset(codes), met=False)
    return _ground(looks, today, top.pk)


def _local(actor: Actor, top: Organization) -> Local:
    """The reader, looking no further than the county of the place. Of a past day he looks further: what he may know of
    who left since depends on where that one is now."""
    roots = Organization.objects.filter(pk__in=actor.reach().roots)
    return Local(actor, frozenset(roots.telling_of(top).values_list("pk", flat=True)))


def _ground(looks: Looks, today: date, organization_id: int) -> Ground:
    nodes = looks.under(Right.ORGANIZATIONS_READ).once(readings.nodes)
    if organization_id not in nodes:
        message = f"{looks.day} 这一天还没有这个组织，或者已经撤销。请换一天看。"
        raise Invalid.field("as_of", message, rule="按那一天的组织沿革显示", value=looks.day)
    numbers = nest({pk: node.parent_id if node.parent_id in nodes else None for pk, node in nodes.items()})
    top = numbers[organization_id]
    places = {pk: Place(pk, node.parent_id, node.kind, node.short_name) for pk, node in nodes.items()}
    inside, above = [], []
    for pk, here in numbers.items():
        if here.tree_id == top.tree_id and top.lft <= here.lft and here.rght <= top.rght:
            inside.append((pk, here.tree_id, here.lft, here.rght))
        elif here.tree_id == top.tree_id and here.lft < top.lft and here.rght > top.rght:
            above.append(places[pk])
    below = [places[pk] for pk, *_ in sorted(inside, key=lambda each: each[2])]
    return Ground(looks, today, places[organization_id], below[1:], above, inside)


def choices(actor: Actor, ground: Ground) -> list[Organization]:
    """Where else to look: where the reader's scope begins, and the level below of the same county; what is closed has
    no dashboard."""
    roots, here = (each.scope(Right.DASHBOARD_READ).roots for each in (actor, ground.actor))
    nodes = Organization.objects.filter(Q(pk__in=roots) | Q(parent__in=here)).open().filter(kind__in=OVERSEEING)
    return list(nodes.order_by("tree_id", "lft")[:MOST_CHOICES])
