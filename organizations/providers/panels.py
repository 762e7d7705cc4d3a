"""What pages show of the things that hang on a node: read once here, for the cards on the node page and the pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from linshu.figures.registry import Level
from linshu.parameters.services import values_on
from linshu.scope import Actor, Right
from linshu.web.registry import Entry, Panel, register_entry, register_panel
from organizations.models import Body, Grid, LeadAppointment, Organization, Post, Seat, Term
from organizations.providers.checks import TERM_LEVELS, WARN_CODES
from organizations.rules import terms
from organizations.rules.bodies import BODIES, BodyKind
from organizations.rules.exclusions import JUDGED, VERDICT_WORDS, Judgement, Verdict, overall
from organizations.rules.kinds import COMMUNITIES, Kind
from organizations.rules.posts import titles_of
from organizations.services.grids import uncovered
from organizations.services.seats import judgements

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
    """Posts in office by rank, the term, and the leading organisation of a community."""
    titles = titles_of(Kind(node.kind))
    rows = list(Post.objects.filter(organization=node).on(day).select_related("person"))
    rank = {title: place for place, title in enumerate(titles)}
    rows.sort(key=lambda post: (rank.get(post.title, len(rank)), post.valid_from))
    term = Term.objects.filter(organization=node).on(day).first()
    lead = LeadAppointment.objects.filter(organization=node).on(day).select_related("branch").first()
    return {
        "posts": rows,
        "has_posts": bool(titles),
        "elects": node.kind in terms.ELECTING,
        "term": term,
        "term_state": term_state(term.extended_to or term.due_on, day) if term else None,
        "leads_itself": node.kind == Kind.GENERAL_BRANCH,
        "needs_lead": node.kind == Kind.COMMUNITY,
        "lead": lead,
    }


@dataclass(frozen=True)
class BodyLine:
    """A body as a list shows it."""

    body: Body
    count: int
    chair: str
    term: State
    verdict: State | None


def body_lines(node: Organization, day: date) -> list[BodyLine]:
    """Bodies of the community with members, term and exclusions, in the order of the catalogue."""
    bodies = {body.kind: body for body in Body.objects.filter(organization=node).on(day)}
    seats = list(Seat.objects.filter(body__organization=node).on(day).select_related("person"))
    judged = judgements(Seat.objects.filter(body__organization=node), day)
    return [_line(bodies[kind], seats, judged, day) for kind in BODIES if kind in bodies]


def _line(body: Body, seats: list[Seat], judged: dict[int, dict[int, Judgement]], day: date) -> BodyLine:
    own = [seat for seat in seats if seat.body_id == body.pk]
    chair = next((seat.person.name for seat in own if seat.title == "主任"), "")
    verdict = verdict_state(overall(judged.get(body.pk, {}).values()))
    return BodyLine(body, len(own), chair, term_state(body.term_due_on, day), verdict)


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
    judged = judgements(community, day).get(body.pk, {}) if body.kind in JUDGED else {}
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

    grid: Grid
    missing: str


def grid_lines(grids: list[Grid], day: date) -> list[GridLine]:
    """Each grid with its gaps."""
    gaps = uncovered([grid.pk for grid in grids], day)
    return [GridLine(grid, "、".join(gaps.get(grid.pk, []))) for grid in grids]


def _posts(actor: Actor, node: Organization, day: date) -> dict[str, Any] | None:
    return posts_context(node, day)


def _bodies(actor: Actor, node: Organization, day: date) -> dict[str, Any] | None:
    return {"lines": body_lines(node, day)} if node.kind in COMMUNITIES else None


def _grids(actor: Actor, node: Organization, day: date) -> dict[str, Any] | None:
    if node.kind not in COMMUNITIES:
        return None
    lines = grid_lines(list(Grid.objects.filter(organization=node).on(day).select_related("leader")), day)
    return {"lines": lines, "gaps": sum(1 for line in lines if line.missing)}


def register_panels() -> None:
    """Add the cards of the node page and the list of grids."""
    register_entry(Entry("grid", "网格", "organizations:grid-list", Right.ORGANIZATIONS_READ, order=40))
    for code, context, order in (("posts", _posts, 20), ("bodies", _bodies, 30), ("grids", _grids, 40)):
        register_panel(Panel(code, f"organizations/panels/{code}.html", Right.ORGANIZATIONS_READ, context, order))
