"""Reads of organisations and of what hangs on them."""

from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db import models
from django.db.models import Q

from linshu.scope import ScopedQuerySet
from organizations.rules.exclusions import JUDGED


class OrganizationQuerySet(ScopedQuerySet):
    """Nodes of today's tree."""

    scope_path = "pk"

    def open(self) -> Self:
        """Nodes not closed."""
        return self.filter(closed_on__isnull=True)

    def called(self, text: str) -> Self:
        """Nodes with the text as code, or in their full or short name."""
        return self.filter(Q(code__iexact=text) | Q(name__icontains=text) | Q(short_name__icontains=text))


class PeriodQuerySet(ScopedQuerySet):
    """Periods: what a node was, on a day."""

    def on(self, day: date) -> Self:
        """The period of each node valid on ``day``."""
        return self.filter(valid_from__lte=day, valid_to__gt=day)


class DatedQuerySet(ScopedQuerySet):
    """Rows with half-open dates that hang on an organisation."""

    def on(self, day: date) -> Self:
        """Rows in force on ``day``."""
        return self.filter(valid_from__lte=day, valid_to__gt=day)


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


def descendants_of(model: type[models.Model], roots: frozenset[int]) -> models.QuerySet[Any]:
    """Ids of the roots and everything below, by one statement that reads both ends of the nesting."""
    root = model._default_manager.filter(
        pk__in=roots,
        tree_id=models.OuterRef("tree_id"),
        lft__lte=models.OuterRef("lft"),
        rght__gte=models.OuterRef("rght"),
    )
    return model._default_manager.filter(models.Exists(root)).order_by().values("pk")
