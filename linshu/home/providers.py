"""The list of what is owed: every rule check, in the actor's scope, that is not met or comes due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from django.urls import reverse

from linshu.figures.registry import Figure, Finding, Level, Look, checks, figures
from linshu.grants.services import GrantedActor
from linshu.home.rules.urgency import Due, due, is_near, order
from linshu.scope import NOTHING, Actor, Right, Scope
from linshu.web.registry import Entry, Hit, register_entry, search_providers
from linshu.workdays.services import calendar_on
from members.models import Membership
from organizations.models import Organization


@dataclass(frozen=True)
class Todo:
    """One thing owed: by when, what and where, why, and where it is mended."""

    check: str
    due: Due
    finding: Finding
    organization: Organization

    @property
    def title(self) -> str:
        """What to do, and where."""
        return f"{self.finding.task or self.finding.sentence.rstrip('。')}：{self.organization.place}"

    @property
    def url(self) -> str:
        return self.finding.url or reverse("organizations:node", args=[self.finding.organization_id])


def findings(
    actor: Actor, today: date, organization_id: int | None = None, code: str = ""
) -> Iterator[tuple[str, Finding]]:
    """What is not in order, with the code of its check, where the actor holds the check's right.

    Below one node, and of one check only, if they are given.
    """
    look = cache(partial(Look, day=today))
    for check in [each for each in checks() if code in ("", each.code)]:
        scope = actor.scope(check.right)
        if scope and organization_id is not None:
            scope = scope.narrowed(organization_id) if scope.covers(organization_id) else NOTHING
        if scope:
            yield from ((check.code, each) for each in check.find(look(scope)) if each.level != Level.OK)


def todos(actor: Actor, today: date, organization_id: int | None = None, code: str = "") -> list[Todo]:
    """Most urgent first; a constant number of queries."""
    found = list(findings(actor, today, organization_id, code))
    calendar = calendar_on()
    nodes = Organization.objects.in_bulk({finding.organization_id for _, finding in found})
    rows = [
        Todo(
            code,
            due(broken=finding.level == Level.LATE, due_on=finding.due_on, today=today, calendar=calendar),
            finding,
            nodes[finding.organization_id],
        )
        for code, finding in found
    ]
    return sorted(rows, key=lambda row: order(row.due.when, row.finding.due_on, row.title))


def calendar_warning(rows: list[Todo], today: date) -> str:
    """What to say when a deadline was counted in working days of a year whose holidays are not known."""
    days = [row.finding.due_on for row in rows if row.finding.due_on and is_near(today, row.finding.due_on)]
    return calendar_on().warning(*days) if days else ""


@dataclass(frozen=True)
class Counted:
    """A figure at an organisation, everything below included, with the list behind it."""

    figure: Figure
    number: int
    url: str


def own_places(actor: Actor, today: date) -> list[tuple[Organization, list[Counted]]]:
    """The organisations the actor was granted, each with its figures; as many queries a root as there are figures."""
    roots = Organization.objects.open().filter(pk__in=actor.reach().roots).order_by("tree_id", "lft")
    return [(root, counted(actor, root, today)) for root in roots]


def counted(actor: Actor, root: Organization, today: date) -> list[Counted]:
    """The figures the actor may see at a node."""
    look = Look(Scope(frozenset({root.pk})), today)
    return [
        Counted(figure, sum(figure.compute(look).values()), figure.list_url(root.pk))
        for figure in figures()
        if actor.may(figure.right, root.pk)
    ]


@dataclass(frozen=True)
class Duty:
    """A role in force and where it holds."""

    name: str
    prose: str
    places: list[str]


def duties(actor: GrantedActor) -> list[Duty]:
    """What the actor may do, in the words of the roles."""
    nodes = Organization.objects.in_bulk({root for _, root in actor.grants})
    return [
        Duty(role.name, role.prose, [nodes[root].short_name for held, root in actor.grants if held == role])
        for role in actor.roles
    ]


def own_record(actor: Actor, today: date) -> Membership | None:
    """The actor's own membership, where the role reads no more than that."""
    if actor.person_id is None or not actor.may(Right.MEMBERS_READ):
        return None
    rows = Membership.objects.on(today).readable(actor, Right.MEMBERS_READ)
    return rows.filter(person_id=actor.person_id).with_names().first()


def found(actor: Actor, text: str, limit: int) -> list[tuple[str, list[Hit]]]:
    """What every app finds for the actor, by the app's label; at most ``limit`` each."""
    providers = [each for each in search_providers() if text and actor.may(each.right)]
    hits = [(each.label, list(each.find(actor, text, limit))) for each in providers]
    return [(label, some) for label, some in hits if some]


def register() -> None:
    """The first entry of the navigation, for everybody, with the number of things owed."""
    register_entry(Entry("top", "待办提醒", "home:home", None, order=10, badge_url_name="home:count"))
