"""Whatever goes wrong, the caller reads the same shape."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import DataError, IntegrityError, OperationalError
from django.db.models import ProtectedError
from rest_framework import exceptions as drf

from linshu.errors import Conflict, Invalid, NotFound, NotPermitted
from linshu.rest.exceptions import BadQuery, handler


class PostgresDeadlock(Exception):
    pgcode = "40P01"


def deadlock() -> OperationalError:
    error = OperationalError("deadlock detected")
    error.__cause__ = PostgresDeadlock()
    return error


@pytest.mark.parametrize(
    ("raised", "status", "code"),
    [
        (NotFound(), 404, "not_found"),
        (NotPermitted(), 403, "not_permitted"),
        (Conflict("已撤销。", code="closed"), 409, "closed"),
        (Invalid.field("name", "名称重复。", rule="unique", value="甲"), 422, "invalid"),
        (BadQuery("页码不对。"), 400, "bad_request"),
        (drf.ParseError(), 400, "malformed"),
        (drf.NotAuthenticated(), 401, "not_authenticated"),
        (drf.AuthenticationFailed("令牌无效。"), 401, "not_authenticated"),
        (drf.PermissionDenied(), 403, "not_permitted"),
        (drf.PermissionDenied("CSRF Failed: CSRF token missing."), 403, "csrf_failed"),
        (PermissionDenied(), 403, "not_permitted"),
        (drf.NotFound(), 404, "not_found"),
        (drf.MethodNotAllowed("PUT"), 405, "method_not_allowed"),
        (drf.NotAcceptable(), 406, "not_acceptable"),
        (drf.UnsupportedMediaType("text/xml"), 415, "unsupported_media_type"),
        (drf.Throttled(wait=3.2), 429, "throttled"),
        (ProtectedError("x", set()), 409, "in_use"),
        (IntegrityError(), 409, "conflict"),
        (DataError(), 422, "invalid"),
        (OperationalError("database is locked"), 409, "busy"),
        (deadlock(), 409, "busy"),
        (DjangoValidationError({"name": ["太长。"]}), 422, "invalid"),
    ],
)
def test_every_error_has_the_shape(raised, status, code):
    answer = handler(raised, {})

    assert answer is not None
    assert (answer.status_code, answer.data["code"]) == (status, code)
    assert set(answer.data) == {"code", "message", "details"}
    assert answer.data["message"].endswith("。")


def test_a_programming_error_surfaces():
    assert handler(RuntimeError("bug"), {}) is None
    assert handler(OperationalError("connection refused"), {}) is None


def test_the_wait_is_told_in_whole_seconds():
    answer = handler(drf.Throttled(wait=3.2), {})

    assert answer["Retry-After"] == "4"
    assert "4 秒" in answer.data["message"]


def test_a_nested_field_is_named_by_its_path_and_a_harmless_value_repeated():
    class Request:
        data = {"seats": [{"kind": "x"}, {"id_number": "371399198001010012"}]}

    detail = {
        "seats": [
            {"kind": [drf.ErrorDetail("不是有效的选项。", "invalid_choice")]},
            {"id_number": [drf.ErrorDetail("格式不对。", "invalid")]},
        ],
        "non_field_errors": [drf.ErrorDetail("两者只能填一个。", "exclusive")],
    }

    answer = handler(drf.ValidationError(detail), {"request": Request()})

    assert answer.status_code == 422
    assert [(d["field"], d["value"], d["rule"]) for d in answer.data["details"]] == [
        ("seats.0.kind", "x", "invalid_choice"),
        ("seats.1.id_number", "", "invalid"),  # a long number is never repeated
        ("", "", "exclusive"),
    ]


@pytest.mark.parametrize("method", ["get", "post", "delete"])
@pytest.mark.parametrize("path", ["/api/v1/", "/api/v1/nowhere/", "/api/v1/organizations/1/nothing/", "/api/v1/a"])
def test_an_unknown_address_is_told_as_json(client, method, path):
    answer = getattr(client, method)(path)

    assert answer.status_code == 404
    assert json.loads(answer.content)["code"] == "unknown_path"
