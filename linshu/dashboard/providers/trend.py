"""Members at the end of each year and on the day, each with the list of that day."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import dropwhile

from django.db.models import Case, Count, F, IntegerField, Q, When

from linshu.dashboard.providers.addresses import dated
from linshu.dashboard.providers.communities import Totals
from linshu.dashboard.providers.ground import Ground
from linshu.dashboard.rules.trend import NEVER, Point, Span, movers, points, year_end, years_known, years_under
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
    inferred: int


def trend(ground: Ground, numbers: Totals) -> Trend:
    """However many years: one query for the memberships grouped by beginning and end, and one or two for the tree."""
    scope = ground.actor.scope(Right.MEMBERS_READ)
    known = min(node.established_on.year for node in ground.nodes.values())
    years = years_known(known, ground.day, MOST_YEARS)
    under: dict[int, frozenset[int]] = {}
    moved: set[int] = set()
    if OrganizationPeriod.objects.within(scope).moved().exists():
        periods = timeline_of(OrganizationPeriod.objects.within(scope))
        under = years_under(ground.top.id, periods, years)
        moved = movers(under, periods, years)
    spans, inferred = _spans(scope, ground.top.id, moved, years)
    shown = list(dropwhile(lambda point: not point.total, points(spans, years, under)))
    counts = [numbers[code] for code in COUNTED]
    today = Point(ground.day, counts[1], counts[2])
    return Trend([_year(ground, each) for each in [*shown, today]], inferred)


def _spans(scope: Scope, top: int, moved: set[int], years: Sequence[int]) -> tuple[list[Span], int]:
    """Memberships by the ends of years between which they were in force; those of moved nodes apart."""
    place = scope.part(top)
    here = Q() if scope == place else Q(organization_id__in=place.ids()) | Q(organization_id__in=moved)
    node = Case(When(organization_id__in=moved, then=F("organization_id")))
    fields = {"begun": "valid_from", "ended": "valid_to", "full": "full_on"}
    ends = {name: _first_end(field, years) for name, field in fields.items()}
    rows = Membership.objects.within(scope).filter(here).order_by().annotate(node=node, **ends)
    grouped = rows.values_list(*ends, "node").annotate(
        count=Count("pk"), inferred=Count("pk", filter=Q(start_inferred=True))
    )
    spans, inferred = [], 0
    for begun, ended, full, at, count, guessed in grouped:
        spans.append(Span(begun, ended, full, count, at))
        inferred += guessed
    return spans, inferred


def _first_end(field: str, years: Sequence[int]) -> Case:
    """The first of the years whose end the day has reached; most days are old or open, and found at once."""
    open_end = [When(**{f"{field}__gt": year_end(years[-1])}, then=NEVER)] if years else []
    ends = [When(**{f"{field}__lte": year_end(year)}, then=year) for year in years]
    return Case(*open_end, *ends, default=NEVER, output_field=IntegerField())


def _year(ground: Ground, point: Point) -> Year:
    day = point.day if point.day < ground.today else None
    urls = [dated(figure(code).list_url(ground.top.id), day) for code in COUNTED]
    return Year(point, *urls)
