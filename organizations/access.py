"""Who may restructure what: every predicate says its rule in words."""

from collections.abc import Iterable

from linshu.errors import NotPermitted
from linshu.scope import Actor, Right
from organizations.models import Organization
from organizations.rules.kinds import Kind


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
