"""What figures and checks read of one look: each a plain function of the look, read once for all of them.

Who may see a node is decided by today's tree; what it was, by the period of the day.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from linshu.figures.registry import Look
from linshu.parameters.services import Values, values_on
from organizations.models import Body, Grid, LeadAppointment, OrganizationPeriod, Post, Seat, Term
from organizations.rules.bodies import BodyKind
from organizations.rules.exclusions import JUDGED, Judgement, SeatFact, judge
from organizations.rules.kinds import Kind, place_of
from organizations.rules.posts import TITLES
from organizations.services.grids import uncovered
from organizations.services.seats import kin_of


@dataclass(frozen=True)
class Node:
    """A node as it was on the day; ``since``: when it first was a 总支, for those that are."""

    pk: int
    parent_id: int | None
    kind: Kind
    name: str
    short_name: str
    established_on: date
    since: date | None = None

    @property
    def place(self) -> str:
        """As an office says it."""
        return place_of(self.kind, self.name, self.short_name)


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
    """Nodes that stood on the day, by id, in the order of the tree."""
    periods: Any = OrganizationPeriod.objects.within(look.scope).on(look.day)
    rows = (
        periods.with_rise()
        .order_by("organization__tree_id", "organization__lft")
        .values_list(
            "organization_id", "parent_id", "kind", "name", "short_name", "organization__established_on", "since"
        )
    )
    return {pk: Node(pk, parent, Kind(kind), *rest) for pk, parent, kind, *rest in rows}


def below(look: Look, node_id: int) -> set[int]:
    """The node and what stood under it on the day."""
    stood = look.once(nodes)
    return {pk for pk in stood if node_id in upwards(stood, pk)}


def upwards(stood: Mapping[int, Node], node_id: int | None) -> Iterator[int]:
    """The node and what stood above it, as far as the scope reaches."""
    while node_id is not None and (node := stood.get(node_id)):
        yield node_id
        node_id = node.parent_id


def kinds(look: Look) -> dict[int, Kind]:
    """What each of them was."""
    return {node.pk: node.kind for node in look.once(nodes).values()}


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


@dataclass(frozen=True)
class Sitting:
    """A seat in force: whose, and what is known of it."""

    pk: int
    person_id: int
    name: str
    sex: str
    title: str
    kinship_declared: bool


def seats(look: Look) -> dict[int, list[Sitting]]:
    """Who sits in each body."""
    fields = ("body_id", "pk", "person_id", "person__name", "person__sex", "title", "kinship_declared")
    found: dict[int, list[Sitting]] = defaultdict(list)
    for body_id, *rest in Seat.objects.within(look.scope).on(look.day).values_list(*fields):
        found[body_id].append(Sitting(*rest))
    return dict(found)


def judged(look: Look) -> dict[int, dict[int, Judgement]]:
    """Judgements of exclusions by body and seat, each held against its own community."""
    seated = look.once(seats)
    facts: dict[int, list[SeatFact]] = defaultdict(list)
    for body in look.once(bodies):
        if body.kind in JUDGED:
            kind = BodyKind(body.kind)
            facts[body.organization_id] += [
                SeatFact(each.pk, each.person_id, kind, each.kinship_declared) for each in seated.get(body.pk, ())
            ]
    kin = kin_of({each.person_id for some in facts.values() for each in some})
    found = {seat: judgement for some in facts.values() for seat, judgement in judge(some, kin).items()}
    return {
        body.pk: {each.pk: found[each.pk] for each in seated.get(body.pk, ())}
        for body in look.once(bodies)
        if body.kind in JUDGED
    }


def grids(look: Look) -> list[Grid]:
    """Grids drawn."""
    return list(Grid.objects.within(look.scope).on(look.day).select_related("leader").order_by("number"))


def gaps(look: Look) -> dict[int, list[str]]:
    """What each grid lacks, by grid; complete ones are left out."""
    return uncovered([grid.pk for grid in look.once(grids)], look.day)
