"""Addresses of lists: one place, one filter, one day."""

from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

MARK = 987_654_321_987  # stands for the organisation while an address is made


def dated(url: str, day: date | None) -> str:
    """The address for a day before today; None: as it is."""
    return f"{url}{'&' if '?' in url else '?'}as_of={day}" if day else url


def pattern_of(list_url: Callable[[int], str], day: date | None) -> Callable[[int], str]:
    """The same address for many places, worked out once: a table has thousands of them."""
    before, _, after = dated(list_url(MARK), day).partition(str(MARK))
    return lambda organization_id: f"{before}{organization_id}{after}"


def findings_url(organization_id: int, **narrowed: str) -> str:
    """The list of findings below a node; ``narrowed``: code, level, by."""
    query = {"organization": str(organization_id)} | {name: value for name, value in narrowed.items() if value}
    return f"{reverse('dashboard:findings')}?{urlencode(query)}"
