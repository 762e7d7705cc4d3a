"""The list of what is owed: every rule check, in the actor's scope, that is not met or comes due."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.urls import reverse

from linshu.figures.registry import Check, Counts, Figure, Finding, Level, Look, Looks, checks, figures, on_day
from linshu.grants.services import GrantedActor
from linshu.home.rules.urgency import Due, due, is_near, order
from linshu.scope import Actor, Right
from linshu.web.registry import Entry, Hit, register_entry, search_providers
from members.models import Membership
from organizations.providers import readings
from organizations.providers.readings import Node


@dataclass(frozen=True)
class Todo:
    """One thing owed: by when, what and where, why, and where it is mended."""

    check: str
    due: Due
    finding: Finding
    organization: Node

    @property
    def title(self) -> str:
        """What to do, and where."""
        return f"{self.finding.task or self.finding.sentence.rstrip('。')}：{self.organization.place}"

    @property
    def url(self) -> str:
        """Where it is mended; the node, for who may only see it."""
        return self.finding.url or reverse("organizations:node", args=[self.finding.organization_id])


def findings(looks: Looks, code: str = "") -> Iterator[tuple[Check, Finding]]:
    """What is not in order, with its check, where the actor holds the check's right; of one check, if it is given."""
    for check in checks():
        if code in ("", check.code):
            yield from ((check, each) for each in check.find(looks.under(check.right)) if each.level != Level.OK)


def todos(looks: Looks, organization_id: int | None = None, code: str = "") -> list[Todo]:
    """Most urgent first; below one node, if it is given. A constant number of queries."""
    rows, calendar = [], looks.under(Right.ORGANIZATIONS_READ).once(readings.calendar)
    for check, finding in findings(looks, code):
        nodes = looks.under(check.right).once(readings.nodes)
        if organization_id is None or organization_id in readings.upwards(nodes, finding.organization_id):
            late = finding.level == Level.LATE
            by = due(broken=late, due_on=finding.due_on, today=looks.day, calendar=calendar)
            rows.append(Todo(check.code, by, _followed(looks, finding), nodes[finding.organization_id]))
    return sorted(rows, key=lambda row: order(row.due.when, row.finding.due_on, row.title))


def _followed(looks: Looks, finding: Finding) -> Finding:
    """The finding, without the link that its reader may not follow."""
    right = finding.right
    if right is None or finding.organization_id in looks.under(right).once(readings.nodes):
        return finding
    return finding._replace(action="", url="")


def calendar_warning(rows: list[Todo], looks: Looks) -> str:
    """What to say when a deadline was counted in working days of a year whose holidays are not known."""
    days = [row.finding.due_on for row in rows if row.finding.due_on and is_near(looks.day, row.finding.due_on)]
    calendar = looks.under(Right.ORGANIZATIONS_READ).once(readings.calendar)
    return calendar.warning(*days) if days else ""


@dataclass(frozen=True)
class Counted:
    """A figure at an organisation, everything below included, with the list behind it."""

    figure: Figure
    number: int
    url: str


def own_places(looks: Looks) -> list[tuple[Node, list[Counted]]]:
    """The organisations the actor was granted, each with its figures; the same queries for one and for many."""
    nodes, roots = looks.under(Right.ORGANIZATIONS_READ).once(readings.nodes), looks.actor.reach().roots
    tops = cache(lambda look: _tops(look.once(readings.nodes), roots))
    totals = []
    for figure in shown_figures():
        look = looks.under(figure.right)
        totals.append((figure, _totals(figure.compute(look), tops(look))))
    return [
        (node, [Counted(figure, some[pk], figure.list_url(pk)) for figure, some in totals if pk in some])
        for pk, node in nodes.items()
        if pk in roots
    ]


def shown_figures() -> list[Figure]:
    """The figures of the first page: structures are for the page of the node."""
    return [each for each in figures() if not each.structure]


def _tops(nodes: Mapping[int, Node], roots: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Which of the roots each node is or stands under; parents come first."""
    tops: dict[int, tuple[int, ...]] = {}
    for pk, node in nodes.items():
        above = tops.get(node.parent_id, ()) if node.parent_id else ()
        tops[pk] = (*above, pk) if pk in roots else above
    return tops


def _totals(own: Counts, tops: Mapping[int, tuple[int, ...]]) -> dict[int, int]:
    """The number at each root that is seen, everything below included."""
    totals = {root: 0 for some in tops.values() for root in some}
    for node, number in own.items():
        for root in tops.get(node, ()):
            totals[root] += number
    return totals


@dataclass(frozen=True)
class Count:
    """A figure at a node: its own number, everything below included, and the list behind that."""

    node: Node
    own: int
    total: int
    url: str


def counts_of(figure: Figure, look: Look, past: date | None) -> list[Count]:
    """The figure at every node of the look, in the order of the tree; ``past``: the day, where it is not today."""
    own, nodes = figure.compute(look), look.once(readings.nodes)
    totals: Counter[int] = Counter()
    for node, number in own.items():
        for above in readings.upwards(nodes, node):
            totals[above] += number
    return [
        Count(node, own.get(node.pk, 0), totals[node.pk], on_day(figure.list_url(node.pk), past))
        for node in nodes.values()
    ]


@dataclass(frozen=True)
class Outcome:
    """A finding with its check and the node it is about."""

    check: Check
    finding: Finding
    node: Node


def outcomes(looks: Looks, organization_id: int | None, code: str, level: Level | None) -> list[Outcome]:
    """Findings of one level, or all that are not in order; worst first, then by check."""
    rows = []
    for check in [each for each in checks() if code in ("", each.code)]:
        look = looks.under(check.right)
        inside = look.once(readings.nodes) if organization_id is None else readings.below(look, organization_id)
        for finding in check.find(look):
            wanted = finding.level == level if level else finding.level != Level.OK
            if wanted and finding.organization_id in inside:
                node = look.once(readings.nodes)[finding.organization_id]
                rows.append(Outcome(check, _followed(looks, finding), node))
    return sorted(rows, key=lambda row: list(Level).index(row.finding.level))


@dataclass(frozen=True)
class Duty:
    """A role in force and where it holds."""

    name: str
    prose: str
    places: list[str]


def duties(actor: GrantedActor) -> list[Duty]:
    """What the actor may do, in the words of the roles."""
    return [
        Duty(role.name, role.prose, [actor.places[root] for held, root in actor.grants if held == role])
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
