"""What the rule checks find below a place: by check for the card, by place for the table, one by one for the list."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from django.urls import reverse

from linshu.dashboard.providers.addresses import dated, findings_url
from linshu.dashboard.providers.ground import OVERSEEING, Ground
from linshu.dashboard.rules.comparing import LEVELS
from linshu.figures.registry import LEVEL_WORDS, Check, Finding, Level, checks

NAMED = 3  # places named under a check


class Found(NamedTuple):
    """A finding with its check."""

    check: Check
    finding: Finding

    @property
    def level_word(self) -> str:
        return LEVEL_WORDS[self.finding.level]


@dataclass(frozen=True)
class Group:
    """What one check found at one level; ``places`` are the first few of the ``at``, in order of the tree."""

    code: str
    name: str
    level: Level
    sentence: str
    places: list[str]
    at: int
    count: int
    url: str

    @property
    def more(self) -> bool:
        return self.at > len(self.places)


def find(ground: Ground, code: str = "") -> list[Found]:
    """Everything that is not in order at the place and below, of one check where it is given."""
    inside = ground.ids
    return [
        Found(check, each)
        for check in checks()
        if code in ("", check.code) and ground.actor.scope(check.right)
        for each in check.find(ground.look(check.right))
        if each.level != Level.OK and each.organization_id in inside
    ]


@dataclass(frozen=True)
class Line:
    """A line of the list: what was found, at which place, and the place it stands under."""

    found: Found
    place: str
    above: str

    @property
    def url(self) -> str:
        """Where it is mended, else the place itself."""
        return self.found.finding.url or reverse("organizations:node", args=[self.found.finding.organization_id])

    @property
    def title(self) -> str:
        return self.found.finding.task or self.found.finding.sentence.rstrip("。")


def rows(ground: Ground, found: Sequence[Found], *, by_place: bool = False) -> list[Line]:
    """In the order of the checks, what fails first; or in the order of the tree."""
    order = {place.id: number for number, place in enumerate([ground.top, *ground.places])}
    levels, codes = list(Level), [each.code for each in checks()]

    def key(each: Found) -> tuple[int, ...]:
        check = (levels.index(each.finding.level), codes.index(each.check.code))
        place = order[each.finding.organization_id]
        return (place, *check) if by_place else (*check, place)

    nodes = ground.nodes
    heads = headings(ground)
    return [
        Line(each, nodes[each.finding.organization_id].place, heads[each.finding.organization_id])
        for each in sorted(found, key=key)
    ]


def headings(ground: Ground) -> dict[int, str]:
    """The community each place stands in, by its name; a place above communities is its own."""
    names = {ground.top.id: ground.top.name}
    for place in ground.places:
        inside = place.parent_id in names and place.kind not in OVERSEEING
        names[place.id] = names[place.parent_id] if inside and place.parent_id else place.name
    return names


def offered(ground: Ground, found: Sequence[Found]) -> dict[str, Any]:
    """What the list can be narrowed to: the checks the reader sees, and how many there are of each level."""
    counts = Counter(each.finding.level for each in found)
    return {
        "checks": [each for each in checks() if ground.actor.may(each.right)],
        "tabs": [(level.value, LEVEL_WORDS[level], counts[level]) for level in LEVELS],
        "total": len(found),
    }


def counts_by_level(ground: Ground, found: Sequence[Found]) -> dict[str, dict[int, int]]:
    """Cumulative numbers of findings by level and place."""
    own: dict[str, Counter[int]] = {level.value: Counter() for level in LEVELS}
    for each in found:
        own[each.finding.level][each.finding.organization_id] += 1
    return {level: ground.rolled(counts) for level, counts in own.items()}


def groups(ground: Ground, found: Sequence[Found]) -> dict[Level, list[Group]]:
    """By level, then by check, the most frequent first."""
    sets: dict[tuple[Level, str], list[Found]] = defaultdict(list)
    for each in found:
        sets[each.finding.level, each.check.code].append(each)
    order = {place.id: number for number, place in enumerate([ground.top, *ground.places])}
    by_level: dict[Level, list[Group]] = {level: [] for level in LEVELS}
    for (level, code), some in sets.items():
        places = [ground.nodes[pk].place for pk in _first_places(some, order)]
        url = dated(findings_url(ground.top.id, code=code, level=level), ground.past)
        at = len({each.finding.organization_id for each in some})
        by_level[level].append(Group(code, some[0].check.name, level, _said(some), places, at, len(some), url))
    return {level: sorted(some, key=lambda each: -each.count) for level, some in by_level.items()}


def _first_places(some: Sequence[Found], order: dict[int, int]) -> list[int]:
    pks = sorted({each.finding.organization_id for each in some}, key=lambda pk: order[pk])
    return list(islice(pks, NAMED))


def _said(some: Sequence[Found]) -> str:
    """What all of them say, or do; where they differ, the name of the check."""
    for said in ({each.finding.sentence.rstrip("。") for each in some}, {each.finding.task for each in some}):
        if len(said) == 1 and (words := said.pop()):
            return words
    return some[0].check.name
