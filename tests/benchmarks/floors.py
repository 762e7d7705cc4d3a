"""The floor of each line: an empty view behind the same middleware, log-in and shell, with the same rows by plain SQL
through psycopg2, then one bare template loop or ``json.dumps``. As a URLconf it adds them to the product's addresses.
"""

import json
from datetime import date
from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path
from django.utils import timezone
from rest_framework.request import Request

from linshu.grants.api.authentication import TokenAuthentication
from tests.benchmarks.lines import lines

LOOP = "<table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>"
PAGE = "{% extends 'base.html' %}{% block content %}" + LOOP + "{% endblock %}"


def page(request: HttpRequest, code: str) -> HttpResponse:
    """Behind the shell."""
    return HttpResponse(_template(PAGE).render({"rows": _rows(request, code)}, request))


def fragment(request: HttpRequest, code: str) -> HttpResponse:
    """Without the shell."""
    return HttpResponse(_template(LOOP).render({"rows": _rows(request, code)}, request))


@login_not_required
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """With the log-in of the API."""
    TokenAuthentication().authenticate(Request(request))
    body = json.dumps(_rows(request, code), default=str, ensure_ascii=False)
    return HttpResponse(body, content_type="application/json")


def _rows(request: HttpRequest, code: str) -> list[tuple[Any, ...]]:
    """Every statement of the line, by a cursor of psycopg2 itself."""
    line = next(each for each in lines() if each.code == code)
    today = timezone.localdate()
    roots = tuple(sorted(root for _, root in request.actor.grants))  # type: ignore[attr-defined]
    given = {"today": today, "open": date(9999, 12, 31), "roots": roots} | json.loads(request.GET["given"])
    connection.ensure_connection()
    found: list[tuple[Any, ...]] = []
    with connection.connection.cursor() as cursor:
        for statement in line.statements:
            cursor.execute(statement, given)
            found += cursor.fetchall()
    return found


@cache
def _template(source: str) -> Any:
    return engines["django"].from_string(source)


urlpatterns = [
    path("floor/page/<slug:code>/", page),
    path("floor/fragment/<slug:code>/", fragment),
    path("api/floor/<slug:code>/", answer),
    path("", include("linshu.urls")),
]
