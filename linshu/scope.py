"""Who may reach which rows: rights, scopes, actors and the queryset that reads in scope.

The tree itself is known higher up; ``organizations`` registers how roots expand to their subtrees.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol, Self, TypeVar

from django.db.models import Model, Q, QuerySet

from linshu.errors import NotFound, NotPermitted


class Right(StrEnum):
    """Everything a role may be allowed to do. One list, so that a typo raises."""

    ORGANIZATIONS_READ = "organizations.read"
    ORGANIZATIONS_EDIT = "organizations.edit"
    ORGANIZATIONS_RESTRUCTURE = "organizations.restructure"
    ORGANIZATIONS_CORRECT = "organizations.correct"
    EXCLUSIONS_READ = "exclusions.read"
    MEMBERS_READ = "members.read"
    MEMBERS_REVEAL = "members.reveal"
    MEMBERS_IMPORT = "members.import"
    MEMBERS_EXPORT = "members.export"
    MEMBERS_EDIT = "members.edit"
    MEMBERS_PROPOSE = "members.propose"
    MEMBERS_APPROVE = "members.approve"
    DASHBOARD_READ = "dashboard.read"
    STATISTICS_READ = "statistics.read"
    STATISTICS_FREEZE = "statistics.freeze"
    PARAMETERS_READ = "parameters.read"
    PARAMETERS_CHANGE = "parameters.change"
    PARAMETERS_SECURITY = "parameters.security"
    CALENDAR_CHANGE = "calendar.change"
    AUDIT_READ = "audit.read"
    ACCOUNTS_MANAGE = "accounts.manage"
    GRANTS_MANAGE = "grants.manage"


Expand = Callable[["Scope"], QuerySet[Any]]
_expand: Expand | None = None


def register_tree(expand: Expand) -> None:
    """Tell how a scope becomes a queryset of the ids of its roots and of everything below them."""
    global _expand
    _expand = expand


@dataclass(frozen=True)
class Scope:
    """Subtrees below granted roots, plus the rows of one person; the empty scope sees nothing.

    ``tops`` are those of the roots known to be counties. A county has no parent and never gets one (rule book 1.1), so
    its subtree is a whole tree, whatever else moves: statements may read it as one.
    """

    roots: frozenset[int] = frozenset()
    person_id: int | None = None
    everything: bool = False
    tops: frozenset[int] = frozenset()

    @property
    def counties(self) -> bool:
        """Is every root a county?"""
        return bool(self.roots) and self.roots == self.tops

    def __bool__(self) -> bool:
        return self.everything or bool(self.roots) or self.person_id is not None

    def ids(self) -> QuerySet[Any]:
        """Subquery of organisation ids: roots meet descendants in the reading statement itself, never cached."""
        if _expand is None:
            raise RuntimeError("organizations has not registered its tree")
        return _expand(self)

    def covers(self, organization_id: int) -> bool:
        """Is the organisation inside?"""
        return self.everything or (bool(self.roots) and self.ids().filter(pk=organization_id).exists())

    def covered(self, organization_ids: set[int]) -> set[int]:
        """Which of the organisations are inside: one query for many rows."""
        if self.everything:
            return set(organization_ids)
        return set(self.ids().filter(pk__in=organization_ids).values_list("pk", flat=True)) if self.roots else set()

    def narrowed(self, organization_id: int) -> "Scope":
        """The subtree of one organisation inside; not found when it lies outside."""
        if not self.covers(organization_id):
            raise NotFound
        return self.part(organization_id)

    def part(self, organization_id: int) -> "Scope":
        """The subtree of one organisation that is known to lie inside."""
        root = frozenset({organization_id})
        return Scope(root, tops=root & self.tops)


NOTHING = Scope()
EVERYTHING = Scope(everything=True)


class Actor(Protocol):
    """Who acts. Services and access predicates know no more of a user than this."""

    @property
    def user_id(self) -> int | None: ...

    @property
    def name(self) -> str: ...

    @property
    def person_id(self) -> int | None: ...

    def scope(self, right: Right) -> Scope:
        """Where the right is held."""

    def reach(self) -> Scope:
        """Where any right over business rows is held."""

    def may(self, right: Right, organization_id: int | None = None) -> bool:
        """Is the right held over the organisation (or anywhere, when none is named)?"""


@dataclass(frozen=True)
class SystemActor:
    """The operator at the command line and the scheduler: reaches everything, and signs as the system."""

    name: str = "系统"
    user_id: int | None = None
    person_id: int | None = field(default=None)

    def scope(self, right: Right) -> Scope:
        return EVERYTHING

    def reach(self) -> Scope:
        return EVERYTHING

    def may(self, right: Right, organization_id: int | None = None) -> bool:
        return True


SYSTEM = SystemActor()


@dataclass(frozen=True)
class RightlessActor:
    """Signs without any right: a visitor who is not logged in, or an account in the act of logging in."""

    name: str = "未登录访客"
    user_id: int | None = None
    person_id: int | None = None

    def scope(self, right: Right) -> Scope:
        return NOTHING

    def reach(self) -> Scope:
        return NOTHING

    def may(self, right: Right, organization_id: int | None = None) -> bool:
        return False


class KnownActor:
    """An actor of whom something is known already: subclasses answer ``may`` with less asking, the rest is his own."""

    actor: Actor

    @property
    def user_id(self) -> int | None:
        return self.actor.user_id

    @property
    def name(self) -> str:
        return self.actor.name

    @property
    def person_id(self) -> int | None:
        return self.actor.person_id

    def scope(self, right: Right) -> Scope:
        return self.actor.scope(right)

    def reach(self) -> Scope:
        return self.actor.reach()


def require(actor: Actor, right: Right, organization_id: int | None = None) -> None:
    """Refuse unless the right is held there."""
    if not actor.may(right, organization_id):
        raise NotPermitted


Row = TypeVar("Row", bound=Model)


class ScopedQuerySet(QuerySet[Row]):
    """Rows that hang on an organisation. Reading for people begins with ``within``."""

    scope_path = "organization_id"
    person_path = ""

    def within(self, scope: Scope) -> Self:
        """Rows the scope reaches; the empty scope reaches none."""
        if scope.everything:
            return self
        reached = Q(pk__in=[])
        if scope.roots:
            reached |= self.below_roots(scope)
        if scope.person_id is not None and self.person_path:
            reached |= Q(**{self.person_path: scope.person_id})
        return self.filter(reached)

    def below_roots(self, scope: Scope) -> Q:
        """Rows on the roots or below; apps that keep the county on the row need not look at the tree for it."""
        return Q(**{f"{self.scope_path}__in": scope.ids()})

    def readable(self, actor: Actor, right: Right) -> Self:
        """Rows the actor may read under the right; 403 where the right is held nowhere."""
        scope = actor.scope(right)
        if not scope:
            raise NotPermitted
        return self.within(scope)

    def load(self, actor: Actor, right: Right, **lookup: object) -> Row:
        """One row: 404 out of scope, 403 in scope without the right, or to who reaches nothing."""
        scope, reach = actor.scope(right), actor.reach()
        row = self.within(scope).filter(**lookup).first()
        if row is not None:
            return row
        if not (scope or reach) or self.within(reach).filter(**lookup).exists():
            raise NotPermitted
        raise NotFound
