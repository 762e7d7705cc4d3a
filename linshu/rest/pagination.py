"""Paging of every list: ``{count, next, previous, results}``, ``?page=&page_size=``."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import InvalidPage
from django.db.models import QuerySet
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request

from linshu import paging
from linshu.errors import NotFound
from linshu.rest.exceptions import BadQuery


class Pages(PageNumberPagination):
    """50 rows a page, at most 500. A wrong value is told, never corrected; a page past the last is 404."""

    page_size = 50
    max_page_size = 500
    page_size_query_param = "page_size"
    django_paginator_class = paging.Pages
    page_query_description = "页码，从 1 开始；超过最后一页时返回 404。"
    page_size_query_description = "每页行数，1 至 500，默认 50。"

    def get_page_size(self, request: Request) -> int:
        given = request.query_params.get(self.page_size_query_param)
        if given is None:
            return self.page_size
        size = _whole_number(given)
        if size is None or not 1 <= size <= self.max_page_size:
            raise BadQuery(f"每页行数 page_size 应为 1 至 {self.max_page_size} 的整数，现为“{given}”。")
        return size

    def paginate_queryset(
        self, queryset: QuerySet[Any] | Sequence[Any], request: Request, view: Any = None
    ) -> list[Any]:
        given = request.query_params.get(self.page_query_param, "1")
        number = _whole_number(given)
        if not number:
            raise BadQuery(f"页码 page 应为从 1 开始的整数，现为“{given}”。")
        self.request = request
        paginator = self.django_paginator_class(queryset, self.get_page_size(request))
        try:
            self.page = paginator.page(number)
        except InvalidPage:
            raise NotFound(f"没有第 {number} 页：共 {paginator.num_pages} 页。", code="no_such_page") from None
        return list(self.page)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        shape = super().get_paginated_response_schema(schema)
        shape["required"] = ["count", "next", "previous", "results"]
        return shape


def _whole_number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None
