"""The dashboard of a place on a day, and the list behind its rule checks."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from linshu.dashboard.api.serializers import BoardOutput, BoardQuery, FindingOutput, FindingsQuery
from linshu.dashboard.providers import findings
from linshu.dashboard.providers.board import board
from linshu.dashboard.providers.ground import survey
from linshu.errors import Invalid, Problem
from linshu.parameters.models import SEEDED_FROM
from linshu.rest.exceptions import BadQuery
from linshu.rest.views import ApiView

T = TypeVar("T")


class Dated(ApiView):
    """What both share: a day the rules know, and a query that is understood."""

    dated = True

    @property
    def day(self) -> date:
        """The day asked for; rules begin with the first version of the parameters."""
        if self.as_of < SEEDED_FROM:
            raise BadQuery(f"{SEEDED_FROM} 以前没有可以对照的规则，请选这一天或以后的日期。")
        return self.as_of

    def asked(self, read: Callable[[], T]) -> T:
        """What was read; a place that was not there on the day is a wrong query."""
        try:
            return read()
        except Invalid as error:
            raise BadQuery(error.message, problems=error.problems) from error


class DashboardView(Dated, APIView):
    """看板：一个地方某一天的合计、社区对照、规则检查、届期、历年和结构。"""

    parameters = frozenset({"organization"})

    @extend_schema(parameters=[BoardQuery], responses=BoardOutput, summary="看板的全部数字", tags=["看板"])
    def get(self, request: Request) -> Response:
        query = _valid(BoardQuery(data=request.query_params))
        day, today = self.day, timezone.localdate()
        shown = self.asked(lambda: board(self.actor, today, day, query.get("organization")))
        return Response(BoardOutput(shown).data)


class FindingViewSet(Dated, GenericViewSet[Any]):
    """规则检查清单：不合和注意的各项。"""

    serializer_class = FindingOutput
    filter_backends = []
    parameters = frozenset({"organization", "code", "level", "page", "page_size"})

    @extend_schema(parameters=[FindingsQuery], summary="规则检查清单，不合的在前", tags=["看板"])
    def list(self, request: Request) -> Response:
        query = _valid(FindingsQuery(data=request.query_params))
        day, today = self.day, timezone.localdate()
        ground = self.asked(lambda: survey(self.actor, day, today, query.get("organization")))
        found = findings.find(ground, query.get("code", ""))
        some = [each for each in found if query.get("level", each.finding.level) == each.finding.level]
        return self.get_paginated_response(self.told(self.paginate_queryset(findings.rows(ground, some))))


def _valid(query: BaseSerializer[Any]) -> dict[str, Any]:
    """The understood query; a wrong one is 400."""
    if query.is_valid():
        return dict(query.validated_data)
    errors: Any = query.errors
    problems = [Problem(name, str(each), each.code) for name, some in errors.items() for each in some]
    raise BadQuery("查询条件不正确，没有查询。请按提示修改。", problems=problems)
