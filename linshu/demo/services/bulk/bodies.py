"""Bodies of every community with their residents, and its grids."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from linshu.demo.rules.landscape import Landscape, Node
from linshu.demo.rules.linshu import REPRESENTATIVES, ROADS, SEATS
from linshu.demo.rules.population import FictionalPerson
from linshu.demo.services.bulk.loading import load
from linshu.demo.services.bulk.maker import Maker
from linshu.demo.services.bulk.people import write_people
from linshu.people.models import Person
from linshu.workdays.rules.calendar import add_years
from organizations.models import Body, Grid, Seat
from organizations.rules.bodies import BodyKind
from organizations.rules.exclusions import JUDGED
from organizations.rules.kinds import BRANCHES, COMMUNITIES

SINCE, UNTIL, YEARS = date(2021, 12, 1), date(2024, 6, 1), 5
LEAST_GRIDS, MOST_GRIDS = 2, 8
UNDECLARED, UNCOVERED, WITHOUT_SUPERVISION = 0.005, 0.03, 0.03
CHAIR_OF_RESIDENTS = ("主任",)


@dataclass(frozen=True)
class Chair:
    """A resident about to sit in a body."""

    id: int
    person: FictionalPerson
    body: Body
    title: str
    constituency: str


def write_bodies(maker: Maker, landscape: Landscape) -> None:
    """Bodies and seats; a few communities lack the 居务监督委员会, a few seats have not declared their relatives."""
    bodies = [body for node in landscape.of_kind(*COMMUNITIES) for body in _bodies(maker, node)]
    places = {node.id: node.name.removeprefix("中共") for node in landscape.of_kind(*COMMUNITIES)}
    chairs = [chair for body in bodies for chair in _chairs(maker, body, places[body.organization_id])]
    maker.wrote(load(bodies), Body)
    write_people([chair.person for chair in chairs], chairs[0].id)
    maker.wrote(len(chairs), Person)
    maker.wrote(load(_seat(maker, chair) for chair in chairs), Seat)


def write_grids(maker: Maker, landscape: Landscape) -> None:
    """Two to eight grids a community, covered by its branches in turn; a few by none."""
    maker.wrote(load(grid for node in landscape.of_kind(*COMMUNITIES) for grid in _grids(maker, node, landscape)), Grid)


def _bodies(maker: Maker, node: Node) -> Iterator[Body]:
    begun = maker.day(SINCE, UNTIL)
    for kind in BodyKind:
        if kind == BodyKind.SUPERVISION and maker.random.random() < WITHOUT_SUPERVISION:
            continue
        yield Body(
            pk=maker.key(Body), organization_id=node.id, kind=kind.value, term_from=begun,
            term_due_on=add_years(begun, YEARS), valid_from=begun,
        )  # fmt: skip


def _chairs(maker: Maker, body: Body, place: str) -> Iterator[Chair]:
    kind = BodyKind(body.kind)
    titles = (CHAIR_OF_RESIDENTS if kind == BodyKind.RESIDENTS_COMMITTEE else ()) + SEATS.get(kind, ())
    groups = range(1, REPRESENTATIVES + 1 if kind == BodyKind.REPRESENTATIVES else 1)
    for title, constituency in [
        *((each, "") for each in titles),
        *(("居民代表", f"第{group}居民小组") for group in groups),
    ]:
        yield Chair(maker.key(Person), maker.population.person(place=place), body, title, constituency)


def _seat(maker: Maker, chair: Chair) -> Seat:
    declared = chair.body.kind in JUDGED and maker.random.random() >= UNDECLARED
    return Seat(
        pk=maker.key(Seat), body_id=chair.body.pk, person_id=chair.id, title=chair.title,
        constituency=chair.constituency, kinship_declared=declared, valid_from=chair.body.valid_from,
    )  # fmt: skip


def _grids(maker: Maker, node: Node, landscape: Landscape) -> Iterator[Grid]:
    parties = [each for each in landscape.of_kind(*BRANCHES) if each.parent_id == node.id]
    for place in range(maker.random.randint(LEAST_GRIDS, MOST_GRIDS)):
        east, south, west, north = (ROADS[(place + turn) % len(ROADS)] for turn in range(4))
        covered = bool(parties) and maker.random.random() >= UNCOVERED
        yield Grid(
            pk=maker.key(Grid), organization_id=node.id, number=f"{place + 1:02d}",
            bounds=f"东至{east}，南至{south}，西至{west}，北至{north}", households=maker.random.randint(290, 410),
            buildings=f"{place * 8 + 1}号楼至{place * 8 + 8}号楼",
            party_organization_id=parties[place % len(parties)].id if covered else None,
            valid_from=maker.day(node.established_on, maker.today),
        )  # fmt: skip
