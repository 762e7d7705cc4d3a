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
    """A dashboard; each part is read when it is asked for. ``whole``: with what the checks found, and compared with the
    end of the month before; else only what the page begins with, without the figures that are deferred."""

    ground: Ground
    sort: str = ""
    whole: bool = True

    @property
    def compared_with(self) -> date:
        """The day the strip is compared with."""
        return communities.month_before(self.ground.day)

    @cached_property
    def strip(self) -> list[communities.Counted]:
        """The figures at the top, all of them columns of the table."""
        totals = {code: counts[self.ground.top.id] for code, counts in self._numbers.items()}
        return communities.strip(self.ground, totals, self._before if self.whole else {})

    @cached_property
    def table(self) -> communities.Table:
        """The communities side by side."""
        found = findings.counts_by_level(self.ground, self.found) if self.whole else {}
        return communities.table(self.ground, {**self._numbers, **found}, self.sort)

    @cached_property
    def found(self) -> list[findings.Found]:
        """What is not in order."""
        return findings.find(self.ground)

    @cached_property
    def endings(self) -> list[terms.Ending]:
        """Terms by their end."""
        return terms.endings(self.ground)

    @cached_property
    def trend(self) -> trend.Trend:
        """Members over the years."""
        return trend.trend(self.ground, self._totals)

    @cached_property
    def structures(self) -> list[structure.Structure]:
        """How the members are made up."""
        return structure.structures(self.ground, self._totals, self._before)

    @cached_property
    def _numbers(self) -> communities.Numbers:
        return communities.numbers_of(self.ground, communities.told_codes(whole=self.whole))

    @cached_property
    def _totals(self) -> communities.Totals:
        return communities.totals(self.ground, self._numbers, codes())

    @cached_property
    def _before(self) -> communities.Totals:
        return communities.before(self.ground, self.compared_with, codes())

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


def board(
    actor: Actor, today: date, day: date, organization_id: int | None = None, sort: str = "", *, whole: bool = True
) -> Board:
    """The dashboard of a place on a day, by a constant number of queries; errors as ``survey``."""
    ground = survey(actor, day, today, organization_id, communities.told_codes(whole=whole))
    return Board(ground, sort, whole)
