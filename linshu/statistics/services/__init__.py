"""Counting, freezing, checking and fetching annual statistics."""

from linshu.statistics.services.counting import numbers_of
from linshu.statistics.services.freezing import changed_since, fetch, freeze

__all__ = ["changed_since", "fetch", "freeze", "numbers_of"]
