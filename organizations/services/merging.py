"""Operations after which members stand elsewhere or nowhere: merge, split, close."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from linshu.audit import services as audit
from linshu.errors import Invalid
from linshu.scope import Actor
from organizations.access import require_place
from organizations.models import OPEN_END, Organization, OrganizationPeriod
from organizations.rules.kinds import BRANCHES
from organizations.rules.names import Named
from organizations.rules.periods import Period, Plan, tail
from organizations.services.changes import Change, NodeData, carry_out, current
from organizations.services.hanging import (
    Ending,
    carry,
    end_with,
    hand_grids,
    require_free_of_bodies,
    require_unblocked,
)
from organizations.services.operations import beginning
from organizations.tree import timeline_of, tree_lock


@dataclass(frozen=True)
class Part(Named):
    """A node split off: its description, the children it takes, and the rows (``Carried.key``) it takes."""

    code: str
    name: str
    short_name: str
    children: Collection[int] = ()
    keys: Collection[str] = ()


def merge(
    *,
    node: Organization,
    target: Organization,
    on: date,
    reason: str,
    document_no: str = "",
    by: Actor,
    now: datetime,
) -> Organization:
    """The node ends; its children, members and covered grids go on in the target. Returns the target."""
    with tree_lock():
        before, into = current(node.pk), current(target.pk)
        require_place(by, before.kind, [before.parent])
        require_place(by, into.kind, [into.parent])
        _check_pair(before, into)
        require_free_of_bodies([node.pk], on)
        children = open_children(node.pk)
        words = _carried_words(children, carry(node.pk, target.pk, on=on, by=by, now=now))
        hand_grids(node, target, by=by, now=now)
        end_with(Ending(node, on, reason, by, now))
        moved = tuple(tail(child, on, parent=target.pk) for child in children)
        carry_out(Plan(on, changed=moved, closed=(node.pk,)), Change("merge", reason, document_no, now))
        data = {"name": before.name, "target": into.name, "from": str(on), "carried": words, "document_no": document_no}
        _record_on("organizations.merged", [node, target], data, reason=reason, by=by, now=now)
    return Organization.objects.get(pk=target.pk)


def split(
    *,
    node: Organization,
    parts: Sequence[Part],
    on: date,
    reason: str,
    document_no: str = "",
    by: Actor,
    now: datetime,
) -> list[Organization]:
    """New nodes beside the node, of its kind, take chosen children and rows; the node goes on with the rest."""
    with tree_lock():
        before = current(node.pk)
        require_place(by, before.kind, [before.parent])
        children = {child.node: child for child in open_children(node.pk)}
        _check_parts(parts, children)
        plan = _split_plan(before, parts, children, on)
        codes = {-place: part.code for place, part in enumerate(parts, start=1)}
        found = carry_out(plan, Change("split", reason, document_no, now), codes=codes)
        made = [found[place] for place in codes]
        words = []
        for part, new in zip(parts, made, strict=True):
            rows = carry(node.pk, new.pk, on=on, keys=part.keys, by=by, now=now) if part.keys else ""
            words.append(_carried_words([children[child] for child in part.children], rows, part.short_name))
        data = {
            "name": before.name,
            "parts": "、".join(part.name for part in parts),
            "from": str(on),
            "carried": "；".join(filter(None, words)),
            "document_no": document_no,
        }
        _record_on("organizations.split", [node, *made], data, reason=reason, by=by, now=now)
    return list(Organization.objects.filter(pk__in=[each.pk for each in made]))


def close(
    *, node: Organization, on: date, reason: str, document_no: str = "", by: Actor, now: datetime
) -> Organization:
    """The node ends; Conflict while members, children, bodies or grids hang on it. Posts, term and lead end with it."""
    with tree_lock():
        before = current(node.pk)
        require_place(by, before.kind, [before.parent])
        require_unblocked([node.pk], on)
        ended = end_with(Ending(node, on, reason, by, now))
        carry_out(Plan(on, closed=(node.pk,)), Change("close", reason, document_no, now))
        data = {"name": before.name, "from": str(on), "ended": ended, "document_no": document_no}
        node = Organization.objects.get(pk=node.pk)
        audit.record(
            "organizations.closed", by=by, subject=node, organization_id=node.pk, reason=reason, data=data, now=now
        )
    return node


def open_children(node_id: int) -> list[Period]:
    """Open periods of the node's children."""
    return timeline_of(OrganizationPeriod.objects.filter(parent_id=node_id, valid_to=OPEN_END))


def _check_pair(before: Period, into: Period) -> None:
    """Branches join branches; everything else joins its own kind."""
    if before.node == into.node:
        raise Invalid.field("target", "不能并入自己，请选另一个组织。", rule="并入另一个组织")
    if before.kind != into.kind and not {before.kind, into.kind} <= BRANCHES:
        raise Invalid.field(
            "target", f"{before.name}与{into.name}不是同类组织，不能合并。请选同类组织。", rule="同类组织才能合并"
        )


def _check_parts(parts: Sequence[Part], children: dict[int, Period]) -> None:
    if not parts:
        raise Invalid.field("name", "请至少新设一个组织。", rule="拆分须有新设组织")
    taken = [child for part in parts for child in part.children]
    if len(set(taken)) != len(taken) or not set(taken) <= set(children):
        raise Invalid.field("children", "所选下级应是它现在的下级，每个只去一处。请重新选择。", rule="下级只去一处")
    keys = [key for part in parts for key in part.keys]
    if len(set(keys)) != len(keys):
        raise Invalid.field("keys", "同一名党员只能随迁到一处。请重新选择。", rule="党员只去一处")


def _split_plan(before: Period, parts: Sequence[Part], children: dict[int, Period], on: date) -> Plan:
    """New nodes are -1, -2, … in the order of the parts."""
    new = [beginning(-place, before.parent, _data(part, before), on) for place, part in enumerate(parts, start=1)]
    changed = [
        tail(children[child], on, parent=-place) for place, part in enumerate(parts, start=1) for child in part.children
    ]
    return Plan(on, new=tuple(new), changed=tuple(changed))


def _record_on(
    type_: str, nodes: Sequence[Organization], data: dict[str, str], *, reason: str, by: Actor, now: datetime
) -> None:
    """The same event in the history of every node it touches."""
    entries = [audit.Entry(type_, each, each.pk, reason=reason, data=data) for each in nodes]
    audit.record_many(entries, by=by, now=now)


def _data(part: Part, before: Period) -> NodeData:
    return NodeData(part.code, part.name, part.short_name, before.kind, before.group_kind)


def _carried_words(children: Sequence[Period], rows: str, name: str = "") -> str:
    parts = ["、".join(child.short_name for child in children), rows]
    words = "，".join(part for part in parts if part)
    return f"{name}：{words}" if name and words else words
