"""What organisations themselves know of grids: their number, and whether a Party organisation covers them."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count
from django.urls import reverse

from linshu.figures.registry import Counts, Figure, Look, register
from linshu.scope import Right
from organizations.models import Grid, OrganizationPeriod
from organizations.registry import Coverage, register_coverage
from organizations.services.grids import PARTY_KINDS


def party_covered(grid_ids: Collection[int], day: date) -> set[int]:
    """Grids whose 支部 or 党小组 stands on the day."""
    standing = OrganizationPeriod.objects.on(day).filter(kind__in=PARTY_KINDS).values("organization")
    rows = Grid.objects.filter(pk__in=grid_ids, party_organization__in=standing)
    return set(rows.values_list("pk", flat=True))


def count(look: Look) -> Counts:
    """Grids of each community."""
    rows = Grid.objects.within(look.scope).on(look.day).order_by().values_list("organization_id")
    return dict(rows.annotate(number=Count("pk")))


def list_url(organization_id: int) -> str:
    """The grids behind the number."""
    return f"{reverse('organizations:grid-list')}?organization={organization_id}"


def register_grids() -> None:
    """Add the figure and the coverage."""
    register(Figure("grids", "网格", "个", Right.ORGANIZATIONS_READ, count, list_url))
    register_coverage(Coverage("party", "所属支部或党小组", party_covered))
