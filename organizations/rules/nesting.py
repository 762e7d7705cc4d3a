"""Nested intervals of a forest: the numbers mptt keeps, computed afresh to number and to compare."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
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


def roll_up(intervals: Iterable[Interval], own: Mapping[int, int]) -> dict[int, int]:
    """Cumulative counts by id: each node's own count and those of the nodes inside its interval.

    ``own`` may name nodes that are not among the intervals: they are not seen, so they do not count.
    """
    totals: dict[int, int] = {}
    path: list[Interval] = []
    for interval in sorted(intervals, key=lambda each: (each[1], each[2])):
        node, tree_id, lft, _ = interval
        while path and (path[-1][1] != tree_id or path[-1][3] < lft):
            path.pop()
        totals[node] = 0
        path.append(interval)
        for above, *_ in path:
            totals[above] += own.get(node, 0)
    return totals
