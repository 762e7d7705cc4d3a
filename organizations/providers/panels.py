"""What pages show of the things that hang on a node: read once here, for the cards on the node page and the pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from linshu.figures.registry import Level, Look, figure, on_day
from linshu.parameters.services import values_on
from linshu.scope import Actor, Right, Scope
from linshu.web.registry import Entry, Panel, register_entry, register_panel
from organizations.models import Body, Grid, LeadAppointment, Organization, Post, Seat, Term
from organizations.providers import readings
from organizations.providers.checks import TERM_LEVELS, WARN_CODES, warning_days
from organizations.providers.readings import Convened, Drawn, Holding
from organizations.rules import terms
from organizations.rules.bodies import BODIES, CHAIR, BodyKind
from organizations.rules.exclusions import JUDGED, VERDICT_WORDS, Verdict, overall
from organizations.rules.kinds import COMMUNITIES, Kind
from organizations.rules.posts import titles_of
from organizations.services.grids import uncovered

VERDICT_LEVELS = {Verdict.PASSED: Level.OK, Verdict.CONFLICT: Level.LATE, Verdict.UNDECLARED: Level.SOON}


@dataclass(frozen=True)
class State:
    """Level and word of a state chip."""

    level: str
    word: str


def verdict_state(verdict: Verdict | None) -> State | None:
    """通过, 冲突 or 未申报; None where nothing is judged."""
    return State(VERDICT_LEVELS[verdict], VERDICT_WORDS[verdict]) if verdict else None


def warn_days(day: date) -> list[int]:
    """How many days before its end a term is told of, on that day."""
    values = values_on(day)
    return [int(values[code]) for code in WARN_CODES]


def term_state(ends_on: date, day: date, warn: Sequence[int] | None = None) -> State:
    """How a term stands; a list hands over the days of warning, read once."""
    state = terms.state_on(day, ends_on, warn or warn_days(day))
    return State(TERM_LEVELS[state], terms.TERM_WORDS[state])


def posts_context(node: Organization, day: date) -> dict[str, Any]:
    """Posts in office by rank, the term, and the leading organisation of a community, for the page about them."""
    rows = list(Post.objects.filter(organization=node).on(day).select_related("person"))
    term = Term.objects.filter(organization=node).on(day).first()
    lead = LeadAppointment.objects.filter(organization=node).on(day).select_related("branch").first()
    state = term_state(term.extended_to or term.due_on, day) if term else None
    return _led(node, rows) | {"term": term, "term_state": state, "lead": lead}


def _led(node: Organization, rows: Sequence[Post | Holding]) -> dict[str, Any]:
    """How a node of its kind is led: its posts by rank."""
    rank = {title: place for place, title in enumerate(titles_of(Kind(node.kind)))}
    return {
        "posts": sorted(rows, key=lambda post: (rank.get(post.title, len(rank)), post.valid_from)),
        "has_posts": bool(rank),
        "elects": node.kind in terms.ELECTING,
        "leads_itself": node.kind == Kind.GENERAL_BRANCH,
        "needs_lead": node.kind == Kind.COMMUNITY,
    }


@dataclass(frozen=True)
class BodyLine:
    """A body as a list shows it."""

    body: Convened
    count: int
    chair: str
    term: State
    verdict: State | None


def body_lines(node: Organization, look: Look) -> list[BodyLine]:
    """Bodies of the community with members, term and exclusions, in the order of the catalogue."""
    bodies = {body.kind: body for body in look.once(readings.bodies) if body.organization_id == node.pk}
    return [_line(bodies[kind], look) for kind in BODIES if kind in bodies]


def _line(body: Convened, look: Look) -> BodyLine:
    judged = look.once(readings.judged).get(body.pk, {})
    chair = next((each.name for each in body.seats if each.title == CHAIR), "")
    term = term_state(body.term_due_on, look.day, warning_days(look))
    return BodyLine(body, len(body.seats), chair, term, verdict_state(overall(judged.values())))


@dataclass(frozen=True)
class SeatLine:
    """A seat with its verdict and, for who may know, the names it clashes with."""

    seat: Seat
    verdict: State | None
    against: str


def seat_lines(body: Body, day: date, *, names: bool) -> list[SeatLine]:
    """Seats of the body by rank."""
    titles = BODIES[BodyKind(body.kind)].titles
    rows = list(Seat.objects.filter(body=body).on(day).select_related("person"))
    rows.sort(key=lambda seat: (titles.index(seat.title), seat.constituency, seat.person.name_sort))
    community = Seat.objects.filter(body__organization=body.organization_id)
    look = Look(Scope(frozenset({body.organization_id})), day)
    judged = look.once(readings.judged).get(body.pk, {}) if body.kind in JUDGED else {}
    people = {seat.person_id: seat.person.name for seat in community.in_judged_bodies().on(day)} if names else {}
    lines = []
    for row in rows:
        found = judged.get(row.pk)
        against = sorted(people[person] for person in found.clashes if person in people) if found else []
        lines.append(SeatLine(row, verdict_state(found.verdict if found else None), "、".join(against)))
    return lines


@dataclass(frozen=True)
class GridLine:
    """A grid and what it lacks."""

    grid: Grid | Drawn
    missing: str


def grid_lines(grids: list[Grid], day: date) -> list[GridLine]:
    """Each grid with its gaps."""
    gaps = uncovered([grid.pk for grid in grids], day)
    return [GridLine(grid, "、".join(gaps.get(grid.pk, []))) for grid in grids]


def _posts(actor: Actor, node: Organization, look: Look) -> dict[str, Any] | None:
    term = look.once(readings.terms).get(node.pk)
    if term is not None and term.valid_to <= look.day:
        term = None
    state = term_state(term.ends_on, look.day, warning_days(look)) if term else None
    rows, lead = look.once(readings.in_office).get(node.pk, []), look.once(readings.leads).get(node.pk)
    return _led(node, rows) | {"term": term, "term_state": state, "lead": lead, "counted": _counted(node, look)}


def _counted(node: Organization, look: Look) -> list[tuple[str, int, str]]:
    """Name, number and list of the figures of posts at the node, everything below included."""
    past, inside = look.day if look.day < timezone.localdate() else None, readings.below(look, node.pk)
    return [
        (
            each.name,
            sum(n for pk, n in each.compute(look).items() if pk in inside),
            on_day(each.list_url(node.pk), past),
        )
        for each in (figure("posts"), figure("posts.vacant"))
    ]


def _bodies(actor: Actor, node: Organization, look: Look) -> dict[str, Any] | None:
    return {"lines": body_lines(node, look)} if node.kind in COMMUNITIES else None


def _grids(actor: Actor, node: Organization, look: Look) -> dict[str, Any] | None:
    if node.kind not in COMMUNITIES:
        return None
    missing = look.once(readings.gaps)
    lines = [GridLine(grid, "、".join(missing.get(grid.pk, []))) for grid in look.once(readings.grids)]
    return {"lines": lines, "gaps": sum(1 for line in lines if line.missing)}


def register_panels() -> None:
    """Add the cards of the node page and the list of grids."""
    register_entry(Entry("grid", "网格", "organizations:grid-list", Right.ORGANIZATIONS_READ, order=40))
    for code, context, order in (("posts", _posts, 20), ("bodies", _bodies, 30), ("grids", _grids, 40)):
        register_panel(Panel(code, f"organizations/panels/{code}.html", Right.ORGANIZATIONS_READ, context, order))
