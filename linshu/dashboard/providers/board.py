"""Everything a dashboard shows, read once: the page, the workbook and the API tell the same numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse

from linshu.dashboard.providers import communities, findings, structure, terms, trend
from linshu.dashboard.providers.addresses import dated, findings_url
from linshu.dashboard.providers.ground import Ground, survey
from linshu.dashboard.rules import comparing
from linshu.figures.registry import LEVEL_WORDS, Level
from linshu.scope import Actor


@dataclass(frozen=True)
class Board:
    """A dashboard. ``compared_with`` is the day the strip is compared with."""

    ground: Ground
    compared_with: date
    strip: list[communities.Counted]
    table: communities.Table
    found: list[findings.Found]
    endings: list[terms.Ending]
    trend: trend.Trend
    structures: list[structure.Structure]

    @property
    def heading(self) -> str:
        """十二个社区."""
        return comparing.heading(self.table.rows)

    @property
    def caption(self) -> str:
        """What stands side by side."""
        return "社区对照" if self.heading.endswith("社区") else "下级对照"

    @property
    def compared(self) -> bool:
        """Was the place there on the day it is compared with?"""
        return any(each.before is not None for each in self.strip)

    @property
    def groups(self) -> list[findings.Group]:
        """Findings by check, what fails first."""
        return [group for _, _, some, _ in self.levels for group in some]

    @cached_property
    def levels(self) -> list[tuple[Level, str, list[findings.Group], int]]:
        """Findings by level and check, with the word and the number of each level."""
        groups = findings.groups(self.ground, self.found)
        return [(level, LEVEL_WORDS[level], some, sum(each.count for each in some)) for level, some in groups.items()]

    @property
    def by_place_url(self) -> str:
        """The list of findings, community by community."""
        return dated(findings_url(self.ground.top.id, by="place"), self.ground.past)

    @property
    def findings_export_url(self) -> str:
        """The same list as a workbook."""
        return dated(f"{reverse('dashboard:export-findings')}?organization={self.ground.top.id}", self.ground.past)


def codes() -> tuple[str, ...]:
    """Every figure of the place itself, each once."""
    needed: Iterable[str] = (each for some in structure.codes().values() for each in some)
    return tuple(dict.fromkeys([*communities.STRIP, *needed]))


def board(actor: Actor, today: date, day: date, organization_id: int | None = None, sort: str = "") -> Board:
    """The dashboard of a place on a day, by a constant number of queries; errors as ``survey``."""
    ground = survey(actor, day, today, organization_id)
    before_day = communities.month_before(day)
    numbers, before = communities.numbers_of(ground), communities.before(ground, before_day, codes())
    totals = communities.totals(ground, numbers, codes())
    found = findings.find(ground)
    counted = {**numbers, **findings.counts_by_level(ground, found)}
    return Board(
        ground,
        before_day,
        communities.strip(ground, totals, before),
        communities.table(ground, counted, sort),
        found,
        terms.endings(ground),
        trend.trend(ground, totals),
        structure.structures(ground, totals, before),
    )
