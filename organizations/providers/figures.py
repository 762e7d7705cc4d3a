"""Figures of the tree itself: branches, 党小组, grids and those that are covered, posts held and vacant."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from django.urls import reverse

from linshu.figures.registry import Counts, Figure, Look, register
from linshu.scope import Right
from organizations.providers import checks, readings
from organizations.rules.kinds import BRANCHES, Kind

COUNTED = {"branches": BRANCHES, "groups": frozenset({Kind.GROUP})}


def _of_kinds(kinds: frozenset[Kind], look: Look) -> Counts:
    """One for each node that was of the kind on the day; who may see it is decided by today's tree."""
    return {node: 1 for node, kind in look.once(readings.kinds).items() if kind in kinds}


def _list_of(group: str, organization_id: int) -> str:
    return reverse(f"organizations:{group}", args=[organization_id])


def grids(look: Look) -> Counts:
    """Grids of each community."""
    return Counter(grid.organization_id for grid in look.once(readings.grids))


def covered(look: Look) -> Counts:
    """Grids of each community that lack nothing."""
    gaps = look.once(readings.gaps)
    return Counter(grid.organization_id for grid in look.once(readings.grids) if grid.pk not in gaps)


def _grids_url(query: str, organization_id: int) -> str:
    return f"{reverse('organizations:grid-list')}?organization={organization_id}{query}"


def held(look: Look) -> Counts:
    """Posts in office of each organisation."""
    in_office = look.once(readings.in_office)
    return {node: len(in_office[node]) for node in look.once(readings.nodes) if node in in_office}


def vacant(look: Look) -> Counts:
    """Posts of each organisation that ought to be held and are not."""
    return {node: len(some) for node, some in look.once(checks.vacancies).items()}


def _posts_url(state: str, organization_id: int) -> str:
    return f"{reverse('organizations:post-list')}?organization={organization_id}&state={state}"


def register_figures() -> None:
    """支部, 党小组, 网格, 职务."""
    figures: tuple[tuple[str, str, Callable[[Look], Counts], Callable[[int], str]], ...] = (
        *(
            (f"organizations.{code}", name, partial(_of_kinds, COUNTED[code]), partial(_list_of, code))
            for code, name in (("branches", "支部"), ("groups", "党小组"))
        ),
        ("grids", "网格", grids, partial(_grids_url, "")),
        ("grids.covered", "已覆盖网格", covered, partial(_grids_url, "&state=covered")),
    )
    for code, name, compute, list_url in figures:
        register(Figure(code, name, "个", Right.ORGANIZATIONS_READ, compute, list_url))
    for code, name, compute, state in (
        ("posts", "在任职务", held, "held"),
        ("posts.vacant", "空缺职务", vacant, "vacant"),
    ):
        figure = Figure(code, name, "个", Right.ORGANIZATIONS_READ, compute, partial(_posts_url, state))
        register(replace(figure, on_card=True, deferred=True))
