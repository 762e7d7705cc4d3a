"""Where somebody was from when to when: memberships hang on the lowest node, and a 党小组 moves with its members."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from organizations.models import OPEN_END, Organization, OrganizationPeriod


@dataclass(frozen=True)
class Stay:
    """A stretch of a membership in one branch and, where there is one, one group."""

    branch: Organization
    group: Organization | None
    valid_from: date
    valid_to: date
    start_inferred: bool = False
    reason: str = ""

    @property
    def is_open(self) -> bool:
        return self.valid_to == OPEN_END


def stays_of(memberships: Sequence[Any]) -> list[Stay]:
    """Memberships, newest first, each cut where its group went to another branch."""
    groups = {row.organization_id for row in memberships if row.group}
    branches: dict[int, list[OrganizationPeriod]] = defaultdict(list)
    for period in OrganizationPeriod.objects.filter(organization__in=groups).select_related("parent"):
        known = branches[period.organization_id]
        if not known or known[-1].parent_id != period.parent_id:
            known.append(period)
    found = [stay for row in memberships for stay in _stays(row, branches[row.organization_id])]
    return sorted(found, key=lambda stay: stay.valid_from, reverse=True)


def _stays(row: Any, branches: Sequence[OrganizationPeriod]) -> Iterator[Stay]:
    """``branches`` are the group's, each from the day it went there; what lies before the first is the first's."""
    told = [each for each in branches if each.valid_from < row.valid_to]
    if not told:
        yield Stay(row.branch, row.group, row.valid_from, row.valid_to, row.start_inferred, row.reason)
        return
    ends = [*(each.valid_from for each in told[1:]), row.valid_to]
    inside = [(each, end) for each, end in zip(told, ends, strict=True) if end > row.valid_from]
    for place, (period, end) in enumerate(inside):
        begun = (
            (period.valid_from, False, "随党小组调整隶属")
            if place
            else (row.valid_from, row.start_inferred, row.reason)
        )
        assert period.parent is not None  # noqa: S101 - a group stands under a branch
        yield Stay(period.parent, row.group, begun[0], end, *begun[1:])


def places_on(organizations: Collection[int], day: date) -> dict[int, dict[str, Any]]:
    """Where each stood on a day before today, under the names of a line's ``Place``."""
    if day >= timezone.localdate():
        return {}
    there = OrganizationPeriod.objects.on(day).filter(organization__in=organizations)
    rows = there.values_list("organization_id", "parent_id", "parent__short_name", "parent__parent__short_name")
    return {node: {"parent_id": parent, "above": above, "top": top} for node, parent, above, top in rows}
