"""API of grids."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.utils import timezone
from django_filters import CharFilter
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from linshu.rest.filters import Filters
from linshu.rest.serializers import Input, Output
from linshu.scope import Actor, Right
from organizations.api.dated import CloseInput, DatedViewSet
from organizations.api.fields import EndField, NodeField, PersonField
from organizations.models import OPEN_END, Grid
from organizations.services import grids
from organizations.services.grids import GridData


class GridOutput(Output):
    """A grid; ``missing`` names what a grid must have and this one lacks today."""

    organization_name = serializers.CharField(source="organization.name")
    leader_name = serializers.CharField(source="leader.name", default=None)
    worker_name = serializers.CharField(source="worker.name", default=None)
    party_organization_name = serializers.CharField(source="party_organization.name", default=None)
    valid_to = EndField()
    missing = serializers.SerializerMethodField(help_text="今天还没有落实的覆盖；空为已覆盖。")

    class Meta:
        model = Grid
        fields = (
            "id", "organization", "organization_name", "number", "bounds", "households", "buildings", "leader",
            "leader_name", "worker", "worker_name", "party_organization", "party_organization_name", "missing",
            "valid_from", "valid_to", "allowed_actions",
        )  # fmt: skip

    def actions_of(self, actor: Actor, row: Grid) -> Iterable[str]:
        """A grid in force is changed or closed."""
        if row.valid_to != OPEN_END or not actor.may(Right.ORGANIZATIONS_EDIT, row.organization_id):
            return []
        return ["change", "close"]

    def get_missing(self, row: Grid) -> list[str]:
        return self._gaps.get(row.pk, [])

    @cached_property
    def _gaps(self) -> dict[int, list[str]]:
        """Gaps of all rows of the page with one query for each kind of coverage."""
        rows: Any = self.parent.instance if isinstance(self.parent, serializers.ListSerializer) else [self.instance]
        return grids.uncovered([row.pk for row in rows or []], timezone.localdate())


class GridInput(Input):
    """What describes a grid."""

    number = serializers.CharField(max_length=20)
    bounds = serializers.CharField(max_length=200)
    households = serializers.IntegerField(min_value=0, max_value=100000)
    buildings = serializers.CharField(max_length=200, required=False, allow_blank=True)
    leader = PersonField(required=False, allow_null=True)
    worker = PersonField(required=False, allow_null=True)
    party_organization = NodeField(Right.ORGANIZATIONS_READ, required=False, allow_null=True)

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        kept = {name: values.pop(name) for name in ("community", "on") if name in values}
        return kept | {"data": GridData(**values)}


class CreateGridInput(GridInput):
    """A grid and its first day."""

    organization = NodeField(source="community")
    on = serializers.DateField()


class GridFilters(Filters):
    number = CharFilter(label="编号")

    class Meta:
        model = Grid
        fields = ("organization", "number")


class GridViewSet(DatedViewSet):
    """网格."""

    queryset = Grid.objects.select_related("organization", "leader", "worker", "party_organization")
    serializer_class = GridOutput
    filterset_class = GridFilters
    inputs = {"create": CreateGridInput, "change": GridInput, "close": CloseInput}

    def create(self, request: Request) -> Response:
        return self.call(grids.create_grid)

    @action(detail=True, methods=["post"], name="修改网格")
    def change(self, request: Request, pk: str) -> Response:
        return self.call(grids.change_grid, grid=self.editable())

    @action(detail=True, methods=["post"], name="撤销网格")
    def close(self, request: Request, pk: str) -> Response:
        return self.call(grids.close_grid, grid=self.editable())
