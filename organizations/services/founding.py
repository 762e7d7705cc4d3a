"""Establishing many nodes at once, for the importer: one lock, one transaction, a few statements per level."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from linshu.audit import services as audit
from linshu.errors import Invalid, Problem
from linshu.loading import batches
from linshu.scope import Actor
from organizations.access import require_place
from organizations.models import Organization, OrganizationPeriod
from organizations.rules.periods import Period, violations
from organizations.services.changes import (
    Change,
    NodeData,
    described,
    period_row,
    require_free,
    require_words,
    timeline_around,
)
from organizations.services.operations import beginning, check_group_kind, established_words
from organizations.tree import BATCH, renumber, tree_lock


@dataclass(frozen=True, slots=True)
class NewNode:
    """A node to establish on ``on`` below the node of that code, which may be in the same batch ("": a county)."""

    data: NodeData
    parent_code: str
    on: date


class Written(NamedTuple):
    """What children need of a node that is written."""

    pk: int
    name: str


def establish_many(
    *, nodes: Sequence[NewNode], reason: str, document_no: str = "", by: Actor, now: datetime
) -> dict[str, int]:
    """Establish all or none; returns their keys by code. ``Invalid.problems`` carry the code of the node in ``field``.

    The nodes may come in any order. They are written in batches, so that a city needs little more memory than a county.
    """
    with tree_lock():
        for node in nodes:
            require_words(reason=reason, on=node.on, now=now)
            check_group_kind(node.data.kind, node.data.group_kind)
        require_free([node.data.code for node in nodes])
        above = _existing(nodes)
        _require_rights(nodes, above, by)
        _judge(nodes, above)
        written = {code: Written(node.pk, node.name) for code, node in above.items()}
        change = Change("establish", reason, document_no, now)
        for level in _levels(nodes, above):  # parents have their keys before their children are written
            for batch in batches(level, BATCH):
                _write(batch, written, change, by=by)
        renumber()
    return {node.data.code: written[node.data.code].pk for node in nodes}


def _existing(nodes: Sequence[NewNode]) -> dict[str, Organization]:
    """Parents outside the batch, by code; Invalid names codes repeated in the batch and parents found nowhere."""
    own: dict[str, NewNode] = {}
    problems = []
    for node in nodes:
        if node.data.code in own:
            message = f"组织编码 {node.data.code} 出现了不止一次，请每个组织用一个编码。"
            problems.append(Problem(node.data.code, message, "编码不重复", node.data.code))
        own[node.data.code] = node
    wanted = {node.parent_code for node in nodes if node.parent_code and node.parent_code not in own}
    found = {each.code: each for each in Organization.objects.filter(code__in=wanted)}
    for node in nodes:
        if node.parent_code in wanted and node.parent_code not in found:
            message = f"{node.data.name}的上级编码 {node.parent_code} 不存在。请先登记上级，或改正上级编码。"
            problems.append(Problem(node.data.code, message, "上级须存在", node.parent_code))
    if problems:
        raise Invalid(problems[0].message, problems=problems)
    return found


def _require_rights(nodes: Sequence[NewNode], above: dict[str, Organization], by: Actor) -> None:
    """Where the batch meets what stands: the right over each parent. Inside the batch that covers the rest."""
    for node in nodes:
        if not node.parent_code:
            require_place(by, node.data.kind, [None])
        elif node.parent_code in above:
            require_place(by, node.data.kind, [above[node.parent_code].pk])


def _judge(nodes: Sequence[NewNode], above: dict[str, Organization]) -> None:
    ids = {code: node.pk for code, node in above.items()}
    ids |= {node.data.code: -place for place, node in enumerate(nodes, start=1)}
    codes = {ids[node.data.code]: node.data.code for node in nodes}
    since = min((node.on for node in nodes), default=date.max)
    new = [beginning(ids[node.data.code], ids.get(node.parent_code), node.data, node.on) for node in nodes]
    standing: list[Period] = timeline_around([node.pk for node in above.values()], since=since)
    broken = [each for each in violations([*standing, *new], since=since) if each.node in codes]
    if broken:
        problems = [Problem(codes[each.node], each.message, each.code, str(each.day)) for each in broken]
        raise Invalid(broken[0].message, problems=problems)


def _write(nodes: Sequence[NewNode], written: dict[str, Written], change: Change, *, by: Actor) -> None:
    """Nodes whose parents are written, with their first periods and events; the nesting is numbered at the end."""
    rows = Organization.objects.bulk_create([_row(node, written) for node in nodes])
    OrganizationPeriod.objects.bulk_create([period_row(row, change, since=row.established_on) for row in rows])
    written |= {row.code: Written(row.pk, row.name) for row in rows}
    entries = [
        audit.Entry(
            "organizations.established",
            subject=row,
            organization_id=row.pk,
            reason=change.reason,
            data=established_words(row, written[node.parent_code].name if node.parent_code else "", change.document_no),
        )
        for node, row in zip(nodes, rows, strict=True)
    ]
    audit.record_many(entries, by=by, now=change.now)


def _row(node: NewNode, written: Mapping[str, Written]) -> Organization:
    row = described(Organization(code=node.data.code, established_on=node.on), _period(node))
    row.parent_id = written[node.parent_code].pk if node.parent_code else None
    row.lft = row.rght = row.tree_id = row.level = 0
    row.clean_fields(exclude=["parent"])
    return row


def _period(node: NewNode) -> Period:
    return beginning(-1, None, node.data, node.on)


def _levels(nodes: Sequence[NewNode], above: dict[str, Organization]) -> Iterable[list[NewNode]]:
    """The batch from the top: each level's parents stand in the levels before."""
    below: dict[str, list[NewNode]] = defaultdict(list)
    for node in nodes:
        below[node.parent_code].append(node)
    level = [node for code in ["", *above] for node in below[code]]
    while level:
        yield level
        level = [child for node in level for child in below[node.data.code]]
