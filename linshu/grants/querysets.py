"""Reads of grants."""

from datetime import date
from typing import Any, Self

from linshu.errors import NotFound
from linshu.scope import Actor, Right, ScopedQuerySet


class GrantQuerySet(ScopedQuerySet):
    """Grants by day, by holder, and where the reader manages them."""

    def managed(self, actor: Actor) -> Self:
        """Grants at the organisations where the actor gives roles; 403 where nowhere."""
        return self.readable(actor, Right.GRANTS_MANAGE)

    def get_or_refuse(self, pk: int) -> Any:
        """The grant, or the domain's not-found."""
        row = self.filter(pk=pk).select_related("user", "organization").first()
        if row is None:
            raise NotFound
        return row

    def on(self, day: date) -> Self:
        """Grants in force on ``day``."""
        return self.filter(valid_from__lte=day, valid_to__gt=day)

    def between(self, valid_from: date, valid_to: date) -> Self:
        """Grants in force on any day from ``valid_from`` until before ``valid_to``."""
        return self.filter(valid_from__lt=valid_to, valid_to__gt=valid_from)

    def from_day(self, day: date) -> Self:
        """Grants in force on ``day`` or later."""
        return self.filter(valid_to__gt=day)

    def of(self, user: Any) -> Self:
        """The user's, told."""
        return self.filter(user=user).told()

    def told(self) -> Self:
        """With holder and organisation, the latest first."""
        return self.select_related("user", "organization").order_by("-valid_to", "-valid_from", "-pk")
