"""Who the actor of a request is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from linshu.grants.models import Grant
from linshu.grants.rules.roles import ROLES, Family, Role
from linshu.people.models import User
from linshu.scope import Right, Scope
from organizations.models import OPEN_END, Organization


@dataclass(frozen=True)
class Holding:
    """A grant in words, for its holder."""

    role: Role
    organization: Organization
    valid_to: date

    @property
    def until(self) -> str:
        """The last day, or that there is none."""
        last = self.valid_to - timedelta(days=1)
        return "长期" if self.valid_to == OPEN_END else f"{last.year}年{last.month}月{last.day}日"


@dataclass(frozen=True)
class GrantedActor:
    """A user with the grants in force on a day; satisfies ``linshu.scope.Actor``. ``tops``: the counties among them."""

    user: User
    day: date
    grants: tuple[tuple[Role, int], ...] = field(default=())
    tops: frozenset[int] = frozenset()
    places: Mapping[int, str] = field(default_factory=dict, compare=False)  # short names of the organisations

    @property
    def user_id(self) -> int | None:
        return self.user.pk

    @property
    def name(self) -> str:
        return str(self.user)

    @property
    def person_id(self) -> int | None:
        return self.user.person_id

    @cached_property
    def roles(self) -> list[Role]:
        """Roles held, each once, in the order of the catalogue."""
        held = {role.code for role, _ in self.grants}
        return [role for code, role in ROLES.items() if code in held]

    @cached_property
    def holdings(self) -> list[Holding]:
        """What the user holds on the day, for the page about himself."""
        rows = Grant.objects.filter(user=self.user).on(self.day).told()
        return [Holding(ROLES[row.role], row.organization, row.valid_to) for row in rows]

    def scope(self, right: Right) -> Scope:
        return self._scope([(role, root) for role, root in self.grants if right in role.rights])

    def reach(self) -> Scope:
        return self._scope([(role, root) for role, root in self.grants if role.family == Family.BUSINESS])

    def may(self, right: Right, organization_id: int | None = None) -> bool:
        scope = self.scope(right)
        return bool(scope) if organization_id is None else scope.covers(organization_id)

    def _scope(self, grants: list[tuple[Role, int]]) -> Scope:
        own = any(role.own_rows for role, _ in grants)
        roots = frozenset(root for role, root in grants if not role.own_rows)
        return Scope(roots, self.person_id if own else None, tops=roots & self.tops)


def actor_of(user: User, *, day: date) -> GrantedActor:
    """The actor with the grants in force on ``day``: one query; a role no longer in the catalogue raises KeyError."""
    fields = ("role", "organization_id", "organization__short_name", "organization__parent_id")
    rows = list(Grant.objects.filter(user=user).on(day).values_list(*fields))
    return GrantedActor(
        user,
        day,
        tuple((ROLES[code], organization_id) for code, organization_id, *_ in rows),
        frozenset(organization_id for _, organization_id, _, parent_id in rows if parent_id is None),
        {organization_id: name for _, organization_id, name, _ in rows},
    )
