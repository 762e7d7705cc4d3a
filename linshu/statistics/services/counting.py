"""The table of a year: registered figures on 31 December, and what changed in the year as far as the register knows."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q

from linshu.errors import Invalid
from linshu.figures.registry import Counts, Figure, Look, figures
from linshu.scope import Scope
from linshu.statistics.rules.numbers import day_of
from members.models import Membership
from organizations.rules.kinds import COMMUNITIES, Kind
from organizations.rules.nesting import Interval, Rolling, nest
from organizations.tree import DayNode, as_of

SHOWN = {Kind.COUNTY, Kind.STREET, *COMMUNITIES}
BASIC, CHANGES = "基本情况", "本年变化"


class Column(NamedTuple):
    """A column: its name, the table it stands in, and each organisation's own count."""

    code: str
    name: str
    group: str
    counts: Counts


def numbers_of(county_id: int, year: int) -> dict[str, Any]:
    """County, streets and communities with every figure, each with everything below it.

    Counts everybody who was on the register that day, also who died or left since; what is known of a person
    (education, sex) is what the register says now. Invalid where the county was not registered yet.
    """
    day, scope = day_of(year), Scope(frozenset({county_id}))
    nodes = as_of(day, scope).nodes
    if not nodes:
        raise Invalid.field("year", f"{year} 年 12 月 31 日还没有登记的组织，没有可统计的内容。请换一个年度。")
    look = Look(scope, day, everyone=True)
    own = [Column(each.code, each.name, _group(each), each.compute(look)) for each in figures()]
    own += _changes(scope, year)
    roll_up = Rolling(_intervals(nodes))
    totals = [roll_up(column.counts) for column in own]
    return {
        "day": day.isoformat(),
        "columns": [{"code": each.code, "name": each.name, "group": each.group} for each in own],
        "rows": [
            {
                "id": node.id, "code": node.code, "name": node.name, "depth": node.depth,
                "values": [total.get(node.id, 0) for total in totals],
            }
            for node in nodes
            if Kind(node.kind) in SHOWN
        ],
    }  # fmt: skip


def _group(figure: Figure) -> str:
    """The parts of a whole stand together; a part whose others stand elsewhere (男 beside 女党员) joins the others."""
    parts = [each for each in figures() if each.structure == figure.structure]
    return figure.structure if figure.structure and len(parts) > 1 else BASIC


def _changes(scope: Scope, year: int) -> list[Column]:
    """Own counts of the year by organisation; who left was nowhere on the register the day after."""
    first, last = date(year, 1, 1), day_of(year)
    rows = Membership.objects.within(scope)
    there = rows.on(last)
    died = rows.filter(person__died_on__range=(first, last), valid_to=F("person__died_on"))
    stayed = Membership.objects.filter(person_id=OuterRef("person_id"), valid_from=OuterRef("valid_to"))
    gone = rows.filter(~Exists(stayed), valid_to__range=(first + timedelta(days=1), last))
    left = gone.filter(Q(person__died_on=None) | ~Q(valid_to=F("person__died_on")))
    return [
        Column("year.joined", "本年入党", CHANGES, there.filter(joined_on__range=(first, last)).counted()),
        Column("year.full", "本年转正", CHANGES, there.filter(full_on__range=(first, last)).counted()),
        Column("year.died", "本年去世", CHANGES, died.counted()),
        Column("year.left", "本年转出", CHANGES, left.counted()),
    ]


def _intervals(nodes: list[DayNode]) -> list[Interval]:
    """The nesting of that day."""
    ids = {node.id for node in nodes}
    places = nest({node.id: node.parent_id if node.parent_id in ids else None for node in nodes})
    return [(node, place.tree_id, place.lft, place.rght) for node, place in places.items()]
