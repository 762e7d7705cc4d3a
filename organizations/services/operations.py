"""Operations on single nodes: establish, rename, move. Every writer takes the tree lock first."""

from datetime import date, datetime

from linshu.audit import services as audit
from linshu.errors import Invalid
from linshu.scope import Actor
from linshu.words import tidy
from organizations.access import require_place
from organizations.models import Organization
from organizations.rules.kinds import GROUP_KINDS, KINDS, Kind
from organizations.rules.periods import Period, Plan, tail
from organizations.services.changes import Change, NodeData, carry_out, current
from organizations.tree import tree_lock


def establish(
    *,
    parent: Organization | None,
    data: NodeData,
    on: date,
    reason: str,
    document_no: str = "",
    by: Actor,
    now: datetime,
) -> Organization:
    """Establish a node under the parent (None: a county)."""
    parent_id = parent.pk if parent is not None else None
    with tree_lock():
        require_place(by, data.kind, [parent_id])
        check_group_kind(data.kind, data.group_kind)
        plan = Plan(on, new=(beginning(-1, parent_id, data, on),))
        node = carry_out(plan, Change("establish", reason, document_no, now), codes={-1: data.code})[-1]
        words = established_words(node, str(parent or ""), document_no)
        audit.record(
            "organizations.established",
            by=by, subject=node, organization_id=node.pk, reason=reason, data=words, now=now,
        )  # fmt: skip
    return node


def rename(
    *,
    node: Organization,
    name: str,
    short_name: str,
    on: date,
    reason: str,
    document_no: str = "",
    by: Actor,
    now: datetime,
) -> Organization:
    """Give the node new names from the day on."""
    name, short_name = tidy(name), tidy(short_name)
    with tree_lock():
        before = current(node.pk)
        require_place(by, before.kind, [before.parent])
        if (name, short_name) == (before.name, before.short_name):
            raise Invalid.field("name", "新名称与现在的名称相同，不用办理。", rule="更名须有变化", value=name)
        plan = Plan(on, changed=(tail(before, on, name=name, short_name=short_name),))
        carry_out(plan, Change("rename", reason, document_no, now))
        data = {"was": before.name, "name": name, "short_name": short_name, "from": str(on), "document_no": document_no}
        return _recorded("organizations.renamed", node.pk, by=by, reason=reason, data=data, now=now)


def move(
    *,
    node: Organization,
    parent: Organization,
    on: date,
    reason: str,
    document_no: str = "",
    by: Actor,
    now: datetime,
) -> Organization:
    """Put the node, with all below it, under another parent; the right must reach both parents."""
    with tree_lock():
        before = current(node.pk)
        require_place(by, before.kind, [before.parent, parent.pk])
        if before.parent == parent.pk:
            raise Invalid.field("parent", f"{node}现在就在{parent}之下，不用办理。", rule="调整隶属须有变化")
        was = Organization.objects.get(pk=before.parent)
        plan = Plan(on, changed=(tail(before, on, parent=parent.pk),))
        carry_out(plan, Change("move", reason, document_no, now))
        data = {
            "name": before.name,
            "was": was.name,
            "parent": parent.name,
            "from": str(on),
            "document_no": document_no,
        }
        return _recorded("organizations.moved", node.pk, by=by, reason=reason, data=data, now=now)


def beginning(node_id: int, parent_id: int | None, data: NodeData, on: date) -> Period:
    """The first period of a node not yet saved."""
    return Period(node_id, parent_id, data.kind, data.name, data.short_name, on, group_kind=data.group_kind)


def check_group_kind(kind: Kind, group_kind: str) -> None:
    """A 党小组 says of which kind it is; nothing else does."""
    if kind == Kind.GROUP and group_kind not in GROUP_KINDS:
        names = "、".join(GROUP_KINDS.values())
        raise Invalid.field("group_kind", f"请选党小组类别：{names}。", rule="党小组类别", value=group_kind)
    if kind != Kind.GROUP and group_kind:
        raise Invalid.field("group_kind", "只有党小组分类别，请留空。", rule="党小组类别", value=group_kind)


def established_words(node: Organization, parent: str, document_no: str) -> dict[str, str]:
    """Data of the event ``organizations.established``."""
    return {
        "kind": KINDS[Kind(node.kind)].label,
        "name": node.name,
        "code": node.code,
        "parent": parent,
        "from": str(node.established_on),
        "document_no": document_no,
    }


def _recorded(type_: str, node_id: int, *, by: Actor, reason: str, data: dict[str, str], now: datetime) -> Organization:
    """The node as it is now, with the event written."""
    node = Organization.objects.get(pk=node_id)
    audit.record(type_, by=by, subject=node, organization_id=node_id, reason=reason, data=data, now=now)
    return node
