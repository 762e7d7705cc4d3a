"""Reads of frozen statistics."""

from typing import Self

from linshu.scope import ScopedQuerySet


class AnnualStatisticsQuerySet(ScopedQuerySet):
    """Of the county they count: who reaches the whole county reads them."""

    def listed(self) -> Self:
        """Newest year first, the last version of a year first; without the numbers."""
        return self.select_related("organization", "file", "frozen_by").order_by("-year", "-version").defer("numbers")
