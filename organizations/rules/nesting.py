"""Nested intervals of a forest: the numbers mptt keeps, computed afresh to number and to compare."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from organizations.rules.kinds import Kind


@dataclass(frozen=True, slots=True)
class Numbers:
    """Place of a node: its tree (1, 2, … in order of roots), interval and depth (root: 0)."""

    tree_id: int
    lft: int
    rght: int
    level: int


def nest(parents: Mapping[int, int | None]) -> dict[int, Numbers]:
    """Numbers of every node by id, given the parent's id of each; siblings stand in the order they are given.

    A node in a cycle, or below a parent that is not there, gets no numbers.
    """
    children: dict[int | None, list[int]] = defaultdict(list)
    for node, parent in parents.items():
        children[parent].append(node)
    numbers: dict[int, Numbers] = {}
    for tree_id, root in enumerate(children[None], start=1):
        _number(root, children, tree_id, numbers)
    return numbers


def _number(root: int, children: Mapping[int | None, list[int]], tree_id: int, numbers: dict[int, Numbers]) -> None:
    """Walk without recursion: a chain may be longer than Python's stack."""
    count = 1
    stack = [(root, 1, iter(children.get(root, ())))]
    while stack:
        node, lft, rest = stack[-1]
        child = next(rest, None)
        count += 1
        if child is None:
            numbers[node] = Numbers(tree_id, lft, count, len(stack) - 1)
            stack.pop()
        else:
            stack.append((child, count, iter(children.get(child, ()))))


Interval = tuple[int, int, int, int]  # id, tree_id, lft, rght


class Rolling:
    """Rolls counts up a tree; where they go is worked out once, for however many counts."""

    def __init__(self, intervals: Iterable[Interval]) -> None:
        self._nodes: list[int] = []
        self._steps: list[tuple[int, int]] = []  # (node, the one above), from the last node to the first
        path: list[Interval] = []
        for interval in sorted(intervals, key=itemgetter(1, 2)):
            node, tree_id, lft, _ = interval
            while path and (path[-1][1] != tree_id or path[-1][3] < lft):
                path.pop()
            self._nodes.append(node)
            if path:
                self._steps.append((node, path[-1][0]))
            path.append(interval)
        self._steps.reverse()

    def __call__(self, own: Mapping[int, int]) -> dict[int, int]:
        """Cumulative counts by id: each node's own count and those of the nodes inside its interval.

        ``own`` may name nodes that are not among the intervals: they are not seen, so they do not count.
        """
        totals = {node: own.get(node, 0) for node in self._nodes}
        for node, above in self._steps:
            totals[above] += totals[node]
        return totals


def roll_up(intervals: Iterable[Interval], own: Mapping[int, int]) -> dict[int, int]:
    """One count rolled up."""
    return Rolling(intervals)(own)


@dataclass(frozen=True)
class Outline:
    """A reader's tree without names: the parent of each node, parents first; a parent out of sight is no key.

    ``kinds``: of the nodes that stand; those that do not are closed.
    """

    parents: Mapping[int, int | None]
    intervals: Sequence[Interval]
    kinds: Mapping[int, Kind]

    def path(self, node: int) -> list[int]:
        """From the top of the reader's tree down to the node."""
        path: list[int] = []
        here: int | None = node
        while here is not None and here in self.parents:
            path.append(here)
            here = self.parents[here]
        return path[::-1]

    def below(self, node: int) -> set[int]:
        """The node and everything under it."""
        inside = {node}
        for each, parent in self.parents.items():
            if parent in inside:
                inside.add(each)
        return inside

    def drawn(self, opened: Collection[int], *, closed: bool) -> dict[int, int | None]:
        """The tops and the children of what is opened; closed nodes only where ``closed``."""
        shown: dict[int, int | None] = {}
        for each, parent in self.parents.items():
            if (closed or each in self.kinds) and (
                parent not in self.parents or (parent in shown and parent in opened)
            ):
                shown[each] = parent
        return shown

    def inner(self, *, closed: bool) -> set[int | None]:
        """Nodes with something under them."""
        return {parent for each, parent in self.parents.items() if closed or each in self.kinds}
