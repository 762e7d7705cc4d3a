"""网格 of every community: eight in 振兴, one of them without a Party organisation; two elsewhere."""

from datetime import datetime

from linshu.demo.rules.linshu import (
    GRIDS_SINCE,
    GROUPS_OF_GRIDS,
    HOUSEHOLDS,
    HOUSEHOLDS_OF_ZHENXING,
    ROADS,
    ZHENXING,
)
from linshu.demo.services.posts import communities
from linshu.people.models import Person
from linshu.scope import SYSTEM
from members.models import Category, Membership
from organizations.models import Organization, Seat
from organizations.rules.bodies import BodyKind
from organizations.rules.kinds import BRANCHES
from organizations.services.grids import GridData, create_grid


def draw_grids(*, now: datetime) -> None:
    """Draw them, each with its 网格长 (a member) and its 专职网格员 (from the 管理委员会)."""
    for community in communities():
        households = HOUSEHOLDS_OF_ZHENXING if community.code == ZHENXING else HOUSEHOLDS
        parties, workers = _parties(community), _workers(community)
        for place, many in enumerate(households):
            party = parties[place]
            data = GridData(
                number=f"{place + 1:02d}", bounds=_bounds(place), households=many,
                buildings=f"{place * 8 + 1}号楼至{place * 8 + 8}号楼",
                leader=_leader(party, place) if party else None, worker=workers[place % len(workers)],
                party_organization=party,
            )  # fmt: skip
            create_grid(community=community, data=data, on=GRIDS_SINCE, by=SYSTEM, now=now)


def _parties(community: Organization) -> list[Organization | None]:
    """What covers each grid: groups of 振兴, branches elsewhere."""
    if community.code == ZHENXING:
        groups = {group.code: group for group in Organization.objects.filter(code__startswith=f"{ZHENXING}-")}
        return [groups.get(f"{ZHENXING}-{tail}") for tail in GROUPS_OF_GRIDS]
    return list(Organization.objects.filter(parent=community, kind__in=BRANCHES).order_by("code")[: len(HOUSEHOLDS)])


def _bounds(place: int) -> str:
    east, south, west, north = (ROADS[(place + turn) % len(ROADS)] for turn in range(4))
    return f"东至{east}，南至{south}，西至{west}，北至{north}"


def _leader(party: Organization, place: int) -> Person:
    """A full member who lives here."""
    members = Membership.objects.filter(organization=party, category=Category.FULL, is_mobile=False)
    found = members.select_related("person").order_by("-person__birth_date")
    return found[0].person


def _workers(community: Organization) -> list[Person]:
    seats = Seat.objects.filter(body__organization=community, body__kind=BodyKind.MANAGEMENT).select_related("person")
    return [each.person for each in seats.order_by("pk")]
