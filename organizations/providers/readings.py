"""What figures and checks read of one look: each a plain function of the look, read once for all of them.

Who may see a node is decided by today's tree; what it was, by the period of the day.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import OuterRef, Subquery

from linshu.figures.registry import Figure, Look
from linshu.parameters.services import Values, values_on
from linshu.people.models import Person
from linshu.workdays.rules.calendar import Calendar
from linshu.workdays.services import calendar_on
from organizations.models import Body, Grid, LeadAppointment, OrganizationPeriod, Post, Seat, Term
from organizations.rules.bodies import BODIES, BodyKind
from organizations.rules.exclusions import JUDGED, Judgement, Kin, SeatFact, judge
from organizations.rules.kinds import Kind, place_of
from organizations.rules.posts import COMMITTEE_MEMBERS, SEATED
from organizations.services.grids import uncovered
from organizations.services.seats import kin_of


class Node(NamedTuple):
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


class Holding(NamedTuple):
    """A post: whose, from when, until before when."""

    person_id: int
    name: str
    title: str
    valid_from: date
    valid_to: date


def values(look: Look) -> Values:
    """The parameters in force."""
    return values_on(look.day)


def calendar(look: Look) -> Calendar:
    """The working days."""
    return calendar_on()


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
    kinds = {kind.value: kind for kind in Kind}
    return {pk: Node(pk, parent, kinds[kind], *rest) for pk, parent, kind, *rest in rows}


def below(look: Look, node_id: int) -> set[int]:
    """The node and what stood under it on the day."""
    stood = look.once(nodes)
    return {pk for pk in stood if node_id in upwards(stood, pk)}


def number_at(place: int, figure: Figure, look: Look, nodes: Look) -> int:
    """A figure of the place and of what stood under it on the day, as far as ``look`` reaches; ``nodes`` sees the tree."""
    if figure.whole:
        return figure.whole(look, place)
    inside = nodes.once(below, place)
    return sum(count for node, count in figure.compute(look).items() if node in inside)


def upwards(stood: Mapping[int, Node], node_id: int | None) -> Iterator[int]:
    """The node and what stood above it, as far as the scope reaches."""
    while node_id is not None and (node := stood.get(node_id)):
        yield node_id
        node_id = node.parent_id


def kinds(look: Look) -> Mapping[int, Kind]:
    """What each of them was."""
    return {node.pk: node.kind for node in look.once(nodes).values()}


def of_kinds(look: Look, kinds: frozenset[Kind]) -> list[Node]:
    """The nodes of some kinds."""
    return [node for node in look.once(nodes).values() if node.kind in kinds]


def posts(look: Look) -> dict[int, list[Holding]]:
    """Every post begun by the day, by organisation, the ended ones too; in order of beginning."""
    holder = Subquery(Person.objects.filter(pk=OuterRef("person_id")).values("name"))  # few among all persons
    rows = (
        Post.objects.within(look.scope).filter(valid_from__lte=look.day).order_by("valid_from").annotate(holder=holder)
    )
    fields = ("organization_id", "person_id", "holder", "title", "valid_from", "valid_to")
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
    return {
        node: {each.person_id for each in some if each.title in SEATED}
        for node, some in look.once(in_office).items()
        if any(each.title in COMMITTEE_MEMBERS for each in some)
    }


class Tenure(NamedTuple):
    """A term: begun, due, put off until, in force until before."""

    valid_from: date
    due_on: date
    extended_to: date | None
    valid_to: date

    @property
    def ends_on(self) -> date:
        return self.extended_to or self.due_on


def terms(look: Look) -> dict[int, Tenure]:
    """The term begun last by the day, by organisation, running or not."""
    rows = Term.objects.within(look.scope).filter(valid_from__lte=look.day).order_by("valid_from")
    fields = ("organization_id", "valid_from", "due_on", "extended_to", "valid_to")
    return {organization_id: Tenure(*rest) for organization_id, *rest in rows.values_list(*fields)}


def leads(look: Look) -> dict[int, LeadAppointment]:
    """The appointment of a leading branch in force, by community, with its branch."""
    rows = LeadAppointment.objects.within(look.scope).on(look.day).select_related("branch")
    return {row.organization_id: row for row in rows}


class Sitting(NamedTuple):
    """A seat in force: whose, and what is known of it."""

    pk: int
    person_id: int
    name: str
    sex: str
    title: str
    kinship_declared: bool


@dataclass(frozen=True)
class Convened:
    """A body in being, with who sits in it."""

    pk: int
    organization_id: int
    kind: BodyKind
    term_due_on: date
    seats: list[Sitting] = field(default_factory=list)

    @property
    def label(self) -> str:
        return BODIES[self.kind].label


def bodies(look: Look) -> list[Convened]:
    """Bodies in being and their seats in force, in one statement."""
    rows = Body.objects.within(look.scope).on(look.day).seated(look.day).order_by("organization", "kind", "pk")
    found: dict[int, Convened] = {}
    for pk, organization_id, kind, term_due_on, seat, *rest in rows:
        body = found.setdefault(pk, Convened(pk, organization_id, BodyKind(kind), term_due_on))
        if seat is not None:
            body.seats.append(Sitting(seat, *rest))
    return list(found.values())


def judged(look: Look) -> dict[int, dict[int, Judgement]]:
    """Judgements of exclusions by body and seat, each held against its own community."""
    bound = [body for body in look.once(bodies) if body.kind in JUDGED]
    facts: dict[int, list[SeatFact]] = defaultdict(list)
    for body in bound:
        facts[body.organization_id] += [
            SeatFact(each.pk, each.person_id, body.kind, each.kinship_declared) for each in body.seats
        ]
    seats = Seat.objects.within(look.scope).on(look.day).filter(body__kind__in=JUDGED)
    kin: dict[int, list[Kin]] = defaultdict(list)
    for each in kin_of(seats.order_by().values("person")):
        kin[each.person_id].append(each)
        kin[each.relative_id].append(each)
    found: dict[int, Judgement] = {}
    for some in facts.values():
        found |= judge(some, [each for fact in some for each in kin.get(fact.person_id, ())])
    return {body.pk: {each.pk: found[each.pk] for each in body.seats} for body in bound}


class Drawn(NamedTuple):
    """A grid as it is drawn; ``leader``: the name of its 网格长."""

    pk: int
    organization_id: int
    number: str
    households: int
    leader: str | None


def _grids(look: Look) -> Any:
    return Grid.objects.within(look.scope).on(look.day)


def grids(look: Look) -> list[Drawn]:
    """Grids drawn."""
    rows = _grids(look).order_by("number")
    return [Drawn(*row) for row in rows.values_list("pk", "organization_id", "number", "households", "leader__name")]


def gaps(look: Look) -> dict[int, list[str]]:
    """What each grid lacks, by grid; complete ones are left out."""
    return uncovered([grid.pk for grid in look.once(grids)], look.day, among=_grids(look).order_by().values("pk"))
