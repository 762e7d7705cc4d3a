"""Which part of the tree a page shows: the path to the node and what the reader unfolded, kept in the address."""

from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import urlencode

from linshu.errors import Invalid
from linshu.parameters.models import SEEDED_FROM

MOST = 60  # nodes unfolded or folded by hand; the address stays short


@dataclass(frozen=True)
class Folding:
    """``unfolded`` and ``folded`` by hand; ``closed``: show closed nodes too; ``day``: as of a day before today;
    ``cards``: checks and panels with the page, for browsers without script."""

    unfolded: frozenset[int] = frozenset()
    folded: frozenset[int] = frozenset()
    closed: bool = False
    day: date | None = None
    cards: bool = False

    def opened(self, path: frozenset[int]) -> frozenset[int]:
        """Nodes whose children are shown; the path to the node is unfolded unless folded by hand."""
        return (path | self.unfolded) - self.folded

    def toggled(self, node: int, *, opened: bool) -> "Folding":
        """The same with one node folded or unfolded."""
        if opened:
            return replace(self, unfolded=self.unfolded - {node}, folded=self.folded | {node})
        return replace(self, unfolded=self.unfolded | {node}, folded=self.folded - {node})

    def elsewhere(self) -> "Folding":
        """For the link to another node, whose path is to be seen."""
        return replace(self, folded=frozenset())

    @property
    def query(self) -> str:
        """The query of the address, with its question mark; empty for the plain page."""
        values = {
            "open": "-".join(map(str, sorted(self.unfolded))),
            "shut": "-".join(map(str, sorted(self.folded))),
            "closed": "1" if self.closed else "",
            "as_of": str(self.day or ""),
            "cards": "1" if self.cards else "",
        }
        query = urlencode({name: value for name, value in values.items() if value})
        return f"?{query}" if query else ""

    @property
    def with_closed(self) -> str:
        return replace(self, closed=not self.closed, day=None).query or "?"

    @property
    def with_cards(self) -> str:
        return replace(self, cards=True).query

    @property
    def today(self) -> str:
        return replace(self, day=None).query or "?"


def folding_of(request: HttpRequest) -> Folding:
    """What the address says."""
    asked = request.GET
    return Folding(
        _ids(request, "open"),
        _ids(request, "shut"),
        asked.get("closed") == "1",
        day_of(request),
        asked.get("cards") == "1",
    )


def _ids(request: HttpRequest, name: str) -> frozenset[int]:
    given = request.GET.get(name, "").split("-")
    return frozenset([int(each) for each in given if each.isdecimal() and len(each) < 19][:MOST])


def day_of(request: HttpRequest) -> date | None:
    """``?as_of=``: a day before today; None for today."""
    given = request.GET.get("as_of", "")
    if not given:
        return None
    try:
        day = parse_date(given)
    except ValueError:
        day = None
    today = timezone.localdate()
    if day is None or day > today:
        raise Invalid.field("as_of", "要看的日期应写成 2026-01-31 这样，且不晚于今天。请返回改正。", value=given[:20])
    if day < SEEDED_FROM:
        raise Invalid.field("as_of", f"{SEEDED_FROM} 以前没有可以对照的规则，请选这一天或以后的日期。", value=given)
    return day if day < today else None
