"""Addresses of pages, worked out once a page and filled with ids: checks tell thousands, and reverse() is slow."""

from functools import cache

from django.urls import reverse

MARK = 987_654_321_000  # stands for the first id while an address is worked out


def page(name: str, *ids: int) -> str:
    """The address of the page of that name with those ids."""
    parts = _parts(name, len(ids))
    return parts[0] + "".join(f"{pk}{part}" for pk, part in zip(ids, parts[1:], strict=True))


@cache
def _parts(name: str, count: int) -> list[str]:
    """What stands before, between and after the ids."""
    marks = [MARK + place for place in range(count)]
    parts = [reverse(name, args=marks)]
    for mark in marks:
        parts += parts.pop().split(str(mark))
    return parts
