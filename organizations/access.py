"""Who may restructure what: every predicate says its rule in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from linshu.errors import NotPermitted
from linshu.scope import Actor, Right
from organizations.models import Organization
from organizations.rules.kinds import BRANCHES, COMMUNITIES, KINDS, Kind


def right_for(kind: Kind) -> Right:
    """党小组 are arranged by their community (the right to edit); everything else needs the right to restructure."""
    return Right.ORGANIZATIONS_EDIT if kind == Kind.GROUP else Right.ORGANIZATIONS_RESTRUCTURE


def can_place(actor: Actor, kind: Kind, parent_id: int | None) -> bool:
    """May a node of the kind be put under the parent, or taken from it? The right must reach the parent itself.

    A county has no parent: only who reaches everything (the operator at the command line) may establish one.
    """
    right = right_for(kind)
    return actor.scope(right).everything if parent_id is None else actor.may(right, parent_id)


def can_restructure(actor: Actor, node: Organization) -> bool:
    """May the node be renamed, moved away, merged, split or closed? That is decided above it."""
    return can_place(actor, Kind(node.kind), node.parent_id)


def can_correct(actor: Actor, node: Organization) -> bool:
    """May an error in the node's periods be put right?"""
    return actor.may(Right.ORGANIZATIONS_CORRECT, node.pk)


def require_place(actor: Actor, kind: Kind, parent_ids: Iterable[int | None]) -> None:
    """NotPermitted unless nodes of the kind may be put under every one of the parents."""
    if not all(can_place(actor, kind, parent_id) for parent_id in set(parent_ids)):
        raise NotPermitted


@dataclass(frozen=True)
class Operation:
    """An operation in the menu 办理变动: ``kinds`` it is for, and what it is for, in words."""

    code: str
    label: str
    remark: str
    kinds: frozenset[Kind]


_ALL = frozenset(Kind)
_BELOW_STREET = _ALL - {Kind.COUNTY, Kind.STREET}
_HOSTS = frozenset(parent for spec in KINDS.values() for parent in spec.parents)
OPERATIONS = (
    Operation("establish", "成立下级组织", "在它之下成立新的组织。", _HOSTS),
    Operation("rename", "更名", "改全称和简称，旧名称留在沿革里。", _ALL),
    Operation("move", "调整隶属", "连同下级一起改到另一个上级之下。", _BELOW_STREET),
    Operation("merge", "合并", "并入另一个同类组织，党员和下级随迁。", BRANCHES | COMMUNITIES | {Kind.GROUP}),
    Operation("split", "拆分", "从它分出新的组织，选定的党员和下级随迁。", BRANCHES | {Kind.GROUP}),
    Operation(
        "upgrade", "升格为社区党总支", "建议、街道批复、建片区支部、选举、报批备案。", frozenset({Kind.COMMUNITY})
    ),
    Operation("close", "撤销", "组织终止，沿革保留。", _ALL - {Kind.COUNTY}),
)
CORRECT = Operation("correct", "更正登记差错", "改正登记错了的名称、上级或日期；原来的内容留在审计日志里。", _ALL)


def allowed_operations(actor: Actor, node: Organization) -> list[Operation]:
    """Operations on the node that its kind knows and that the actor holds the right for, in menu order."""
    kind = Kind(node.kind)
    held = {"above": can_restructure(actor, node), "here": can_place_below(actor, node)}
    found = []
    for operation in OPERATIONS if node.is_open else ():
        where = "here" if operation.code == "establish" else "above"
        if kind in operation.kinds and held[where]:
            found.append(operation)
    return [*found, CORRECT] if can_correct(actor, node) else found


def can_place_below(actor: Actor, node: Organization) -> bool:
    """May anything at all be established under the node?"""
    return any(can_place(actor, kind, node.pk) for kind in kinds_below(Kind(node.kind)))


def kinds_below(parent: Kind) -> list[Kind]:
    """Kinds that may stand under the kind."""
    return [kind for kind, spec in KINDS.items() if parent in spec.parents]
