"""What the rule checks of the register would say after an import that they do not say now, and what it would settle."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from linshu.figures.registry import LEVEL_WORDS, Check, Level, Look
from members.models import Category, Import
from members.providers.checks import CHECKS, counted, rolled
from members.providers.figures import roll
from members.services.importing.foreseeing import standing_after
from organizations.providers import readings

ORDER = {Level.OK: 0, Level.SOON: 1, Level.LATE: 2}


@dataclass(frozen=True)
class Turn:
    """An organisation of which a check would say something else: ``level`` and ``sentence`` are those afterwards."""

    organization_id: int
    organization: str
    code: str
    check: str
    before: Level
    level: Level
    sentence: str

    @property
    def is_worse(self) -> bool:
        """Would it be told then what is not told now, or more sharply?"""
        return ORDER[self.level] > ORDER[self.before]

    @property
    def words(self) -> str:
        """“注意：第一支部，党员 46 人，接近升格为社区党总支的 50 人。”"""
        word = LEVEL_WORDS[self.level] if self.is_worse or self.level != Level.OK else "解决"
        return f"{word}：{self.organization}，{self.sentence}"


def turns(record: Import, look: Look) -> list[Turn]:
    """What gets worse first, the worst on top, then what is settled; a constant number of queries.

    ``look`` is at the register of today, with what is in order. Organisations that the file itself establishes are
    checked once they are written.
    """
    after = _afterwards(record, look)
    found = [turn for check in CHECKS for turn in _turned(check, look, after)]
    return sorted(found, key=lambda each: (not each.is_worse, -ORDER[each.level]))


def _afterwards(record: Import, look: Look) -> Look:
    """The same look with the counts and committees that the import would leave."""
    standing = standing_after(record, today=look.day)
    members, full = (Counter(counts) for counts in roll(look))
    for (organization_id, category), count in standing.members.items():
        members[organization_id] += count
        if category != Category.PROBATIONARY:
            full[organization_id] += count
    after = Look(look.scope, look.day)
    for read in (readings.nodes, readings.values):
        after.tell(read, look.once(read))
    after.tell(readings.committees, {node: set() for node in standing.committees} | look.once(readings.committees))
    after.tell(counted, rolled(after, members, full))
    return after


def _turned(check: Check, look: Look, after: Look) -> Iterator[Turn]:
    before = {each.organization_id: each.level for each in check.find(look)}
    nodes = look.once(readings.nodes)

    def turn(place: int, level: Level, sentence: str) -> Turn:
        then = before.get(place, Level.OK)
        return Turn(place, nodes[place].place, check.code, check.name, then, level, sentence)

    told = {each.organization_id: turn(each.organization_id, each.level, each.sentence) for each in check.find(after)}
    gone = [turn(place, Level.OK, f"{check.name}的要求不再适用。") for place in before.keys() - told.keys()]
    yield from (each for each in (*told.values(), *gone) if each.level != each.before)
