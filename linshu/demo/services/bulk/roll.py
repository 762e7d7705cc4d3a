"""Members of a county: who belongs where since when, where he was before, who has died."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from linshu.demo.rules.landscape import Landscape, Node
from linshu.demo.rules.population import Admitted, FictionalPerson
from linshu.demo.rules.sizes import Size
from linshu.demo.services.bulk.loading import load
from linshu.demo.services.bulk.maker import REASON, Maker
from linshu.demo.services.bulk.people import write_people
from linshu.people.models import Person
from members.models import Category, Membership
from members.rules.membership import starts_on
from organizations.models import OPEN_END

DIED, MOVED = 0.04, 0.08  # of those on the register today


@dataclass(frozen=True)
class Line:
    """A person on the register of a leaf."""

    id: int
    person: FictionalPerson
    admitted: Admitted
    leaf: Node
    destination: str

    @property
    def may_lead(self) -> bool:
        """Alive, a full member, and here."""
        return not (self.person.died_on or self.destination) and self.admitted.full_on is not None


Roll = dict[int, list[Line]]  # by leaf


def write_roll(maker: Maker, landscape: Landscape, size: Size) -> Roll:
    """Persons and memberships; returns who is there."""
    lines = list(_lines(maker, landscape, size))
    sort_keys = write_people([line.person for line in lines], lines[0].id)
    maker.wrote(len(lines), Person)
    leaves = landscape.leaves()
    rows = (
        _membership(maker, line, stay, county_id=landscape.nodes[0].id, pinyin_key=sort_key)
        for line, sort_key in zip(lines, sort_keys, strict=True)
        for stay in _stays(maker, line, leaves)
    )
    maker.wrote(load(rows), Membership)
    roll: Roll = defaultdict(list)
    for line in lines:
        roll[line.leaf.id].append(line)
    return roll


def _lines(maker: Maker, landscape: Landscape, size: Size) -> Iterator[Line]:
    for leaf, members in landscape.shares(size.members):
        place = leaf.name.removeprefix("中共").partition("社区")[0] + "社区"
        dead = int(members * DIED + maker.random.random())
        for number in range(members + dead):
            person = maker.population.person(place=place, died_after=leaf.established_on if number >= members else None)
            destination = "" if person.died_on else maker.population.destination()
            yield Line(maker.key(Person), person, maker.population.admitted(person), leaf, destination)


@dataclass(frozen=True)
class Stay:
    """A period in a leaf; ``inferred`` where no move tells its start."""

    leaf: Node
    start: date
    end: date
    inferred: bool
    reason: str = REASON


def _stays(maker: Maker, line: Line, leaves: list[Node]) -> Iterator[Stay]:
    """One, or two for who came from another branch of the county."""
    end = line.person.died_on or OPEN_END
    start = starts_on(line.admitted.joined_on, line.leaf.established_on)
    if maker.random.random() < MOVED:
        before = maker.random.choice(leaves)
        earlier = starts_on(line.admitted.joined_on, before.established_on)
        on = maker.day(start, min(end, maker.today) - timedelta(days=1))
        if before is not line.leaf and earlier < on:
            yield Stay(before, earlier, on, inferred=True)
            yield Stay(line.leaf, on, end, inferred=False, reason="组织关系转入")
            return
    yield Stay(line.leaf, start, end, inferred=True)


def _membership(maker: Maker, line: Line, stay: Stay, **keys: Any) -> Membership:
    full_on = line.admitted.full_on
    return Membership(
        pk=maker.key(Membership), person_id=line.id, organization_id=stay.leaf.id, joined_on=line.admitted.joined_on,
        full_on=full_on, category=(Category.FULL if full_on else Category.PROBATIONARY).value,
        is_mobile=bool(line.destination), destination=line.destination, valid_from=stay.start, valid_to=stay.end,
        start_inferred=stay.inferred, reason=stay.reason, **keys,
    )  # fmt: skip
