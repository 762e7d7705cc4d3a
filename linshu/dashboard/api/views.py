"""The dashboard of a place on a day; the list behind its rule checks is that of the checks."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from linshu.dashboard.api.serializers import BoardOutput, BoardQuery
from linshu.dashboard.providers.board import board
from linshu.errors import Invalid
from linshu.parameters.models import SEEDED_FROM
from linshu.rest.exceptions import BadQuery
from linshu.rest.filters import valid
from linshu.rest.views import ApiView


class DashboardView(ApiView, APIView):
    """看板：一个地方某一天的合计、社区对照、规则检查、届期、历年和结构。"""

    dated = True
    parameters = frozenset({"organization"})

    @extend_schema(parameters=[BoardQuery], responses=BoardOutput, summary="看板的全部数字", tags=["看板"])
    def get(self, request: Request) -> Response:
        query = valid(BoardQuery(data=request.query_params))
        if self.as_of < SEEDED_FROM:
            raise BadQuery(f"{SEEDED_FROM} 以前没有可以对照的规则，请选这一天或以后的日期。")
        try:
            shown = board(self.actor, timezone.localdate(), self.as_of, query.get("organization"))
        except Invalid as error:
            raise BadQuery(error.message, problems=error.problems) from error
        return Response(BoardOutput(shown).data)
