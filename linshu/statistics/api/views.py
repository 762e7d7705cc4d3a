"""Annual statistics: list, table, freeze, check, file."""

from datetime import datetime
from typing import Any

import django_filters
from django.http.response import HttpResponseBase
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from linshu.rest.filters import Filters
from linshu.rest.views import FileNegotiation, ScopedReadOnlyViewSet
from linshu.scope import Actor, Right
from linshu.sheets import MEDIA_TYPE
from linshu.statistics import services
from linshu.statistics.api.serializers import ChangedNumberOutput, FreezeInput, StatisticsDetailOutput, StatisticsOutput
from linshu.statistics.models import AnnualStatistics
from linshu.web.views import attachment
from organizations.models import Organization


class StatisticsFilters(Filters):
    """By year and county."""

    year = django_filters.NumberFilter(min_value=1900, max_value=9998, label="年度。")


def freeze(*, organization: int, year: int, reason: str = "", by: Actor, now: datetime) -> AnnualStatistics:
    """The service, with the county read in scope."""
    county: Organization = Organization.objects.load(by, Right.STATISTICS_FREEZE, pk=organization)
    return services.freeze(county=county, year=year, reason=reason, by=by, now=now)


class AnnualStatisticsViewSet(ScopedReadOnlyViewSet):
    """年度统计."""

    queryset = AnnualStatistics.objects.listed()
    right = Right.STATISTICS_READ
    serializer_class = StatisticsOutput
    filterset_class = StatisticsFilters
    inputs = {"create": FreezeInput}
    outputs = {"create": StatisticsDetailOutput, "retrieve": StatisticsDetailOutput}
    needs = {"create": (Right.STATISTICS_FREEZE,)}

    @extend_schema(responses=StatisticsDetailOutput)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """With its numbers."""
        return Response(self.told(self.get_object()))

    @extend_schema(summary="封存年度统计")
    def create(self, request: Request) -> Response:
        return self.call(freeze)

    @extend_schema(responses=ChangedNumberOutput(many=True), filters=False)
    @action(detail=True, methods=["get"], name="复核", pagination_class=None)
    def check(self, request: Request, pk: str) -> Response:
        """What today's register says of that day otherwise."""
        return Response(ChangedNumberOutput(services.changed_since(self.get_object()), many=True).data)

    @extend_schema(
        responses={(200, MEDIA_TYPE): OpenApiTypes.BINARY, 409: OpenApiResponse(description="文件不在或已损坏")}
    )
    @action(detail=True, methods=["get"], name="下载年度统计", content_negotiation_class=FileNegotiation)
    def file(self, request: Request, pk: str) -> HttpResponseBase:
        """The frozen workbook; recorded."""
        found, pieces = services.fetch(frozen=self.get_object(), by=self.actor, now=timezone.now())
        return attachment(pieces, name=found.name, media_type=found.media_type, size=found.size)
