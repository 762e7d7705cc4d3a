"""One concept for every counted number, and the rule checks that are built on them.

A number is computed in one place and always has its list behind it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from linshu.scope import Right, Scope

Counts = Mapping[int, int]


@dataclass(frozen=True)
class Figure:
    """A counted number.

    ``compute(scope, day)`` returns each organisation's *own* count by organisation id, in a constant number of
    queries; cumulative counts are rolled up by ``organizations``. ``list_url(organization_id)`` opens the list behind
    it, in the same scope and filter. ``right`` is what one needs to see the number.
    """

    code: str
    name: str
    unit: str
    right: Right
    compute: Callable[[Scope, date], Counts]
    list_url: Callable[[int], str]


class Level(StrEnum):
    """State of a rule check; always shown with its word and icon."""

    LATE = "late"
    SOON = "soon"
    OK = "ok"


LEVEL_WORDS = {Level.LATE: "不合", Level.SOON: "注意", Level.OK: "合格"}


@dataclass(frozen=True)
class Finding:
    """What a check found at one organisation, and the operation that mends it.

    ``sentence`` says what is so and ``task`` what to do, as a title (办理换届); neither names the organisation or the
    day in ``due_on``, which the page shows beside them. ``action`` is the word of the link ``url``.
    """

    organization_id: int
    level: Level
    sentence: str
    basis: str
    action: str = ""
    url: str = ""
    due_on: date | None = None
    task: str = ""


@dataclass(frozen=True)
class Check:
    """A rule check. ``find(scope, day)`` yields findings of every level in a constant number of queries."""

    code: str
    name: str
    right: Right
    find: Callable[[Scope, date], Iterable[Finding]]


_figures: dict[str, Figure] = {}
_checks: dict[str, Check] = {}


def register(figure: Figure) -> None:
    """Add a figure; a code is used once."""
    if figure.code in _figures:
        raise ValueError(f"figure registered twice: {figure.code}")
    _figures[figure.code] = figure


def register_check(check: Check) -> None:
    """Add a rule check; a code is used once."""
    if check.code in _checks:
        raise ValueError(f"check registered twice: {check.code}")
    _checks[check.code] = check


def figure(code: str) -> Figure:
    """The figure of that code; an unknown code raises KeyError."""
    return _figures[code]


def figures() -> list[Figure]:
    """Every figure in order of registration."""
    return list(_figures.values())


def checks() -> list[Check]:
    """Every rule check in order of registration."""
    return list(_checks.values())
