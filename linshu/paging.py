"""Pages of long lists, of pages and of the API."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

NEAR = 500  # rows passed over that cost less than a second look at the index


class Pages(Paginator):
    """Pages that cost little wherever they lie: far from the beginning the keys are found first, by an index if there
    is one in the order of the list, and only then the rows with all that stands beside them. The same statements.
    """

    def page(self, number: int | str) -> Page[Any]:
        page = super().page(number)
        page.object_list = self._by_key(page.object_list)
        return page

    def _by_key(self, rows: Any) -> Any:
        if isinstance(rows, QuerySet) and isinstance(self.object_list, QuerySet) and rows.query.low_mark >= NEAR:
            return self.object_list.filter(pk__in=rows.values("pk"))
        return rows
