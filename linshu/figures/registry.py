"""One concept for every counted number, and the rule checks that are built on them.

A number is computed in one place and always has its list behind it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from linshu.scope import Actor, Right, Scope

T = TypeVar("T")
Counts = Mapping[int, int]


@dataclass(frozen=True)
class Look:
    """One look at a scope on a day, from which figures and checks are told.

    ``everyone`` counts also who left since by what his line in a list hides: for tables whose numbers open no list.
    ``codes`` are the figures that will be asked for, so that what is counted in one statement counts no more; None: any.
    ``met``: are findings of what is in order wanted too? What several of them need is a plain function of the look,
    read ``once`` however many ask for it.
    """

    scope: Scope
    day: date
    everyone: bool = False
    codes: frozenset[str] | None = None
    met: bool = True
    _read: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, read: Callable[..., T], *given: object) -> T:
        """What ``read`` tells of this look and of what else it is given; kept for whoever asks next."""
        key = (read, *given)
        if key not in self._read:
            self._read[key] = read(self, *given)
        found: T = self._read[key]
        return found

    def tell(self, read: Callable[["Look"], T], known: T) -> None:
        """What ``read`` would tell, known already to whoever looks."""
        self._read[read,] = known


@dataclass(frozen=True)
class Figure:
    """A counted number.

    ``compute(look)`` returns each organisation's *own* count by organisation id, in a constant number of queries;
    cumulative counts are rolled up by ``organizations``. ``list_url(organization_id)`` opens the list behind it, in
    the same scope and filter. ``right`` is what one needs to see the number. Figures of one ``structure`` (年龄结构)
    part a whole. ``whole(look, place)`` counts all organisations of the look together, or those that stood under the
    place on the day, where that is cheaper than to sum them up.

    ``filed``: of a past day its list leaves out who left since, for it goes by what his line hides. ``note`` says why
    the number of a past day cannot be told, where the register keeps no past of what it goes by; else empty. ``on_card``:
    a card of the node page tells it, which comes after the page and has read what it counts. ``deferred``: it looks at
    more than the tree and its periods (every person, every post), so pages tell it with what comes after them.
    """

    code: str
    name: str
    unit: str
    right: Right
    compute: Callable[[Look], Counts]
    list_url: Callable[[int], str]
    structure: str = ""
    whole: Callable[[Look, int | None], int] | None = None
    filed: bool = False
    note: str = ""
    on_card: bool = False
    deferred: bool = False

    def total(self, look: Look) -> int:
        """The number of everything the look sees."""
        return self.whole(look, None) if self.whole else sum(self.compute(look).values())


class Looks:
    """What an actor may look at on a day: one look for each scope he holds, shared by the rights that reach as far.

    ``given``: ``everyone``, ``codes`` and ``met`` of each look.
    """

    def __init__(self, actor: Actor, day: date, **given: Any) -> None:
        self.actor, self.day, self._given = actor, day, given
        self._looks: dict[Scope, Look] = {}

    def under(self, right: Right) -> Look:
        """The look at where the right is held; at nothing where it is held nowhere."""
        return self.at(self.actor.scope(right))

    def at(self, scope: Scope) -> Look:
        """The look at one of his scopes."""
        return self._looks.setdefault(scope, Look(scope, self.day, **self._given))


def on_day(url: str, day: date | None) -> str:
    """The list for a day before today; None: as it is."""
    return f"{url}{'&' if '?' in url else '?'}as_of={day}" if day else url


class Level(StrEnum):
    """State of a rule check; always shown with its word and icon."""

    LATE = "late"
    SOON = "soon"
    OK = "ok"


LEVEL_WORDS = {Level.LATE: "不合", Level.SOON: "注意", Level.OK: "合格"}


class Finding(NamedTuple):
    """What a check found at one organisation, and the operation that mends it.

    ``sentence`` says what is so and ``task`` what to do, as a title (办理换届); neither names the organisation or the
    day in ``due_on``, which the page shows beside them. ``action`` is the word of the link ``url``. ``figure`` is the
    number that was counted and ``limit`` what it is held against, in words (不超过 50 人); ``right`` is what one needs
    at the organisation to follow the link, where seeing the finding is not enough.
    """

    organization_id: int
    level: Level
    sentence: str
    basis: str
    action: str = ""
    url: str = ""
    due_on: date | None = None
    task: str = ""
    figure: int | None = None
    limit: str = ""
    right: Right | None = None


@dataclass(frozen=True)
class Check:
    """A rule check. ``find(look)`` yields findings in a constant number of queries: of every level, or of what is not
    met where the look asks for no more."""

    code: str
    name: str
    right: Right
    find: Callable[[Look], Iterable[Finding]]


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
