"""Counted numbers of the register. Each opens the list with the same place and filter."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.db.models import Value
from django.urls import reverse
from django.utils import timezone

from linshu.figures.registry import Figure, Look, register
from linshu.scope import Right
from members.models import Category, Membership
from members.querysets import ELDERLY

# code, name, filter of the list
FIGURES: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("members.total", "党员", {}),
    ("members.full", "正式党员", {"category": Category.FULL.value}),
    ("members.probationary", "预备党员", {"category": Category.PROBATIONARY.value}),
    ("members.mobile", "流动党员", {"mobile": "yes"}),
    ("members.women", "女党员", {"sex": "2"}),
    ("members.over_60", "60 岁及以上党员", {"age": str(ELDERLY)}),
)


def register_figures() -> None:
    """Add every figure."""
    for code, name, filters in FIGURES:
        register(
            Figure(code, name, "人", Right.MEMBERS_READ, partial(_counts, filters), partial(register_url, filters))
        )


def register_url(filters: Mapping[str, str], organization_id: int) -> str:
    """The list behind the figure."""
    return f"{reverse('members:list')}?{urlencode({'organization': organization_id, **filters})}"


def _counts(filters: Mapping[str, str], look: Look) -> dict[int, int]:
    """As the list behind it counts: who left since is not counted by what his line hides."""
    there, today = Membership.objects.within(look.scope).on(look.day), timezone.localdate()
    # Who is here today has his file here: no need to ask of each.
    rows: Any = there.with_file(look.scope, today=today) if look.day < today else there.annotate(has_file=Value(True))
    counts: dict[int, int] = rows.filtered(**filters, day=look.day).counted()
    return counts
