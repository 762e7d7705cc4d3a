"""How the conventions appear in the OpenAPI document."""

import re
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import Direction, OpenApiParameter

from linshu.rest.idempotency import HEADER
from linshu.rest.serializers import Input
from linshu.rest.views import ApiView

CHINESE = re.compile(r"[\u4e00-\u9fff]")
VERBS = {"list": "列出", "retrieve": "查看一条", "create": "新增", "partial_update": "修改"}
ERRORS = {
    "400": "地址或参数不正确",
    "401": "没有登录，或令牌无效",
    "403": "没有办理权限",
    "404": "没有找到，或不在管理范围内",
    "429": "请求过于频繁；等待的秒数见 Retry-After",
}
WRITE_ERRORS = {
    "409": "状态不允许，或与他人的操作冲突",
    "413": "内容太大",
    "415": "请求体不是 JSON",
    "422": "内容不符合规则",
}
SHAPE: dict[str, Any] = {
    "type": "object",
    "description": "所有错误的格式",
    "required": ["code", "message", "details"],
    "properties": {
        "code": {"type": "string", "description": "供程序判断的代码"},
        "message": {"type": "string", "description": "发生了什么、为什么、怎么办"},
        "details": {
            "type": "array",
            "description": "逐个字段的问题",
            "items": {
                "type": "object",
                "required": ["field", "message", "rule", "value"],
                "properties": {
                    "field": {"type": "string", "description": "字段；空为整个请求"},
                    "message": {"type": "string", "description": "问题"},
                    "rule": {"type": "string", "description": "所依据规则的代码"},
                    "value": {"type": "string", "description": "所填的值；涉及个人信息的不重复"},
                },
            },
        },
    },
}


class Schema(AutoSchema):
    """Reads ``inputs``, ``outputs`` and ``dated`` of a view; titles are Chinese."""

    def get_request_serializer(self) -> Any:
        return self._of_action("inputs") if isinstance(self.view, ApiView) else super().get_request_serializer()

    def get_response_serializers(self) -> Any:
        if not isinstance(self.view, ApiView):
            return super().get_response_serializers()
        output = self.view.output_of(self._action)
        code = "204" if output is None else "201" if self._action == "create" else "200"
        return {code: output} if self.method != "GET" else output

    def get_override_parameters(self) -> list[Any]:
        view = self.view
        if not isinstance(view, ApiView):
            return []
        found: list[Any] = []
        if view.dated and self.method == "GET":
            text = "按这一天的情况查询，如 2026-01-31；不晚于今天，默认今天。"
            found.append(OpenApiParameter("as_of", OpenApiTypes.DATE, description=text))
        if self.method == "POST":
            text = "幂等键：同一个键的相同请求只办理一次，24 小时内重复提交得到同一答复。"
            schema = {"type": "string", "minLength": 1, "maxLength": 128, "pattern": r"^[\x21-\x7e]+$"}
            found.append(OpenApiParameter(HEADER, schema, OpenApiParameter.HEADER, description=text))
        return found

    def get_summary(self) -> str | None:
        if self._action in VERBS:
            return f"{VERBS[self._action]}{self._subject}"
        return getattr(self.view, "name", None)

    def get_description(self) -> str:  # type: ignore[override]
        return getattr(self.view, "description", None) or ""  # docstrings are for developers

    def get_tags(self) -> list[str]:
        return [self._subject] if self._subject else super().get_tags()

    def get_serializer_name(self, serializer: Any, direction: Direction) -> str:
        """Several rooms have an ``EndInput``: an input is named with its module, ``PostsEndInput``."""
        name = super().get_serializer_name(serializer, direction)
        if not isinstance(serializer, Input):
            return name
        room = [part for part in type(serializer).__module__.split(".") if part not in {"api", "serializers"}][-1]
        return "".join(word.capitalize() for word in room.split("_")) + name

    @property
    def _action(self) -> str:
        return getattr(self.view, "action", None) or ""

    @property
    def _subject(self) -> str:
        queryset = getattr(self.view, "queryset", None)
        return "" if queryset is None else str(queryset.model._meta.verbose_name)

    def _of_action(self, table: str) -> Any:
        return getattr(self.view, table).get(self._action)


def tell_errors(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Document the errors every operation can answer with; leave out docstrings, which are for developers."""
    components = result.setdefault("components", {})
    components.setdefault("schemas", {})["Error"] = SHAPE
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    components["responses"] = {
        f"Error{status}": {"description": text, "content": content}
        for status, text in {**ERRORS, **WRITE_ERRORS}.items()
    }
    for schema in components["schemas"].values():
        if not CHINESE.search(schema.get("description", "")):
            schema.pop("description", None)
    for operations in result["paths"].values():
        for method, operation in operations.items():
            for status in ERRORS if method == "get" else {**ERRORS, **WRITE_ERRORS}:
                operation["responses"].setdefault(status, {"$ref": f"#/components/responses/Error{status}"})
    return result
