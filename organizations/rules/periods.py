"""Periods of the tree: what an operation changes on a day, and what no day of the tree may show (rule book 1.1).

Pure: the truth is a flat list of periods, half-open, the open one ends 9999-12-31. A plan cuts open periods on one day.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from linshu.errors import Conflict, Invalid
from organizations.rules.kinds import KINDS, Kind, may_stand_under

OPEN_END = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Period:
    """What ``node`` was from ``valid_from`` until before ``valid_to``; a node not yet saved has a negative id."""

    node: int
    parent: int | None
    kind: Kind
    name: str
    short_name: str
    valid_from: date
    valid_to: date = OPEN_END
    group_kind: str = ""

    def on(self, day: date) -> bool:
        """Is it in force on the day?"""
        return self.valid_from <= day < self.valid_to


@dataclass(frozen=True)
class Plan:
    """One operation on the day ``on``: nodes that begin, nodes that go on differently (their tails), nodes that end."""

    on: date
    new: tuple[Period, ...] = ()
    changed: tuple[Period, ...] = ()
    closed: tuple[int, ...] = ()

    @property
    def touched(self) -> frozenset[int]:
        """Saved nodes the plan reads or writes: its own and the parents they get."""
        ids = {period.node for period in self.changed} | set(self.closed)
        ids |= {period.parent for period in (*self.new, *self.changed) if period.parent is not None}
        return frozenset(node for node in ids if node > 0)


@dataclass(frozen=True)
class Violation:
    """What is wrong with a node from a day on; ``code`` is for programs, ``message`` for people."""

    node: int
    day: date
    code: str
    message: str


def tail(period: Period, on: date, **changes: object) -> Period:
    """The open period going on from ``on`` with changes."""
    return replace(period, valid_from=on, valid_to=OPEN_END, **changes)  # type: ignore[arg-type]


def open_period(timeline: Iterable[Period], node: int) -> Period:
    """The node's open period; Conflict for a node already closed."""
    for period in timeline:
        if period.node == node and period.valid_to == OPEN_END:
            return period
    raise Conflict("这个组织已经撤销，不能再办理变动。请刷新页面，到接续它的组织办理。", code="closed")


def apply(timeline: Collection[Period], plan: Plan) -> list[Period]:
    """The timeline after the plan: the open period of each node touched is cut on the day."""
    ends = {period.node for period in plan.changed} | set(plan.closed)
    for node in ends:
        _check_cut(open_period(timeline, node), plan.on)
    kept = [
        replace(period, valid_to=plan.on) if period.node in ends and period.valid_to == OPEN_END else period
        for period in timeline
    ]
    return [*kept, *plan.changed, *plan.new]


def _check_cut(period: Period, on: date) -> None:
    if on == period.valid_from:
        raise Invalid.field(
            "on",
            f"{period.name}在 {on} 已有一次变动，同一天不能再办。原来登记有误的请用“更正”，否则请改日期。",
            rule="同一天只有一次变动",
            value=on,
        )
    if on < period.valid_from:
        raise Invalid.field(
            "on",
            f"{period.name}现在的情况自 {period.valid_from} 起，变动日期 {on} 不能早于它。原来登记有误的请用“更正”。",
            rule="变动只从现在的情况之后开始",
            value=on,
        )


class _History:
    """Periods by node, looked up by day."""

    def __init__(self, timeline: Iterable[Period]) -> None:
        rows: dict[int, list[Period]] = defaultdict(list)
        for period in timeline:
            rows[period.node].append(period)
        self.rows = {node: sorted(periods, key=lambda each: each.valid_from) for node, periods in rows.items()}

    def at(self, node: int, day: date) -> Period | None:
        periods = self.rows.get(node, [])
        place = bisect_right(periods, day, key=lambda each: each.valid_from)
        found = periods[place - 1] if place else None
        return found if found is not None and found.on(day) else None


def violations(timeline: Collection[Period], *, since: date) -> list[Violation]:
    """What breaks on any day from ``since`` on; empty when every day's tree is sound.

    Between boundaries nothing changes, so each period is compared with its parent's periods, and a cycle is met by
    climbing on the day the last of its edges begins.
    """
    history = _History(timeline)
    found: list[Violation] = []
    for periods in history.rows.values():
        found += _chain_faults(periods, since)
        for period in periods:
            if period.valid_to > since:
                found += _parent_faults(period, history, since)
    return found


def _chain_faults(periods: list[Period], since: date) -> Iterable[Violation]:
    """A node's own periods follow one another without gap or overlap."""
    for before, after in pairwise(periods):
        if before.valid_to != after.valid_from and max(before.valid_to, after.valid_from) > since:
            message = f"{after.name}的沿革在 {before.valid_to} 与 {after.valid_from} 之间不相接，前后两段应首尾相连。"
            yield Violation(after.node, max(since, after.valid_from), "chain", message)


def _parent_faults(period: Period, history: _History, since: date) -> Iterable[Violation]:
    day = max(period.valid_from, since)
    if period.parent is None:
        if not may_stand_under(period.kind, None):
            yield _fault(period, day, "kind", f"{period.name}是{KINDS[period.kind].label}，必须有上级组织。")
        return
    if _meets_itself(period, history, day):
        yield _fault(period, day, "cycle", f"{period.name}不能放到它自己或它的下级之下（{day}）。请另选上级。")
        return
    while day < period.valid_to:
        parent = history.at(period.parent, day)
        if parent is None:
            yield _orphan(period, history, day)
            return
        if not may_stand_under(period.kind, parent.kind):
            message = (
                f"{KINDS[period.kind].label}“{period.name}”不能设在{KINDS[parent.kind].label}“{parent.name}”之下"
                f"（{day}）。{_parents_of(period.kind)}"
            )
            yield _fault(period, day, "kind", message)
        day = parent.valid_to


def _orphan(period: Period, history: _History, day: date) -> Violation:
    rows = history.rows.get(period.parent or 0, [])
    if not rows or day < rows[0].valid_from:
        return _fault(period, day, "parent", f"{period.name}的上级在 {day} 还没有成立。请改日期或另选上级。")
    return _fault(
        period, day, "child", f"{rows[-1].name}自 {day} 起撤销，但下级{period.name}还在。请先移走或撤销它的下级。"
    )


def _parents_of(kind: Kind) -> str:
    names = "、".join(sorted(KINDS[parent].label for parent in KINDS[kind].parents))
    return f"可以设在：{names}之下。" if names else "它没有上级。"


def _meets_itself(period: Period, history: _History, day: date) -> bool:
    seen: set[int] = set()
    node: int | None = period.parent
    while node is not None and node not in seen:
        if node == period.node:
            return True
        seen.add(node)
        above = history.at(node, day)
        node = above.parent if above is not None else None
    return False


def _fault(period: Period, day: date, code: str, message: str) -> Violation:
    return Violation(period.node, day, code, message)
