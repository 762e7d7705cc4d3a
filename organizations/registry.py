"""What higher apps tell organisations: standing of persons in the Party, candidates for posts, coverage of grids."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date


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
    covered: Callable[[Collection[int], date], set[int]]


StandingOf = Callable[[Collection[int], date], dict[int, Standing]]
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


def standing_of(person_ids: Collection[int], day: date) -> dict[int, Standing]:
    """Members among the persons; who is missing is no member of this register."""
    if _standing is None:
        raise RuntimeError("members has not registered who is a member")
    return _standing(person_ids, day) if person_ids else {}


def candidates_of(organization_id: int, day: date, text: str) -> list[Candidate]:
    """Members below the node who answer to ``text``; the empty text finds all."""
    if _candidates is None:
        raise RuntimeError("members has not registered its candidates")
    return _candidates(organization_id, day, text)


def coverages() -> list[Coverage]:
    """Every kind of coverage in order of registration."""
    return list(_coverages.values())
