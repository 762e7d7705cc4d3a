"""Filters named as the fields; an unknown or senseless parameter is 400, never silently no filter."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django_filters.rest_framework import DjangoFilterBackend, FilterSet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework.request import Request
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView

from linshu.errors import Problem
from linshu.rest.exceptions import BadQuery
from linshu.scope import Scope, ScopedQuerySet

LARGEST_ID = 2**63 - 1  # beyond it both databases refuse the statement
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@extend_schema_field(OpenApiTypes.INT)
class OrganizationFilter(django_filters.Filter):
    """``?organization=<id>``: the whole subtree of a node in scope; a node out of scope is 404."""

    field_class = forms.IntegerField

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "组织编号：该组织及其全部下级；不在管理范围内时返回 404。")
        super().__init__(**{"min_value": 1, "max_value": LARGEST_ID, **kwargs})

    def filter(self, qs: QuerySet[Any], value: int | None) -> QuerySet[Any]:
        if value is None:
            return qs
        request = self.parent.request
        inside: Scope = request.actor.scope(request.parser_context["view"].right).narrowed(value)
        assert isinstance(qs, ScopedQuerySet)  # noqa: S101 - a list of the API is always scoped
        return qs.within(inside)


class Filters(FilterSet):
    """Base of every filter set over rows that hang on an organisation."""

    organization = OrganizationFilter()


class StrictFilterBackend(DjangoFilterBackend):
    """django-filter, with wrong values told as 400."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: APIView) -> QuerySet[Any]:
        filters = getattr(self.get_filterset_class(view, queryset), "base_filters", {})
        filters = getattr(self.get_filterset_class(view, queryset), "base_filters", {})
        if filters.keys().isdisjoint(request.query_params):
            return queryset  # most lists are asked for whole: no form is made for nothing
        filterset = self.get_filterset(request, queryset, view)
        if filterset is None:
            return queryset
        if not filterset.is_valid():
            problems = [
                Problem(name, str(message), "filter", request.query_params.get(name, "")[:40])
                for name, messages in filterset.errors.items()
                for message in messages
            ]
            raise BadQuery("筛选条件的值不正确，没有查询。请按提示修改。", problems=problems)
        _refuse_impossible_numbers(filterset.form.cleaned_data)
        return filterset.qs


def _refuse_impossible_numbers(values: Mapping[str, Any]) -> None:
    """A number asked for is an id, a year or a count: whole, and one a database can hold (SQLite fails beyond)."""
    wrong = [
        Problem(name, "应为整数。", "filter", str(value)[:40])
        for name, value in values.items()
        if isinstance(value, int | Decimal) and (value != int(value) or not -(2**63) <= value < 2**63)
    ]
    if wrong:
        raise BadQuery("筛选条件的值不正确，没有查询。请按提示修改。", problems=wrong)


def refuse_unknown(request: Request, known: Iterable[str]) -> None:
    """An integrator must not take a typo for a filter: name the parameters there are."""
    unknown = sorted(set(request.query_params) - set(known))
    if unknown:
        choice = "、".join(sorted(known)) or "无"
        raise BadQuery(
            f"不认识的参数：{'、'.join(unknown)}。可用的参数：{choice}。",
            code="unknown_parameter",
            problems=[Problem(name, "没有这个参数。", "unknown_parameter") for name in unknown],
        )


def as_of(request: Request) -> date:
    """``?as_of=YYYY-MM-DD``, today where it is missing; never in the future."""
    given = request.query_params.get("as_of")
    today = timezone.localdate()
    if given is None:
        return today
    try:
        day = date.fromisoformat(given) if ISO_DAY.fullmatch(given) else None
    except ValueError:
        day = None
    if day is None or day > today:
        why = "还没有到这一天" if day else "不是有效的日期"
        message = f"as_of 应写成 2026-01-31 这样的日期，且不晚于今天；“{given}”{why}。"
        raise BadQuery(message, problems=[Problem("as_of", message, "date", given[:40])])
    return day


def valid(query: BaseSerializer[Any]) -> dict[str, Any]:
    """The understood query; a wrong one is 400."""
    if query.is_valid():
        return dict(query.validated_data)
    errors: Any = query.errors
    problems = [Problem(name, str(each), each.code) for name, some in errors.items() for each in some]
    raise BadQuery("查询条件不正确，没有查询。请按提示修改。", problems=problems)
