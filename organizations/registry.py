"""What higher apps tell organisations: who is a member, who may be chosen, what covers a grid, who hangs on a node."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.db.models import QuerySet

from linshu.scope import Actor

Ids = Collection[int] | QuerySet[Any]  # ids, or the query that tells them: of thousands it costs less


@dataclass(frozen=True)
class Standing:
    """A person's membership on a day: where, and since when full (None: probationary)."""

    organization_id: int
    full_on: date | None

    @property
    def is_full(self) -> bool:
        return self.full_on is not None


@dataclass(frozen=True)
class Candidate:
    """A person who may be chosen for a post, seat or grid; ``remark`` tells namesakes apart (branch, category)."""

    person_id: int
    name: str
    remark: str = ""


@dataclass(frozen=True)
class Coverage:
    """One thing every grid must have (rule book 1.1); ``covered(grid_ids, day)`` returns the grids that have it."""

    code: str
    name: str
    covered: Callable[[Ids, date], set[int]]


StandingOf = Callable[[Ids, date], dict[int, Standing]]
CandidatesOf = Callable[[int, date, str], list[Candidate]]

_standing: StandingOf | None = None
_candidates: CandidatesOf | None = None
_coverages: dict[str, Coverage] = {}


def register_standing(standing: StandingOf) -> None:
    """``standing(person_ids, day)``: those of them who are members on the day, by person id, in one query."""
    global _standing
    _standing = standing


def register_candidates(candidates: CandidatesOf) -> None:
    """``candidates(organization_id, day, text)``: members below the node whose name or initials begin with ``text``."""
    global _candidates
    _candidates = candidates


def register_coverage(coverage: Coverage) -> None:
    """Add a kind of coverage; a code is used once."""
    if coverage.code in _coverages:
        raise ValueError(f"coverage registered twice: {coverage.code}")
    _coverages[coverage.code] = coverage


def standing_of(person_ids: Ids, day: date) -> dict[int, Standing]:
    """Members among the persons; who is missing is no member of this register."""
    if _standing is None:
        raise RuntimeError("members has not registered who is a member")
    return _standing(person_ids, day)


def candidates_of(organization_id: int, day: date, text: str) -> list[Candidate]:
    """Members below the node who answer to ``text``; the empty text finds all."""
    if _candidates is None:
        raise RuntimeError("members has not registered its candidates")
    return _candidates(organization_id, day, text)


def coverages() -> list[Coverage]:
    """Every kind of coverage in order of registration."""
    return list(_coverages.values())


@dataclass(frozen=True)
class Blocker:
    """A row that forbids closing the node, as a full sentence with what to do; ``url`` is where it is done."""

    organization_id: int
    sentence: str
    url: str = ""


@dataclass(frozen=True)
class Carried:
    """A row on a node that a merger or split carries along; ``key`` picks it, ``full`` marks a full member."""

    organization_id: int
    key: str
    label: str
    full: bool = False


class Carry(Protocol):
    """Moves rows from one node to another from ``on`` on, inside the restructuring transaction; tells how many.

    ``keys`` picks rows by ``Carried.key``; None moves all.
    """

    def __call__(
        self, source_id: int, target_id: int, *, on: date, keys: Collection[str] | None, by: Actor, now: datetime
    ) -> int: ...


@dataclass(frozen=True)
class Dependants:
    """An app's rows that hang on nodes, asked whenever nodes are restructured on a day.

    ``blockers(node_ids, on)`` forbid closing, ``preview(node_ids, on)`` lists what ``carry`` would move; both in a
    constant number of queries. ``label`` with its measure word reads in ``带走 5 {label}``: 名党员.
    """

    code: str
    label: str
    blockers: Callable[[Collection[int], date], list[Blocker]]
    preview: Callable[[Collection[int], date], list[Carried]]
    carry: Carry


_dependants: dict[str, Dependants] = {}


def register_dependants(dependants: Dependants) -> None:
    """Add an app's rows; a code is used once."""
    if dependants.code in _dependants:
        raise ValueError(f"dependants registered twice: {dependants.code}")
    _dependants[dependants.code] = dependants


def dependants() -> list[Dependants]:
    """Every kind of row that hangs on nodes, in order of registration."""
    return list(_dependants.values())
