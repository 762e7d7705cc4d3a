"""What figures and checks read of one look: each a plain function of the look, read once for all of them.

Who may see a node is decided by today's tree; what it was, by the period of the day.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from linshu.figures.registry import Look
from linshu.parameters.services import Values, values_on
from organizations.models import Body, Grid, LeadAppointment, OrganizationPeriod, Post, Seat, Term
from organizations.rules.exclusions import Judgement
from organizations.rules.kinds import Kind
from organizations.rules.posts import TITLES
from organizations.services.grids import uncovered
from organizations.services.seats import judgements


@dataclass(frozen=True)
class Node:
    """A node as it was on the day."""

    id: int
    parent_id: int | None
    kind: Kind
    established_on: date


@dataclass(frozen=True)
class Holding:
    """A post: whose, from when, until before when."""

    person_id: int
    name: str
    title: str
    valid_from: date
    valid_to: date


def values(look: Look) -> Values:
    """The parameters in force."""
    return values_on(look.day)


def nodes(look: Look) -> dict[int, Node]:
    """Nodes that stood on the day, by id."""
    periods = OrganizationPeriod.objects.within(look.scope).on(look.day).order_by()
    rows = periods.values_list("organization_id", "parent_id", "kind", "organization__established_on")
    return {row[0]: Node(row[0], row[1], Kind(row[2]), row[3]) for row in rows}


def of_kinds(look: Look, kinds: frozenset[Kind]) -> list[Node]:
    """The nodes of some kinds."""
    return [node for node in look.once(nodes).values() if node.kind in kinds]


def posts(look: Look) -> dict[int, list[Holding]]:
    """Every post begun by the day, by organisation, the ended ones too; in order of beginning."""
    rows = Post.objects.within(look.scope).filter(valid_from__lte=look.day).order_by("valid_from")
    fields = ("organization_id", "person_id", "person__name", "title", "valid_from", "valid_to")
    found: dict[int, list[Holding]] = defaultdict(list)
    for organization_id, *rest in rows.values_list(*fields):
        found[organization_id].append(Holding(*rest))
    return dict(found)


def in_office(look: Look) -> dict[int, list[Holding]]:
    """The posts held on the day, by organisation."""
    held = {node: [each for each in some if each.valid_to > look.day] for node, some in look.once(posts).items()}
    return {node: some for node, some in held.items() if some}


def committees(look: Look) -> dict[int, set[int]]:
    """Who sits in the committee of each branch that has one: it has where somebody is a 委员 of it."""
    seated = {spec.title for spec in TITLES[Kind.BRANCH] if spec.committee}
    return {
        node: {each.person_id for each in some if each.title in seated}
        for node, some in look.once(in_office).items()
        if any(each.title in seated and each.title.endswith("委员") for each in some)
    }


def terms(look: Look) -> dict[int, Term]:
    """The term begun last by the day, by organisation, running or not."""
    rows = Term.objects.within(look.scope).filter(valid_from__lte=look.day).order_by("valid_from")
    return {row.organization_id: row for row in rows}


def leads(look: Look) -> dict[int, LeadAppointment]:
    """The appointment of a leading branch in force, by community, with its branch."""
    rows = LeadAppointment.objects.within(look.scope).on(look.day).select_related("branch")
    return {row.organization_id: row for row in rows}


def bodies(look: Look) -> list[Body]:
    """Bodies in being."""
    return list(Body.objects.within(look.scope).on(look.day))


def seats(look: Look) -> dict[int, list[str]]:
    """Sex of everybody who sits in a body, by body."""
    found: dict[int, list[str]] = defaultdict(list)
    for body_id, sex in Seat.objects.within(look.scope).on(look.day).values_list("body_id", "person__sex"):
        found[body_id].append(sex)
    return dict(found)


def judged(look: Look) -> dict[int, dict[int, Judgement]]:
    """Judgements of exclusions by body and seat."""
    return judgements(Seat.objects.within(look.scope), look.day)


def grids(look: Look) -> list[Grid]:
    """Grids drawn."""
    return list(Grid.objects.within(look.scope).on(look.day))


def gaps(look: Look) -> dict[int, list[str]]:
    """What each grid lacks, by grid; complete ones are left out."""
    return uncovered([grid.pk for grid in look.once(grids)], look.day)
