"""Figures of the tree itself: branches and 党小组."""

from collections.abc import Callable

from django.urls import reverse

from linshu.figures.registry import Counts, Figure, Look, register
from linshu.scope import Right
from organizations.models import OrganizationPeriod
from organizations.rules.kinds import BRANCHES, Kind

COUNTED = {"branches": BRANCHES, "groups": frozenset({Kind.GROUP})}


def _of_kinds(kinds: frozenset[Kind]) -> Callable[[Look], Counts]:
    def compute(look: Look) -> Counts:
        """One for each node that was of the kind on the day; who may see it is decided by today's tree."""
        periods = (
            OrganizationPeriod.objects.within(look.scope).on(look.day).filter(kind__in=[kind.value for kind in kinds])
        )
        return dict.fromkeys(periods.values_list("organization_id", flat=True), 1)

    return compute


def _list_of(group: str) -> Callable[[int], str]:
    return lambda organization_id: reverse(f"organizations:{group}", args=[organization_id])


def register_figures() -> None:
    """支部 and 党小组."""
    for code, name in (("branches", "支部"), ("groups", "党小组")):
        register(
            Figure(
                f"organizations.{code}", name, "个", Right.ORGANIZATIONS_READ, _of_kinds(COUNTED[code]), _list_of(code)
            )
        )
