"""Reads of organisations and of what hangs on them."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from functools import lru_cache, reduce
from operator import or_
from typing import Any, Self

from django.db import models
from django.db.models import Case, Exists, F, FilteredRelation, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from linshu.scope import Scope, ScopedQuerySet
from organizations.rules.exclusions import JUDGED
from organizations.rules.kinds import Kind
from organizations.rules.nesting import Outline
from organizations.rules.periods import OPEN_END
from organizations.rules.terms import TermState


class OrganizationQuerySet(ScopedQuerySet):
    """Nodes of today's tree."""

    scope_path = "pk"

    def below_roots(self, scope: Scope) -> Q:
        """By the place of the node itself: to ask for its key among thousands would read them all."""
        return inside(self.model, scope)

    def open(self) -> Self:
        """Nodes not closed."""
        return self.filter(closed_on__isnull=True)

    def beginning(self, roots: Collection[int]) -> Self:
        """The nodes themselves and those right under them: where a reader who was granted them begins."""
        return self.filter(Q(pk__in=roots) | Q(parent__in=roots))

    def telling_of(self, node: Any) -> Self:
        """The nodes of its county; all of them where anything ever moved from one county to another, for then the day's
        tree of one is in part today's tree of the other."""
        periods = self.model.periods.rel.related_model._default_manager  # type: ignore[attr-defined]
        ended = periods.filter(valid_to__lt=OPEN_END, parent__isnull=False)
        across = ended.exclude(parent__tree_id=F("organization__tree_id"))
        return self.filter(Q(tree_id=node.tree_id) | Exists(across))

    def chain(self, pk: int) -> list[Any]:
        """The node with everything above it, from the root, however far the reader sees: read it, then ask."""
        node = self.model._default_manager.filter(
            pk=pk, tree_id=OuterRef("tree_id"), lft__gte=OuterRef("lft"), rght__lte=OuterRef("rght")
        )
        return list(self.filter(Exists(node)).order_by("lft"))

    def described(self, day: date | None) -> Self:
        """``day_kind``, ``day_name`` … as of the day, and only nodes that were there; None: as the rows say now."""
        names = ("kind", "group_kind", "name", "short_name", "parent_id")
        if day is None:
            return self.annotate(**{f"day_{name}": F(name) for name in names})
        past = FilteredRelation("periods", condition=Q(periods__valid_from__lte=day, periods__valid_to__gt=day))
        there = self.annotate(past=past).filter(past__isnull=False)
        return there.annotate(**{f"day_{name}": F(f"past__{name}") for name in names})

    def called(self, text: str) -> Self:
        """Nodes whose name, short name or code contains the text, or whose pinyin initials begin with it."""
        initials = Q(name_initials__contains=f" {text.lower()}")
        return self.filter(Q(name__contains=text) | Q(short_name__contains=text) | Q(code__icontains=text) | initials)

    def outline(self) -> Outline:
        """The nodes without their names, in the order of the tree."""
        fields = ("pk", "tree_id", "lft", "rght", "parent_id", "kind", "closed_on")
        rows = list(self.order_by("tree_id", "lft").values_list(*fields))
        return Outline(
            {row[0]: row[4] for row in rows},
            [row[:4] for row in rows],
            {row[0]: Kind(row[5]) for row in rows if row[6] is None},
        )


class PeriodQuerySet(ScopedQuerySet):
    """Periods: what a node was, on a day."""

    def on(self, day: date) -> Self:
        """The period of each node valid on ``day``."""
        return self.filter(valid_from__lte=day, valid_to__gt=day)

    def moved(self) -> Self:
        """Periods of nodes that stood under another parent before or after."""
        others = self.model._default_manager.filter(organization=OuterRef("organization"))
        return self.filter(valid_to__lt=OPEN_END).filter(Exists(others.exclude(parent=OuterRef("parent"))))

    def with_rise(self) -> Self:
        """``since``: the day a 总支 first was one; None for all other nodes."""
        risen = self.model._default_manager.filter(organization=OuterRef("organization"), kind=Kind.GENERAL_BRANCH)
        first = Subquery(risen.order_by("valid_from").values("valid_from")[:1])
        return self.annotate(since=Case(When(kind=Kind.GENERAL_BRANCH, then=first)))


class DatedQuerySet(ScopedQuerySet):
    """Rows with half-open dates that hang on an organisation."""

    def on(self, day: date) -> Self:
        """Rows in force on ``day``."""
        return self.filter(valid_from__lte=day, valid_to__gt=day)


class TermQuerySet(DatedQuerySet):
    """Terms, with the day they end: an approved delay counts."""

    def with_end(self) -> Self:
        """``ends_on``."""
        return self.annotate(ends_on=Coalesce("extended_to", "due_on"))

    def standing(self, state: TermState, day: date, warn: Sequence[int]) -> Self:
        """Terms that stand so on the day, as ``rules.terms.state_on`` says; rows come ``with_end``."""
        latest = day + timedelta(days=max(warn))
        if state == TermState.ENDED:
            return self.filter(ends_on__lt=day)
        return (
            self.filter(ends_on__gt=latest) if state == TermState.RUNNING else self.filter(ends_on__range=(day, latest))
        )

    def ending_in(self, year: int) -> Self:
        """Terms that end in the year; rows come ``with_end``."""
        return self.filter(ends_on__year=year)


class BodyQuerySet(DatedQuerySet):
    """Bodies."""

    def seated(self, day: date) -> Any:
        """A row for each seat in force on the day, one with None for a body without any: body, then seat."""
        there = Q(seats__valid_from__lte=day, seats__valid_to__gt=day)
        return self.annotate(seated=FilteredRelation("seats", condition=there)).values_list(
            "pk", "organization_id", "kind", "term_due_on", "seated__pk", "seated__person_id",
            "seated__person__name", "seated__person__sex", "seated__title", "seated__kinship_declared",
        )  # fmt: skip


class GridQuerySet(DatedQuerySet):
    """Grids."""

    def listed(self) -> Self:
        """In order, with everything a line shows."""
        related = ("organization", "leader", "worker", "party_organization")
        return self.select_related(*related).order_by("organization__tree_id", "organization__lft", "number")

    def matching(self, text: str) -> Self:
        """Grids whose number, boundaries or buildings contain the text."""
        found = (models.Q(**{f"{name}__icontains": text}) for name in ("number", "bounds", "buildings"))
        return self.filter(reduce(or_, found)) if text else self


class BodyRowQuerySet(DatedQuerySet):
    """Rows that hang on a body of a community."""

    scope_path = "body__organization_id"

    def in_judged_bodies(self) -> Self:
        """Seats of the bodies that know exclusions, with body and person."""
        return self.filter(body__kind__in=JUDGED).select_related("body", "person")


def inside(model: type[models.Model], scope: Scope) -> Q:
    """The condition to be a root or below one, by one statement that reads both ends of the nesting.

    The ends of a root are scalars of the statement, so that the index over the nesting finds what lies between; of a
    county the number of its tree is enough.
    """
    nodes = model._default_manager.order_by()
    found = Q(tree_id__in=nodes.filter(pk__in=scope.tops).values("tree_id")) if scope.tops else Q(pk__in=[])
    for root in sorted(scope.roots - scope.tops):
        ends = {name: Subquery(nodes.filter(pk=root).values(name)) for name in ("tree_id", "lft", "rght")}
        found |= Q(tree_id=ends["tree_id"], lft__gte=ends["lft"], lft__lte=ends["rght"])
    return found


def descendants_of(model: type[models.Model], scope: Scope) -> models.QuerySet[Any]:
    """Ids of the roots and everything below."""
    return _below(model, scope).all()  # a copy, for what is read of one stays with it


@lru_cache(maxsize=256)
def _below(model: type[models.Model], scope: Scope) -> models.QuerySet[Any]:
    """The question, never read itself: a page puts it a dozen times, and writing it takes longer than many an answer."""
    return model._default_manager.order_by().filter(inside(model, scope)).values("pk")
