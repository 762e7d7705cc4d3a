"""What the lists of posts, terms, leads, bodies, seats and grids share."""

from typing import Any

from rest_framework import serializers

from linshu.rest.serializers import Input
from linshu.rest.views import ScopedReadOnlyViewSet
from linshu.scope import Right, ScopedQuerySet


class DatedViewSet(ScopedReadOnlyViewSet):
    """Rows in force on ``?as_of=`` (today); one row is told whenever it was in force."""

    right = Right.ORGANIZATIONS_READ
    needs = {"*": [Right.ORGANIZATIONS_EDIT]}
    dated = True

    def rows(self) -> ScopedQuerySet[Any]:
        rows: Any = super().rows().order_by("pk")
        return rows.on(self.as_of) if self.action == "list" else rows

    def editable(self, right: Right = Right.ORGANIZATIONS_EDIT) -> Any:
        """The row, with the right to write it."""
        return self.rows().load(self.actor, right, pk=self.kwargs["pk"])


class CloseInput(Input):
    """From which day on it no longer holds, and why."""

    on = serializers.DateField()
    reason = serializers.CharField(max_length=200)
