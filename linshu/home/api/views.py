"""The lists of the first page and of the search box."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from linshu.figures.registry import Looks
from linshu.home.api.serializers import HitOutput, SearchQuery, TodoOutput, TodoQuery
from linshu.home.providers import found, todos
from linshu.rest.filters import valid
from linshu.rest.views import ApiView

HITS = 100


class TodoViewSet(ApiView, GenericViewSet[Any]):
    """待办: every rule check in the caller's scope that is not met or comes due, most urgent first."""

    serializer_class = TodoOutput
    filter_backends = []
    parameters = frozenset({"when", "organization", "check", "page", "page_size"})

    @extend_schema(parameters=[TodoQuery], summary="待办清单，最急的在前", tags=["首页"])
    def list(self, request: Request) -> Response:
        query = valid(TodoQuery(data=request.query_params))
        organization_id = query.get("organization")
        if organization_id is not None:
            self.actor.reach().narrowed(organization_id)  # out of scope is 404, not an empty list
        looks = Looks(self.actor, timezone.localdate(), met=False)
        rows = todos(looks, organization_id, query.get("check", ""))
        page = self.paginate_queryset([row for row in rows if query.get("when", row.due.when) == row.due.when])
        return self.get_paginated_response(self.told(page))


class SearchViewSet(ApiView, GenericViewSet[Any]):
    """What the search box finds in the caller's scope, at most 100 of each kind."""

    serializer_class = HitOutput
    filter_backends = []
    parameters = frozenset({"q", "page", "page_size"})

    @extend_schema(parameters=[SearchQuery], summary="查人、组织、事项", tags=["首页"])
    def list(self, request: Request) -> Response:
        query = valid(SearchQuery(data=request.query_params))
        hits = [
            {"kind": kind, "label": hit.label, "remark": hit.remark, "url": hit.url}
            for kind, some in found(self.actor, query["q"], HITS)
            for hit in some
        ]
        return self.get_paginated_response(self.told(self.paginate_queryset(hits)))
