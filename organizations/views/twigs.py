"""The tree card: the unfolded part of the reader's tree, today's or a day's, with cumulative counts."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from linshu.figures.registry import Counts, Figure, Look, Looks, figures
from linshu.scope import Actor, Right, Scope
from organizations.models import Organization
from organizations.providers import readings
from organizations.rules.kinds import Kind
from organizations.rules.nesting import Outline, roll_up
from organizations.tree import DayNode, DayTree, as_of
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
class Sight:
    """What a reader sees of the tree, as the address asks for it: the outline first, names of what is drawn only."""

    actor: Actor
    folding: Folding

    @property
    def day(self) -> date:
        return self.folding.day or timezone.localdate()

    @cached_property
    def past(self) -> DayTree | None:
        """The tree of the day; None for today's."""
        return as_of(self.folding.day, self.actor.scope(Right.ORGANIZATIONS_READ)) if self.folding.day else None

    @cached_property
    def outline(self) -> Outline:
        if self.past:
            return self.past.outline
        return Organization.objects.within(self.actor.scope(Right.ORGANIZATIONS_READ)).outline()

    @cached_property
    def looks(self) -> Looks:
        return Looks(self.actor, self.day)

    @cached_property
    def counting(self) -> Looks:
        """Looks at the whole tree that count what the page begins with; of a past day the page begins with everything."""
        at_once = frozenset(each.code for each in figures() if not each.deferred)
        return self.looks if self.past else Looks(self.actor, self.day, codes=at_once)

    @cached_property
    def members(self) -> Counts | None:
        """Each node's own number of members; None for who may not know."""
        figure = next((each for each in figures() if each.code == TREE_FIGURE), None)
        if figure is None or not self.actor.may(figure.right):
            return None
        return figure.compute(self.counting.under(figure.right))

    def stand(self, node_id: int) -> "Stand":
        """The tree around a node that the reader may see."""
        opened = self.folding.opened(frozenset([*self.outline.path(node_id), node_id]))
        closed = self.folding.closed or node_id not in self.outline.kinds
        drawn = self.outline.drawn(opened, closed=closed)
        wanted = {
            node_id,
            self.outline.parents.get(node_id),
            *([] if self.past else [*drawn, *self.outline.path(node_id)]),
        }
        rows = Organization.objects.in_bulk([each for each in wanted if each])
        names = {each.id: each for each in self.past.nodes} if self.past else rows
        parent = rows.get(self.outline.parents.get(node_id) or 0)
        return Stand(self, rows[node_id], parent, names, drawn, opened, closed)


@dataclass(frozen=True)
class Stand:
    """The reader at a node: the names of what is drawn, of the way to it and of its parent."""

    sight: Sight
    node: Organization
    parent: Organization | None
    names: Mapping[int, Organization | DayNode]
    drawn: Mapping[int, int | None]
    opened: frozenset[int]
    closed: bool

    @property
    def then(self) -> Organization | DayNode:
        """The node as it was on the day; as it is now where it was not there."""
        return self.names.get(self.node.pk, self.node)

    @property
    def missing(self) -> bool:
        """Was the node not there on the day?"""
        return self.node.pk not in self.sight.outline.parents

    @property
    def above(self) -> list[tuple[int, str]]:
        """Readable nodes above the node, from the top."""
        return [(each, self.names[each].short_name) for each in self.sight.outline.path(self.node.pk)[:-1]]

    @cached_property
    def below(self) -> set[int]:
        """The node and everything under it."""
        return self.sight.outline.below(self.node.pk)

    def number(self, figure: Figure) -> int:
        """A figure of the node and everything below: of what the tree counts anyway, or by a look no wider than the node
        where the right reaches all of it.

        What stood below it on a day before today may stand elsewhere now: then it is as wide as the reader sees.
        """
        scope, pk = self.sight.actor.scope(figure.right), self.node.pk
        counted = figure.whole is not None and not figure.deferred
        if not self.sight.past and not counted and not scope.roots.isdisjoint(self.sight.outline.path(pk)):
            return figure.total(self._look(scope.part(pk)))
        look = self.sight.counting.at(scope) if counted else self._look(scope)
        return sum(count for node, count in figure.compute(look).items() if node in self.below)

    def _look(self, scope: Scope) -> Look:
        """One that need not read the kinds of what stands here."""
        look = self.sight.looks.at(scope)
        look.tell(readings.kinds, self._kinds)
        return look

    @cached_property
    def _kinds(self) -> Mapping[int, Kind]:
        return {node: kind for node, kind in self.sight.outline.kinds.items() if node in self.below}

    def twigs(self) -> list[Twig]:
        """The drawn nodes below their parents."""
        own = self.sight.members
        totals = None if own is None else roll_up(self.sight.outline.intervals, own)
        inner = self.sight.outline.inner(closed=self.closed)
        twigs = {each: self._twig(each, totals, inner) for each in self.drawn}
        below: dict[int | None, list[Twig]] = defaultdict(list)
        for each, parent in self.drawn.items():
            below[parent if parent in self.drawn else None].append(twigs[each])
        for each, twig in twigs.items():
            twig.children = below[each]
        return below[None]

    def _twig(self, each: int, totals: Counts | None, inner: set[int | None]) -> Twig:
        folding, has_children = self.sight.folding, each in inner
        opened = has_children and each in self.opened
        here = reverse("organizations:node", args=[self.node.pk])
        return Twig(
            each,
            self.drawn[each],
            self.names[each].short_name,
            each not in self.sight.outline.kinds,
            has_children,
            each == self.node.pk,
            opened,
            reverse("organizations:node", args=[each]) + folding.elsewhere().query,
            here + folding.toggled(each, opened=opened).query,
            totals.get(each, 0) if totals is not None else None,
        )
