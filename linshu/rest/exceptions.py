"""The one place that turns every error of the API into ``{"code", "message", "details"}``.

Details are ``{"field", "message", "rule", "value"}``. Query and protocol errors are 400, the body's are 422.
"""

import math
import re
from collections.abc import Iterator, Sequence
from functools import singledispatch
from typing import Any

from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import DataError, IntegrityError, OperationalError
from django.db.models import ProtectedError, RestrictedError
from django.http import Http404
from rest_framework import exceptions as drf
from rest_framework.response import Response
from rest_framework.serializers import as_serializer_error

from linshu.errors import Conflict, DomainError, Invalid, NotFound, NotPermitted, Problem

STATUSES: dict[type[DomainError], int] = {NotFound: 404, NotPermitted: 403, Conflict: 409, Invalid: 422}
# Errors of these rules repeat what was sent: a choice, a number, a date. Others might repeat a password.
ECHOED_RULES = {"invalid_choice", "does_not_exist", "incorrect_type", "min_value", "max_value", "invalid"}
LONG_NUMBER = re.compile(r"\d{7}")
# Lock waits and deadlocks of PostgreSQL: serialization_failure, deadlock_detected, lock_not_available.
BUSY_CODES = {"40001", "40P01", "55P03"}


class BadQuery(DomainError):
    """The address or its parameters cannot be understood (400)."""

    code = "bad_request"


STATUSES[BadQuery] = 400


def handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """``EXCEPTION_HANDLER``; None lets a programming error surface."""
    if isinstance(exc, drf.ValidationError):
        request = context.get("request")
        return _invalid(exc, getattr(request, "data", None))
    return answer_to(exc)


def error(status: int, code: str, message: str, problems: Sequence[Problem] = ()) -> Response:
    """An answer in the error shape."""
    details = [
        {"field": _sound(p.field), "message": p.message, "rule": p.rule, "value": _sound(p.value)} for p in problems
    ]
    return Response({"code": code, "message": message, "details": details}, status=status)


def _sound(text: str) -> str:
    """What was sent, repeated without the half characters that no answer can be written with."""
    return text.encode("utf-8", "replace").decode()


@singledispatch
def answer_to(exc: Exception) -> Response | None:
    """The answer to an error; None where it is no error of the caller's."""
    return None


@answer_to.register
def _(exc: DomainError) -> Response:
    status = next((status for kind, status in STATUSES.items() if isinstance(exc, kind)), 409)
    return error(status, exc.code, exc.message, exc.problems)


@answer_to.register
def _(exc: drf.ParseError) -> Response:
    return error(400, "malformed", "请求内容不是有效的 JSON，无法读取。请检查格式后重新提交。")


@answer_to.register
def _(exc: RecursionError) -> Response | None:
    """Brackets in brackets without end; any other recursion is an error of ours."""
    return answer_to(drf.ParseError()) if "JSON" in str(exc) else None


@answer_to.register(drf.NotAuthenticated)
@answer_to.register(drf.AuthenticationFailed)
def _(exc: drf.APIException) -> Response:
    if isinstance(exc, drf.NotAuthenticated):
        message = "没有登录，也没有提供令牌。请在请求头中写明 Authorization: Token <令牌>。"
    else:
        message = str(exc.detail)
    answer = error(401, "not_authenticated", message)
    answer["WWW-Authenticate"] = "Token"
    return answer


@answer_to.register(drf.PermissionDenied)
@answer_to.register(DjangoPermissionDenied)
def _(exc: Exception) -> Response:
    if str(exc).startswith("CSRF"):
        return error(403, "csrf_failed", "页面的安全校验没有通过。请刷新页面后重试；程序调用请改用令牌。")
    return answer_to(NotPermitted())  # type: ignore[return-value]


@answer_to.register(drf.NotFound)
@answer_to.register(Http404)
def _(exc: Exception) -> Response:
    return answer_to(NotFound())  # type: ignore[return-value]


@answer_to.register
def _(exc: drf.Throttled) -> Response:
    wait = max(1, math.ceil(getattr(exc, "wait", None) or 1))
    answer = error(429, "throttled", f"请求过于频繁，已暂停受理。请在 {wait} 秒后重试。")
    answer["Retry-After"] = str(wait)
    return answer


@answer_to.register
def _(exc: drf.MethodNotAllowed) -> Response:
    return error(405, "method_not_allowed", "这个地址不支持该请求方法。请查阅接口文档 /api/v1/docs/。")


@answer_to.register
def _(exc: drf.NotAcceptable) -> Response:
    return error(406, "not_acceptable", "接口只返回 JSON。请把请求头 Accept 写成 application/json。")


@answer_to.register
def _(exc: drf.UnsupportedMediaType) -> Response:
    return error(415, "unsupported_media_type", "接口只接收 JSON。请把请求头 Content-Type 写成 application/json。")


@answer_to.register(ProtectedError)
@answer_to.register(RestrictedError)
def _(exc: Exception) -> Response:
    return error(409, "in_use", "这条记录还有其他资料引用，不能删除。请先处理引用它的资料。")


@answer_to.register
def _(exc: IntegrityError) -> Response:
    return error(409, "conflict", "与已有记录重复，或有人刚刚改动过相关资料。请重新读取后再试。")


@answer_to.register
def _(exc: DataError) -> Response:
    return error(422, "invalid", "填报的内容超出了允许的长度或范围。请核对后重新提交。")


@answer_to.register
def _(exc: OperationalError) -> Response | None:
    busy = getattr(exc.__cause__, "pgcode", "") in BUSY_CODES or "locked" in str(exc)
    return error(409, "busy", "其他人正在办理相关业务，本次没有写入。请稍后重试。") if busy else None


@answer_to.register
def _(exc: DjangoValidationError) -> Response:
    return _invalid(drf.ValidationError(as_serializer_error(exc)), None)


def _invalid(exc: drf.ValidationError, data: object) -> Response:
    problems = [
        Problem(p.field, p.message, p.rule, _echo(data, p.field) if p.rule in ECHOED_RULES else "")
        for p in problems_of(exc.detail)
    ]
    return error(422, "invalid", f"填报的内容有 {len(problems)} 处不符合要求，没有保存。请按提示修改。", problems)


def problems_of(detail: Any, path: str = "") -> Iterator[Problem]:
    """Flatten DRF's nested detail; a nested field is named ``seats.0.person``."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            step = "" if name == "non_field_errors" else str(name)
            yield from problems_of(inner, ".".join(filter(None, [path, step])))
    elif isinstance(detail, list):
        for position, inner in enumerate(detail):
            nested = isinstance(inner, dict | list)
            yield from problems_of(inner, f"{path}.{position}".strip(".") if nested else path)
    else:
        yield Problem(path, str(detail), getattr(detail, "code", ""))


def _echo(data: object, path: str) -> str:
    """The value that was sent, when it is short and no personal number."""
    for step in path.split("."):
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and step.isdigit() and int(step) < len(data):
            data = data[int(step)]
        else:
            return ""
    text = str(data) if isinstance(data, str | int | float) else ""
    return text if len(text) <= 40 and not LONG_NUMBER.search(text) else ""
