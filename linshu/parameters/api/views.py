"""The rule numbers: list, one with its versions, a new version, a version taken back."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from linshu.errors import Problem
from linshu.parameters import services
from linshu.parameters.api.serializers import (
    ParameterDetailOutput,
    ParameterOutput,
    ParameterQuery,
    VersionInput,
    VersionOutput,
    WithdrawInput,
)
from linshu.rest.exceptions import BadQuery
from linshu.rest.views import ApiView
from linshu.scope import Right

TAGS = ["规则参数"]


class ParameterViewSet(ApiView, GenericViewSet[Any]):
    """Numbers by code. They hang on no organisation: the right to read them is the whole scope."""

    serializer_class = ParameterOutput
    needs = {"*": [Right.PARAMETERS_CHANGE, Right.PARAMETERS_SECURITY]}
    lookup_field = "code"
    lookup_value_regex = "[A-Z0-9_]+"
    filter_backends = []
    inputs = {"versions": VersionInput, "withdraw": WithdrawInput}
    outputs = {"versions": VersionOutput, "withdraw": None, "retrieve": ParameterDetailOutput}

    def known_parameters(self) -> set[str]:
        return {"area", "q", "page", "page_size"} if self.action == "list" else set()

    @extend_schema(parameters=[ParameterQuery], summary="列出规则参数", tags=TAGS)
    def list(self, request: Request) -> Response:
        query = ParameterQuery(data=request.query_params)
        if not query.is_valid():
            problems = [Problem(name, str(each)) for name, some in query.errors.items() for each in some]
            raise BadQuery("查询条件不正确，没有查询。请按提示修改。", problems=problems)
        area, text = query.validated_data.get("area", ""), query.validated_data.get("q", "")
        rows = services.standings(actor=self.actor, day=timezone.localdate(), area=area, text=text)
        return self.get_paginated_response(self.told(self.paginate_queryset(rows)))

    @extend_schema(summary="查看一个规则参数", tags=TAGS)
    def retrieve(self, request: Request, code: str) -> Response:
        return Response(self.told(services.history(code=code, actor=self.actor, day=timezone.localdate())))

    @extend_schema(tags=TAGS)
    @action(detail=True, methods=["post"], name="登记规则参数的新版本")
    def versions(self, request: Request, code: str) -> Response:
        return self.call(services.add_version, code=code)

    @extend_schema(tags=TAGS)
    @action(detail=True, methods=["post"], name="撤销规则参数尚未生效的版本")
    def withdraw(self, request: Request, code: str) -> Response:
        return self.call(services.withdraw_version, code=code)
