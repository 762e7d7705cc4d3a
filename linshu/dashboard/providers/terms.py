"""届期: which terms have ended, which end soon, and in which years the others end."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from linshu.dashboard.providers.addresses import dated
from linshu.dashboard.providers.ground import Ground
from linshu.figures.registry import Level
from linshu.scope import Right
from organizations.models import Term
from organizations.providers.panels import warn_days
from organizations.rules.terms import TermState, state_on

STATE_LEVELS = {TermState.ENDED: Level.LATE, TermState.ENDING: Level.SOON, TermState.RUNNING: Level.OK}


@dataclass(frozen=True)
class Ending:
    """Terms that end alike: ``first`` and ``last`` are the days they end."""

    state: TermState
    year: int | None
    words: str
    count: int
    first: date
    last: date
    url: str

    @property
    def level(self) -> Level:
        return STATE_LEVELS[self.state]


def endings(ground: Ground) -> list[Ending]:
    """Ended, ending within the days of warning, and by year; only those that there are. Two queries."""
    if not ground.actor.scope(Right.ORGANIZATIONS_READ):
        return []
    warn = warn_days(ground.day)
    days: Counter[date] = Counter()
    inside = ground.ids
    rows: Any = Term.objects.within(ground.actor.scope(Right.ORGANIZATIONS_READ)).on(ground.day).with_end()
    for organization_id, ends_on in rows.values_list("organization_id", "ends_on"):
        if organization_id in inside:
            days[ends_on] += 1
    sets: dict[tuple[TermState, int | None], list[date]] = {}
    for ends_on in sorted(days):
        state = state_on(ground.day, ends_on, warn)
        year = ends_on.year if state == TermState.RUNNING else None
        sets.setdefault((state, year), []).append(ends_on)
    words = {TermState.ENDED: "已届满", TermState.ENDING: f"{max(warn)} 日内届满"}
    return [
        Ending(
            state, year, words.get(state, f"{year} 年届满"), sum(days[each] for each in some), some[0], some[-1],
            _url(ground, state, year),
        )
        for (state, year), some in sets.items()
    ]  # fmt: skip


def _url(ground: Ground, state: TermState, year: int | None) -> str:
    query = {"state": state.value} | ({"year": year} if year else {})
    return dated(f"{reverse('organizations:terms', args=[ground.top.id])}?{urlencode(query)}", ground.past)
