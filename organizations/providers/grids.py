"""What organisations themselves know of grids: whether a Party organisation covers them."""

from datetime import date

from organizations.models import Grid, OrganizationPeriod
from organizations.registry import Coverage, Ids, register_coverage
from organizations.services.grids import PARTY_KINDS


def party_covered(grid_ids: Ids, day: date) -> set[int]:
    """Grids whose 支部 or 党小组 stands on the day."""
    standing = OrganizationPeriod.objects.on(day).filter(kind__in=PARTY_KINDS).values("organization")
    rows = Grid.objects.filter(pk__in=grid_ids, party_organization__in=standing)
    return set(rows.values_list("pk", flat=True))


def register_grids() -> None:
    """Add the coverage."""
    register_coverage(Coverage("party", "所属支部或党小组", party_covered))
