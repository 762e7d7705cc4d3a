"""Exclusions between seats of a community (residents' committee law 8 and 36).

Article 8: members of the 居民委员会 recuse near relatives of each other. Article 36: neither members of the 居民委员会 nor
their near relatives sit in the 居务监督委员会. Near relatives are those of Civil Code 1045: spouse, parents, children,
siblings, grandparents, grandchildren; in-laws are not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from organizations.rules.bodies import BodyKind

NEAR_RELATIVES = frozenset({"spouse", "parent", "child", "sibling", "grandparent", "grandchild"})
JUDGED = frozenset({BodyKind.RESIDENTS_COMMITTEE, BodyKind.SUPERVISION})
BASIS = {
    BodyKind.RESIDENTS_COMMITTEE: "《城市居民委员会组织法》第八条：居民委员会成员实行近亲属回避",
    BodyKind.SUPERVISION: "《城市居民委员会组织法》第三十六条：居委会成员及其近亲属不得进入居务监督委员会",
}


class Verdict(StrEnum):
    """通过 is only said of a seat whose holder has declared; 未申报 is shown and never counted as passed."""

    PASSED = "passed"
    CONFLICT = "conflict"
    UNDECLARED = "undeclared"


VERDICT_WORDS = {Verdict.PASSED: "通过", Verdict.CONFLICT: "冲突", Verdict.UNDECLARED: "未申报"}


@dataclass(frozen=True)
class SeatFact:
    """A seat in force: whose, in which body, declared or not."""

    seat_id: int
    person_id: int
    kind: BodyKind
    declared: bool


@dataclass(frozen=True)
class Kin:
    """Two persons and what the second is to the first; direction does not matter here."""

    person_id: int
    relative_id: int
    relation: str


@dataclass(frozen=True)
class Judgement:
    """Verdict on a seat and the persons it clashes with (the holder himself: sits in both bodies)."""

    verdict: Verdict
    clashes: frozenset[int] = frozenset()


def near_pairs(kinships: Iterable[Kin]) -> dict[int, set[int]]:
    """Near relatives of each person, both ways."""
    pairs: dict[int, set[int]] = {}
    for kin in kinships:
        if kin.relation in NEAR_RELATIVES:
            pairs.setdefault(kin.person_id, set()).add(kin.relative_id)
            pairs.setdefault(kin.relative_id, set()).add(kin.person_id)
    return pairs


def clashes(kind: BodyKind, person_id: int, committee: set[int], near: set[int]) -> set[int]:
    """Persons who stand against the person's seat in a body of that kind; ``committee`` sits in the 居民委员会.

    A seat in the 居民委员会 is only held against other seats of the 居民委员会: it is the supervisor who must give way.
    """
    if kind == BodyKind.SUPERVISION:
        return ({person_id} | near) & committee
    if kind == BodyKind.RESIDENTS_COMMITTEE:
        return near & (committee - {person_id})
    return set()


def judge(seats: Iterable[SeatFact], kinships: Iterable[Kin]) -> dict[int, Judgement]:
    """Judgement by seat id for the seats of **one** community; bodies without exclusions are left out."""
    rows = list(seats)
    near = near_pairs(kinships)
    committee = {seat.person_id for seat in rows if seat.kind == BodyKind.RESIDENTS_COMMITTEE}
    return {
        seat.seat_id: _judgement(seat, clashes(seat.kind, seat.person_id, committee, near.get(seat.person_id, set())))
        for seat in rows
        if seat.kind in JUDGED
    }


def _judgement(seat: SeatFact, against: set[int]) -> Judgement:
    if against:
        return Judgement(Verdict.CONFLICT, frozenset(against))
    return Judgement(Verdict.PASSED if seat.declared else Verdict.UNDECLARED)


def overall(judgements: Iterable[Judgement]) -> Verdict | None:
    """The worst verdict: 冲突 before 未申报 before 通过; None for no seats."""
    found = {judgement.verdict for judgement in judgements}
    for verdict in (Verdict.CONFLICT, Verdict.UNDECLARED, Verdict.PASSED):
        if verdict in found:
            return verdict
    return None


def would_clash(kind: BodyKind, person_id: int, seats: Iterable[SeatFact], kinships: Iterable[Kin]) -> set[int]:
    """Persons who stand against seating the person; a new committee member is also held against the supervisors."""
    rows = list(seats)
    near = near_pairs(kinships).get(person_id, set())
    committee = {seat.person_id for seat in rows if seat.kind == BodyKind.RESIDENTS_COMMITTEE}
    supervision = {seat.person_id for seat in rows if seat.kind == BodyKind.SUPERVISION}
    against = clashes(kind, person_id, committee, near)
    if kind == BodyKind.RESIDENTS_COMMITTEE:
        against |= ({person_id} | near) & supervision
    return against
