"""Every counted number and every rule check, for integrators."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from linshu.errors import NotFound
from linshu.figures.registry import Figure, Level, Look, Looks, checks, figures
from linshu.home.api.serializers import (
    CheckFindingOutput,
    CheckOutput,
    CountOutput,
    FigureOutput,
    FindingQuery,
    PlaceQuery,
)
from linshu.home.providers import Count, counts_of, outcomes
from linshu.parameters.models import SEEDED_FROM
from linshu.rest.exceptions import BadQuery
from linshu.rest.filters import valid
from linshu.rest.views import ApiView
from linshu.scope import Right, require
from organizations.providers import readings

TAGS = ["指标与规则检查"]


class FigureViewSet(ApiView, GenericViewSet[Any]):
    """指标：一处计算的数，每个数后面都有名单。"""

    serializer_class = FigureOutput
    outputs = {"retrieve": CountOutput}
    filter_backends = []
    lookup_field = "code"
    lookup_value_regex = "[a-z0-9_.-]+"

    def known_parameters(self) -> set[str]:
        place = {"organization", "as_of"} if self.action == "retrieve" else set()
        return {"page", "page_size"} | place

    @extend_schema(summary="列出指标", tags=TAGS)
    def list(self, request: Request) -> Response:
        rows = [each for each in figures() if self.actor.may(each.right)]
        return self.get_paginated_response(self.told(self.paginate_queryset(rows)))

    @extend_schema(
        operation_id="figures_counts",
        summary="一个指标在各组织的数",
        parameters=[PlaceQuery],
        responses=CountOutput(many=True),
        tags=TAGS,
    )
    def retrieve(self, request: Request, code: str) -> Response:
        """Own and cumulative count of each organisation that stood on the day, in the order of the tree."""
        figure = next((each for each in figures() if each.code == code), None)
        if figure is None:
            raise NotFound("没有这个指标。请从 /api/v1/figures/ 的列表中选择。")
        rows = self._rows(figure, valid(PlaceQuery(data=request.query_params)).get("organization"))
        return self.get_paginated_response(self.told(self.paginate_queryset(rows)))

    def _rows(self, figure: Figure, organization_id: int | None) -> Sequence[Count]:
        require(self.actor, figure.right)
        scope = self.actor.scope(figure.right)
        place = scope if organization_id is None else scope.narrowed(organization_id)
        past = self.as_of if self.as_of < timezone.localdate() else None
        look = Look(scope if past else place, self.as_of, codes=frozenset({figure.code}))
        rows = counts_of(figure, look, past)
        if past is None or organization_id is None:
            return rows
        inside = readings.below(look, organization_id)  # what stood under it that day, wherever it stands today
        return [row for row in rows if row.node.pk in inside]


class CheckViewSet(ApiView, GenericViewSet[Any]):
    """规则检查和检查结果。"""

    serializer_class = CheckOutput
    outputs = {"findings": CheckFindingOutput}
    filter_backends = []

    def known_parameters(self) -> set[str]:
        given = {"organization", "as_of", "level", "code"} if self.action == "findings" else set()
        return {"page", "page_size"} | given

    @extend_schema(summary="列出规则检查", tags=TAGS)
    def list(self, request: Request) -> Response:
        rows = [each for each in checks() if self.actor.may(each.right)]
        return self.get_paginated_response(self.told(self.paginate_queryset(rows)))

    @extend_schema(
        summary="规则检查的结果", parameters=[FindingQuery], responses=CheckFindingOutput(many=True), tags=TAGS
    )
    @action(detail=False, methods=["get"])
    def findings(self, request: Request) -> Response:
        """What is not met or comes due, worst first; ``level=ok`` tells what is met."""
        query = valid(FindingQuery(data=request.query_params))
        if self.as_of < SEEDED_FROM:
            raise BadQuery(f"{SEEDED_FROM} 以前没有可以对照的规则，请选这一天或以后的日期。")
        organization_id = query.get("organization")
        if organization_id is not None:
            self.actor.scope(Right.ORGANIZATIONS_READ).narrowed(organization_id)  # out of scope is 404, not empty
        level = query.get("level")
        looks = Looks(self.actor, self.as_of, met=level == Level.OK)
        rows = outcomes(looks, organization_id, query.get("code", ""), level)
        return self.get_paginated_response(self.told(self.paginate_queryset(rows)))
