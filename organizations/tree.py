"""The tree as a whole: its one lock, its shape on a day, its derived index compared with the truth."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Any

from django.db import connection, transaction
from django.db.models.expressions import RawSQL

from linshu.scope import Scope
from organizations.models import Organization, OrganizationPeriod
from organizations.rules.kinds import Kind
from organizations.rules.nesting import Outline, nest
from organizations.rules.periods import OPEN_END, Period, violations
from organizations.signals import county_changed

LOCK = 0x4C53_5452  # "LSTR": the advisory lock of every tree write
BATCH = 500
NUMBERS = ("tree_id", "lft", "rght", "level")
DERIVED = ("parent_id", "kind", "group_kind", "name", "short_name", "established_on", "closed_on")


@contextmanager
def tree_lock() -> Iterator[None]:
    """One writer of the tree at a time, to the end of the outermost transaction.

    Two concurrent mptt shifts corrupt lft/rght silently. PostgreSQL takes an advisory transaction lock; SQLite's
    IMMEDIATE transaction is that lock already.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        yield


@dataclass(frozen=True)
class DayNode:
    """A node as it was on a day, ``depth`` steps below the root."""

    id: int
    parent_id: int | None
    kind: str
    name: str
    short_name: str
    code: str
    depth: int
    group_kind: str = ""


@dataclass(frozen=True)
class DayTree:
    """The tree of a day: the nodes the reader may see, in order, and how many below them he may not (any more)."""

    day: date
    nodes: list[DayNode] = field(default_factory=list)
    left_out: int = 0

    @property
    def outline(self) -> Outline:
        """The nodes without their names."""
        parents = {each.id: each.parent_id for each in self.nodes}
        numbers = nest({node: parent if parent in parents else None for node, parent in parents.items()})
        intervals = [(node, each.tree_id, each.lft, each.rght) for node, each in numbers.items()]
        return Outline(parents, intervals, {each.id: Kind(each.kind) for each in self.nodes})


# {readable} is the reader's scope in *today's* tree. ``seen``: a node the reader sees stands above this one.
_WALK = """
WITH RECURSIVE readable(id) AS ({readable}),
walk(id, parent_id, kind, name, short_name, code, depth, group_kind, mine, seen) AS (
    SELECT o.id, p.parent_id, p.kind, p.name, p.short_name, o.code, 0, p.group_kind,
           CASE WHEN o.id IN (SELECT id FROM readable) THEN 1 ELSE 0 END, 0
    FROM {periods} p JOIN {nodes} o ON o.id = p.organization_id
    WHERE p.parent_id IS NULL AND p.valid_from <= %s AND p.valid_to > %s
    UNION ALL
    SELECT o.id, p.parent_id, p.kind, p.name, p.short_name, o.code, w.depth + 1, p.group_kind,
           CASE WHEN o.id IN (SELECT id FROM readable) THEN 1 ELSE 0 END,
           CASE WHEN w.mine + w.seen > 0 THEN 1 ELSE 0 END
    FROM walk w JOIN {periods} p ON p.parent_id = w.id JOIN {nodes} o ON o.id = p.organization_id
    WHERE p.valid_from <= %s AND p.valid_to > %s
)
SELECT id, parent_id, kind, name, short_name, code, depth, group_kind, mine FROM walk WHERE mine + seen > 0
"""


def as_of(day: date, scope: Scope) -> DayTree:
    """The tree of a day by one statement. Who may read it is decided by today's tree, what it was by the day's."""
    readable = Organization.objects.within(scope).order_by().values("pk")
    sql, params = readable.query.get_compiler(connection=connection).as_sql()
    statement = _WALK.format(readable=sql, periods=OrganizationPeriod._meta.db_table, nodes=Organization._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*params, *[day.isoformat()] * 4])
        rows = cursor.fetchall()
    mine = {row[0] for row in rows if row[-1]}
    nodes = _in_order([DayNode(*row[:-1]) for row in rows])
    return DayTree(day, [node for node in nodes if node.id in mine], len(rows) - len(mine))


def _in_order(nodes: list[DayNode]) -> list[DayNode]:
    """Parents before children, siblings by code, whatever the database's collation."""
    ids = {node.id for node in nodes}
    by_code = sorted(nodes, key=lambda node: node.code)
    numbers = nest({node.id: node.parent_id if node.parent_id in ids else None for node in by_code})
    return sorted(nodes, key=lambda node: (numbers[node.id].tree_id, numbers[node.id].lft))


_BELOW = """
WITH RECURSIVE below(id) AS (
    SELECT p.organization_id FROM {periods} p
    WHERE p.organization_id = %s AND p.valid_from <= %s AND p.valid_to > %s
    UNION
    SELECT p.organization_id FROM {periods} p JOIN below b ON p.parent_id = b.id
    WHERE p.valid_from <= %s AND p.valid_to > %s
) SELECT id FROM below
"""


def ids_below(node_id: int, day: date) -> RawSQL:
    """Subquery of the ids of the node and of everything that was under it on the day."""
    statement = _BELOW.format(periods=OrganizationPeriod._meta.db_table)
    return RawSQL(statement, (node_id, *[day.isoformat()] * 4))  # noqa: S611 - nothing but parameters


def timeline_of(periods: Any) -> list[Period]:
    """Rows of ``OrganizationPeriod`` as the rules know them."""
    fields = ("organization_id", "parent_id", "kind", "name", "short_name", "valid_from", "valid_to", "group_kind")
    return [Period(node, parent, Kind(kind), *rest) for node, parent, kind, *rest in periods.values_list(*fields)]


@dataclass(frozen=True)
class Difference:
    """Where today's index departs from the periods; ``code`` is the node's."""

    code: str
    sentence: str


def check() -> list[Difference]:
    """Every difference between mptt and periods, and every unsound day of the periods themselves."""
    nodes = list(Organization.objects.order_by("tree_id", "lft"))
    wanted = _derived()
    found = [difference for node in nodes for difference in _compare(node, wanted.get(node.pk))]
    codes = {node.pk: node.code for node in nodes}
    unsound = violations(timeline_of(OrganizationPeriod.objects.all()), since=date.min)
    found += [Difference(codes[each.node], each.message) for each in unsound]
    return found + _misplaced(nodes)


def rebuild() -> int:
    """Write today's index anew from the periods, under the lock; returns the number of rows that were wrong."""
    with tree_lock():
        wanted = _derived()
        wrong, moved = [], []
        for node in Organization.objects.order_by("code"):
            values = wanted.get(node.pk)
            if values is not None and any(getattr(node, name) != values[name] for name in DERIVED):
                moved += [node.pk] if node.parent_id != values["parent_id"] else []
                for name in DERIVED:
                    setattr(node, name, values[name])
                wrong.append(node)
        Organization.objects.bulk_update(wrong, [name.removesuffix("_id") for name in DERIVED], batch_size=BATCH)
        renumbered = renumber()
        for node in Organization.objects.filter(pk__in=moved):
            county_changed.send(Organization, organization=node)
        return len(wrong) + renumbered


def renumber() -> int:
    """Number the nesting afresh from the parents, siblings in order of code; call under the lock."""
    nodes = list(Organization.objects.order_by("code").values_list("pk", "parent_id", *NUMBERS))
    numbers = nest({pk: parent_id for pk, parent_id, *_ in nodes})
    wanted = attrgetter(*NUMBERS)
    wrong = [(*wanted(numbers[pk]), pk) for pk, _, *stored in nodes if wanted(numbers[pk]) != tuple(stored)]
    columns = ", ".join(f"{name} = %s" for name in NUMBERS)
    with connection.cursor() as cursor:  # ``bulk_update`` takes ten times as long, under the lock
        cursor.executemany(f"UPDATE {Organization._meta.db_table} SET {columns} WHERE id = %s", wrong)  # noqa: S608 - our own names
    return len(wrong)


def _derived() -> dict[int, dict[str, Any]]:
    """What today's row of each node should say, from its first and last period."""
    wanted: dict[int, dict[str, Any]] = {}
    rows = OrganizationPeriod.objects.order_by("organization_id", "valid_from")
    for row in rows.values("organization_id", "valid_from", "valid_to", *DERIVED[:-2]):
        values = {name: row[name] for name in DERIVED[:-2]}
        before = wanted.get(row["organization_id"])
        values["established_on"] = before["established_on"] if before else row["valid_from"]
        values["closed_on"] = None if row["valid_to"] == OPEN_END else row["valid_to"]
        wanted[row["organization_id"]] = values
    return wanted


def _compare(node: Organization, values: dict[str, Any] | None) -> list[Difference]:
    if values is None:
        return [Difference(node.code, "没有沿革记录")]
    return [
        Difference(
            node.code, f"{Organization._meta.get_field(name).verbose_name}为 {getattr(node, name)}，沿革为 {value}"
        )
        for name, value in values.items()
        if getattr(node, name) != value
    ]


def _misplaced(nodes: list[Organization]) -> list[Difference]:
    """Nesting against the parents, in whatever order siblings stand; trees may be numbered with gaps."""
    numbers = nest({node.pk: node.parent_id for node in nodes})
    tree_ids = {node.pk: node.tree_id for node in nodes if node.parent_id is None}
    roots = {numbers[pk].tree_id: tree_id for pk, tree_id in tree_ids.items()}
    found = [Difference("", "两棵树用了同一个 tree_id")] if len(set(roots.values())) != len(roots) else []
    for node in nodes:
        place = numbers.get(node.pk)
        if place is None:
            found.append(Difference(node.code, "上级成环"))
            continue
        here = (node.tree_id, node.lft, node.rght, node.level)
        there = (roots[place.tree_id], place.lft, place.rght, place.level)
        if here != there:
            found.append(Difference(node.code, f"嵌套区间为 {here}，应为 {there}"))
    return found
