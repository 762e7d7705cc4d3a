"""Walks every operation of the API, as the OpenAPI document names them: what one forgets, this finds."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from django.core.management import call_command
from drf_spectacular.generators import SchemaGenerator

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    spec: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def url(self) -> str:
        return re.sub(r"\{[^}]+\}", "1", self.path.replace("{date}", "2026-01-01"))

    @property
    def parameters(self) -> set[str]:
        return {each["name"] for each in self.spec.get("parameters", [])}


@cache
def document() -> dict[str, Any]:
    return SchemaGenerator().get_schema(request=None, public=True)


def operations() -> list[Operation]:
    return [
        Operation(method, path, spec)
        for path, methods in document()["paths"].items()
        for method, spec in methods.items()
    ]


def resolve(schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    return document()["components"]["schemas"][name] if name else schema


def answer_of(operation: Operation) -> dict[str, Any]:
    good = next(spec for status, spec in operation.spec["responses"].items() if status.startswith("2"))
    return resolve(good.get("content", {}).get("application/json", {}).get("schema", {}))


def is_list(operation: Operation) -> bool:
    return (
        operation.method == "get"
        and "{" not in operation.path
        and "results" in answer_of(operation).get("properties", {})
    )


def test_the_document_is_valid_and_without_warnings(tmp_path):
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema.yaml"))


@pytest.mark.parametrize("operation", operations(), ids=str)
def test_every_operation_has_a_chinese_title_and_tells_its_errors(operation):
    assert CHINESE.search(operation.spec.get("summary", "")), "give the @action a Chinese name="
    expected = {"400", "401", "403", "404", "429"} | (set() if operation.method == "get" else {"409", "422"})
    assert expected <= set(operation.spec["responses"])


@pytest.mark.parametrize("operation", operations(), ids=str)
def test_anonymous_callers_are_refused(operation, client, db):
    answer = getattr(client, operation.method)(operation.url)

    assert answer.status_code == 401
    assert set(answer.json()) == {"code", "message", "details"}


@pytest.mark.parametrize("operation", [o for o in operations() if o.method == "post"], ids=str)
def test_every_post_takes_an_idempotency_key(operation):
    assert "Idempotency-Key" in operation.parameters


@pytest.mark.parametrize("operation", [o for o in operations() if is_list(o)], ids=str)
def test_every_list_is_paged_and_refuses_unknown_filters(operation, tree, client_with):
    assert {"page", "page_size"} <= operation.parameters
    assert set(answer_of(operation)["required"]) == {"count", "next", "previous", "results"}

    answer = client_with("county_admin", tree.county).get(operation.url, {"no_such_filter": 1})

    assert answer.status_code in (400, 403)
    assert set(answer.json()) == {"code", "message", "details"}


def tells_rows(operation) -> bool:
    """``/me/`` tells the caller's own rights instead."""
    return operation.method == "get" and operation.path != "/api/v1/me/"


@pytest.mark.parametrize("operation", [o for o in operations() if tells_rows(o)], ids=str)
def test_every_object_tells_its_allowed_actions(operation):
    told = answer_of(operation)
    if is_list(operation):
        told = resolve(told["properties"]["results"]["items"])
    fields = told.get("properties", {})
    assert "allowed_actions" in fields or "id" not in fields  # what has no id is a line of a report
