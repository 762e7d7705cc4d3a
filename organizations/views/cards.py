"""The cards beside the tree: 基本情况 at once; 规则检查 and the panels of other apps, which may come after the page."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from linshu.figures.registry import LEVEL_WORDS, Check, Figure, Finding, Level, Look, Looks, checks, figures, on_day
from linshu.scope import Actor, KnownActor, Right, Scope
from linshu.web.registry import panels
from organizations.access import allowed_operations
from organizations.models import Organization
from organizations.providers import readings
from organizations.rules.kinds import GROUP_KINDS, KINDS, GroupKind, Kind
from organizations.tree import DayNode
from organizations.views.twigs import TREE_FIGURE, Stand

FOLDED_FROM = 3  # rows of one check that are told in one line
MOST = 50  # rows of one check shown here; the others are among 待办


@dataclass(frozen=True)
class Here(KnownActor):
    """The reader standing at a node, known with the nodes above it: what he may do on this way needs no asking."""

    actor: Actor
    path: Sequence[int]

    def may(self, right: Right, organization_id: int | None = None) -> bool:
        scope = self.actor.scope(right)
        if organization_id not in self.path or scope.everything:
            return self.actor.may(right, organization_id)
        return not scope.roots.isdisjoint(self.path[: self.path.index(organization_id) + 1])

    def part(self, right: Right, organization_id: int) -> Scope:
        """Where to look for the node's numbers: at its subtree where the right reaches all of it, else wherever it is held."""
        scope = self.actor.scope(right)
        reached = scope.everything or not scope.roots.isdisjoint(self.path)
        return scope.part(organization_id) if reached else scope


@dataclass(frozen=True)
class Fact:
    """A figure of the node with the list behind it; a number that comes after the page is None."""

    code: str
    name: str
    number: int | None
    url: str
    structure: str
    deferred: bool

    @property
    def slug(self) -> str:
        """Names its place on the page."""
        return self.code.replace(".", "-")


def facts_context(stand: Stand, *, whole: bool) -> dict[str, Any]:
    """What the page tells of the node beside its tree; what is deferred only with the ``whole`` page, or of a past day."""
    sight, node = stand.sight, stand.node
    whole = whole or sight.folding.day is not None
    found = [(each, stand.number(each) if whole or not each.deferred else None) for each in _shown(sight.actor)]
    facts = [_fact(each, node.pk, number, sight.folding.day) for each, number in found]
    own, total = (sight.members or {}).get(node.pk, 0), facts[0].number if facts else None
    parted = _parted(facts)
    here = Here(sight.actor, sight.outline.path(node.pk))
    return {
        "facts": parted.pop("", []),
        "structures": parted,
        "shares": None if sight.members is None or total is None else (own, total - own),
        "kind": kind_words(stand.then),
        "parent": stand.names.get(stand.then.parent_id or 0) or stand.parent,
        "may_change": bool(allowed_operations(here, node)),
    }


def kind_words(node: Organization | DayNode) -> str:
    """The kind in words; a 总支 leads its community, a 党小组 says which kind it is of."""
    kind = Kind(node.kind)
    if kind == Kind.GENERAL_BRANCH:
        return f"{KINDS[kind].label}（牵头党组织）"
    return f"{GROUP_KINDS[GroupKind(node.group_kind)]}{KINDS[kind].label}" if node.group_kind else KINDS[kind].label


def deferred_context(here: Here, pk: int, day: date) -> dict[str, Any]:
    """The figures of the node that today's page begins without."""
    looks = Looks(here, day, met=False)
    nodes = looks.at(here.part(Right.ORGANIZATIONS_READ, pk))
    some = [(each, looks.at(here.part(each.right, pk))) for each in _shown(here) if each.deferred]
    facts = [_fact(each, pk, readings.number_at(pk, each, look, nodes), None) for each, look in some]
    parted = _parted(facts)
    return {"facts": parted.pop("", []), "structures": parted}


def _shown(actor: Actor) -> list[Figure]:
    """The figures that stand under 基本情况, the number of members first."""
    some = [each for each in figures() if not each.on_card and actor.may(each.right)]
    return sorted(some, key=lambda each: each.code != TREE_FIGURE)


def _fact(figure: Figure, pk: int, number: int | None, past: date | None) -> Fact:
    """The list behind the number is asked for the same day."""
    url = on_day(figure.list_url(pk), past)
    return Fact(figure.code, figure.name, number, url, figure.structure, figure.deferred)


def _parted(facts: Sequence[Fact]) -> dict[str, list[Fact]]:
    """By structure, those that stand alone under the empty one; one part makes no structure."""
    structures: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        structures[fact.structure].append(fact)
    return {name: parts for name, parts in structures.items() if not name or len(parts) > 1}


def cards_context(request: HttpRequest, node: Organization, here: Here, day: date) -> dict[str, Any]:
    """规则检查 and panels, all told from one look at the node."""
    look = Look(here.scope(Right.ORGANIZATIONS_READ).part(node.pk), day, met=False)
    return {
        "node": node,
        "day": day,
        "findings": _findings(here, node.pk, look),
        "panels": _panels(request, here, node, look),
    }


@dataclass(frozen=True)
class Found:
    """A finding with the place it is about, empty on the place's own page, and the link its reader may follow."""

    finding: Finding
    place: str
    url: str


@dataclass(frozen=True)
class FindingGroup:
    """What one check found at one level; many rows are told in one line and folded."""

    level: Level
    code: str
    name: str
    rows: list[Found]

    @property
    def first(self) -> list[Found]:
        return self.rows[:MOST]

    @property
    def more(self) -> int:
        return len(self.rows) - len(self.first)

    @property
    def word(self) -> str:
        return LEVEL_WORDS[self.level]

    @property
    def folded(self) -> bool:
        return len(self.rows) >= FOLDED_FROM

    @property
    def heading(self) -> str:
        """What all rows say, or do; where they differ, the name of the check."""
        for said in ({row.finding.sentence.rstrip("。") for row in self.rows}, {row.finding.task for row in self.rows}):
            if len(said) == 1:
                return said.pop()
        return self.name


def _findings(here: Here, node_id: int, look: Look) -> dict[str, Any]:
    """By check, failing first; what is met is folded."""
    found = {
        check: [each for each in check.find(look) if each.level != Level.OK]
        for check in checks()
        if here.may(check.right, node_id)
    }
    met = [check.name for check, some in found.items() if not some]
    groups = _grouped(found, here, node_id, look)
    groups.sort(key=lambda each: list(Level).index(each.level))
    count = Counter(each.level for each in groups for _ in each.rows)
    return {
        "groups": groups,
        "late": count[Level.LATE],
        "soon": count[Level.SOON],
        "met": met,
        "any": bool(groups or met),
    }


def _grouped(found: dict[Check, list[Finding]], here: Here, node_id: int, look: Look) -> list[FindingGroup]:
    nodes = look.once(readings.nodes)
    rows: dict[tuple[Check, Level], list[Found]] = defaultdict(list)
    for check, some in found.items():
        for each in some:
            place = "" if each.organization_id == node_id else nodes[each.organization_id].place
            may = each.right is None or here.may(each.right, node_id)
            rows[check, each.level].append(Found(each, place, each.url if may else ""))
    return [FindingGroup(level, check.code, check.name, some) for (check, level), some in rows.items()]


def _panels(request: HttpRequest, here: Here, node: Organization, look: Look) -> list[SafeString]:
    found = []
    for panel in panels():
        context = panel.context(here, node, look) if here.may(panel.right, node.pk) else None
        if context is not None:
            found.append(render_to_string(panel.template, {"node": node} | context, request))
    return found
