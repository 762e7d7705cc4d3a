"""Writing 网格. A grid keeps its row for life (what hangs on it later points at it); old values stay in the log."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from linshu.audit import services as audit
from linshu.errors import Conflict, Invalid
from linshu.people.models import Person
from linshu.scope import Actor, Right, Scope, require
from organizations.models import OPEN_END, Grid, Organization
from organizations.registry import Ids, coverages
from organizations.rules.coverage import gaps
from organizations.rules.kinds import BRANCHES, Kind
from organizations.rules.spans import check_end
from organizations.services.nodes import community_on, today_of
from organizations.services.versions import check_version
from organizations.tree import tree_lock

PARTY_KINDS = BRANCHES | {Kind.GROUP}


@dataclass(frozen=True)
class GridData:
    """What describes a grid (rule book 1.1): number, 四至, households, buildings, 网格长, 专职网格员, 支部 or 党小组."""

    number: str
    bounds: str
    households: int
    buildings: str = ""
    leader: Person | None = None
    worker: Person | None = None
    party_organization: Organization | None = None


def create_grid(*, community: Organization, data: GridData, on: date, by: Actor, now: datetime) -> Grid:
    """Draw a grid in a community."""
    require(by, Right.ORGANIZATIONS_EDIT, community.pk)
    with tree_lock():
        community_on(community, on, now=now)
        grid = Grid(organization=community, valid_from=on)
        _fill(grid, data)
        grid.save()
        _record("organizations.grid_created", grid, by=by, now=now, data=values_of(grid) | {"from": str(on)})
    return grid


def change_grid(*, grid: Grid, data: GridData, version: str = "", by: Actor, now: datetime) -> Grid:
    """Change what describes the grid; a change that changes nothing leaves no trace.

    Conflict where somebody else changed it since ``version``.
    """
    require(by, Right.ORGANIZATIONS_EDIT, grid.organization_id)
    with tree_lock():
        grid = _open(grid)
        check_version(grid, version)
        before = values_of(grid)
        _fill(grid, data)
        if values_of(grid) != before:
            grid.save()
            record_change(grid, before, by=by, now=now)
    return grid


def record_change(grid: Grid, before: dict[str, Any], *, by: Actor, now: datetime, reason: str = "") -> None:
    """The event of a changed grid: what it is now, and what was otherwise."""
    after = values_of(grid)
    changed = [name for name in after if after[name] != before[name]]
    words = "；".join(f"{name}由“{before[name]}”改为“{after[name]}”" for name in changed)
    _record("organizations.grid_changed", grid, by=by, now=now, reason=reason, data=after | {"changes": words})


def close_grid(*, grid: Grid, on: date, reason: str, by: Actor, now: datetime) -> Grid:
    """Close the grid."""
    require(by, Right.ORGANIZATIONS_EDIT, grid.organization_id)
    with tree_lock():
        grid = _open(grid)
        check_end(on, begun=grid.valid_from, today=today_of(now))
        grid.valid_to = on
        grid.save()
        data = values_of(grid) | {"to": str(on)}
        _record("organizations.grid_closed", grid, by=by, now=now, reason=reason, data=data)
    return grid


def uncovered(grid_ids: Collection[int], day: date, *, among: Ids | None = None) -> dict[int, list[str]]:
    """Names of what each grid lacks on the day, one query for each kind of coverage; complete grids are left out.

    ``among``: the query that tells these grids, where there are many.
    """
    asked = grid_ids if among is None else among
    return gaps(grid_ids, {each.name: each.covered(asked, day) for each in coverages()})


def _open(grid: Grid) -> Grid:
    grid = Grid.objects.select_related("organization", "leader", "worker", "party_organization").get(pk=grid.pk)
    if grid.valid_to != OPEN_END:
        raise Conflict(f"{grid.number} 号网格已于 {grid.valid_to} 撤销，不能再办理。", code="grid_closed")
    return grid


def _fill(grid: Grid, data: GridData) -> None:
    party = data.party_organization
    if party is not None and not (
        party.is_open and party.kind in PARTY_KINDS and Scope(frozenset({grid.organization_id})).covers(party.pk)
    ):
        raise Invalid.field(
            "party_organization", f"{party}不是本社区现有的支部或党小组，请另选。", rule="网格所属党组织在本社区"
        )
    same = Grid.objects.filter(organization=grid.organization_id, number=data.number, valid_to=OPEN_END)
    if same.exclude(pk=grid.pk).exists():
        raise Invalid.field(
            "number", f"本社区已有 {data.number} 号网格，请换一个编号。", rule="编号不重复", value=data.number
        )
    for name, value in vars(data).items():
        setattr(grid, name, value)
    grid.full_clean()


def values_of(grid: Grid) -> dict[str, Any]:
    """What describes the grid, by the words of the log."""
    return {
        "编号": grid.number,
        "四至": grid.bounds,
        "户数": grid.households,
        "楼栋": grid.buildings,
        "网格长": grid.leader.name if grid.leader else "",
        "专职网格员": grid.worker.name if grid.worker else "",
        "所属党组织": grid.party_organization.name if grid.party_organization else "",
    }


def _record(type_: str, grid: Grid, *, by: Actor, now: datetime, data: dict[str, Any], reason: str = "") -> None:
    data = data | {"organization": grid.organization.name, "number": grid.number}
    audit.record(type_, by=by, subject=grid, organization_id=grid.organization_id, reason=reason, data=data, now=now)
