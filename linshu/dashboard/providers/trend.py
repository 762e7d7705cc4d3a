"""Members at the end of each year and on the day, each with the list of that day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, Q, When
from django.db.models.functions import ExtractYear

from linshu.dashboard.providers.addresses import dated
from linshu.dashboard.providers.communities import Numbers
from linshu.dashboard.providers.ground import Ground
from linshu.dashboard.rules.trend import Point, Span, movers, points, years_known, years_under
from linshu.figures.registry import figure
from linshu.scope import Right, Scope
from members.models import Membership
from organizations.models import OrganizationPeriod
from organizations.tree import timeline_of

COUNTED = ("members.total", "members.full", "members.probationary")
MOST_YEARS = 10


@dataclass(frozen=True)
class Year:
    """Members on a day, with the lists of all, of the full and of the probationary ones."""

    point: Point
    total_url: str
    full_url: str
    probationary_url: str


@dataclass(frozen=True)
class Trend:
    """The ends of the years and the day itself; ``inferred`` memberships have a beginning that was worked out."""

    years: list[Year]
    first: date | None
    inferred: int


def trend(ground: Ground, numbers: Numbers) -> Trend:
    """Two queries, however many years: the periods of the tree, and the memberships grouped by beginning and end."""
    scope = ground.actor.scope(Right.MEMBERS_READ)
    periods = timeline_of(OrganizationPeriod.objects.within(scope))
    known = [period.valid_from.year for period in periods]
    years = years_known(min(known, default=ground.day.year), ground.day, MOST_YEARS)
    under = years_under(ground.top.id, periods, years)
    moved = movers(under, periods, years)
    spans, inferred = _spans(scope, ground.top.id, moved)
    first = min((span.begun for span in spans), default=ground.day.year)
    shown = points(spans, [year for year in years if year >= first], under)
    counts = [numbers[code][ground.top.id] for code in COUNTED]
    today = Point(ground.day, counts[1], counts[2])
    return Trend([_year(ground, each) for each in [*shown, today]], shown[0].day if shown else None, inferred)


def _spans(scope: Scope, top: int, moved: set[int]) -> tuple[list[Span], int]:
    """Memberships by the years they began, ended and became full; those of moved nodes apart."""
    here = Q(organization_id__in=Scope(frozenset({top})).ids()) | Q(organization_id__in=moved)
    node = Case(When(organization_id__in=moved, then=F("organization_id")))
    years = {"begun": "valid_from", "ended": "valid_to", "full_from": "full_on"}
    extracted: dict[str, Any] = {name: ExtractYear(field) for name, field in years.items()}
    rows = Membership.objects.within(scope).filter(here).order_by().annotate(node=node, **extracted)
    grouped = rows.values_list("begun", "ended", "full_from", "node").annotate(
        count=Count("pk"), inferred=Count("pk", filter=Q(start_inferred=True))
    )
    spans, inferred = [], 0
    for begun, ended, full, at, count, guessed in grouped:
        spans.append(Span(begun, ended, full, count, at))
        inferred += guessed
    return spans, inferred


def _year(ground: Ground, point: Point) -> Year:
    day = point.day if point.day < ground.today else None
    urls = [dated(figure(code).list_url(ground.top.id), day) for code in COUNTED]
    return Year(point, *urls)
