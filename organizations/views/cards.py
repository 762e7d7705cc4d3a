"""The cards beside the tree: 基本情况, 规则检查, and the panels other apps give."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from linshu.figures.registry import LEVEL_WORDS, Finding, Level, Look, checks, figures
from linshu.scope import Actor, Right, Scope
from linshu.web.registry import panels
from organizations.access import allowed_operations
from organizations.models import Organization, OrganizationPeriod, Term
from organizations.rules.kinds import GROUP_KINDS, KINDS, GroupKind, Kind
from organizations.views.folding import on_day
from organizations.views.twigs import TREE_FIGURE, Count

FOLDED_FROM = 3  # rows of one check that are told in one line


@dataclass(frozen=True)
class Fact:
    """A figure of the node with the list behind it."""

    name: str
    unit: str
    number: int
    url: str


def node_context(request: HttpRequest, tree: dict[str, Any]) -> dict[str, Any]:
    """Everything on the page of a node beside its tree."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    node: Organization = tree["node"]
    rights = _Rights(actor, node.pk)
    then = _as_it_was(node, tree["folding"].day)
    return {
        "facts": _facts(tree["counts"], node.pk, tree["folding"].day),
        "shares": _shares(tree["counts"], node.pk),
        "then": then,
        "kind": kind_words(then),
        "term": Term.objects.filter(organization=node).on(tree["day"]).first(),
        "findings": _findings(rights, node.pk, tree["day"]),
        "panels": _panels(request, rights, node, tree["day"]),
        "may_change": bool(allowed_operations(actor, node)),
    }


def _as_it_was(node: Organization, past: date | None) -> Organization | OrganizationPeriod:
    """Name, kind and parent on a day before today; as they are where none is asked for, or the node was not there."""
    if past is None:
        return node
    periods = OrganizationPeriod.objects.filter(organization=node).on(past)
    return periods.select_related("parent").first() or node


def kind_words(node: Organization | OrganizationPeriod) -> str:
    """The kind in words; a 总支 leads its community, a 党小组 says which kind it is of."""
    kind = Kind(node.kind)
    if kind == Kind.GENERAL_BRANCH:
        return f"{KINDS[kind].label}（牵头党组织）"
    return f"{GROUP_KINDS[GroupKind(node.group_kind)]}{KINDS[kind].label}" if node.group_kind else KINDS[kind].label


class _Rights:
    """Which rights the actor holds over the node, each asked once."""

    def __init__(self, actor: Actor, node_id: int) -> None:
        self.actor, self.node_id = actor, node_id
        self._held: dict[Right, bool] = {}

    def held(self, right: Right) -> bool:
        if right not in self._held:
            self._held[right] = self.actor.may(right, self.node_id)
        return self._held[right]


def _facts(counts: dict[str, Count], node_id: int, past: date | None) -> list[Fact]:
    """The figures; the list behind each is asked for the same day."""
    return [
        Fact(each.name, each.unit, counts[each.code].total.get(node_id, 0), on_day(each.list_url(node_id), past))
        for each in sorted(figures(), key=lambda each: each.code != TREE_FIGURE)
        if each.code in counts
    ]


def _shares(counts: dict[str, Count], node_id: int) -> tuple[int, int] | None:
    """Members of the node itself and below it."""
    count = counts.get(TREE_FIGURE)
    if count is None:
        return None
    own = count.own.get(node_id, 0)
    return own, count.total.get(node_id, 0) - own


@dataclass(frozen=True)
class Found:
    """A finding with the place it is about, empty on the place's own page."""

    finding: Finding
    place: str


@dataclass(frozen=True)
class FindingGroup:
    """What one check found at one level; many rows are told in one line and folded."""

    level: Level
    name: str
    rows: list[Found]

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


def _findings(rights: _Rights, node_id: int, day: date) -> dict[str, Any]:
    """By check, failing first; what is met is folded."""
    look = Look(Scope(frozenset({node_id})), day)
    found = {
        check.name: [each for each in check.find(look) if each.level != Level.OK]
        for check in checks()
        if rights.held(check.right)
    }
    met = [name for name, some in found.items() if not some]
    groups = _grouped(found, node_id)
    groups.sort(key=lambda each: list(Level).index(each.level))
    count = Counter(each.level for each in groups for _ in each.rows)
    return {
        "groups": groups,
        "late": count[Level.LATE],
        "soon": count[Level.SOON],
        "met": met,
        "any": bool(groups or met),
    }


def _grouped(found: dict[str, list[Finding]], node_id: int) -> list[FindingGroup]:
    nodes = Organization.objects.in_bulk({each.organization_id for some in found.values() for each in some})
    rows: dict[tuple[str, Level], list[Found]] = defaultdict(list)
    for name, some in found.items():
        for each in some:
            place = "" if each.organization_id == node_id else nodes[each.organization_id].place
            rows[name, each.level].append(Found(each, place))
    return [FindingGroup(level, name, some) for (name, level), some in rows.items()]


def _panels(request: HttpRequest, rights: _Rights, node: Organization, day: date) -> list[SafeString]:
    found = []
    for panel in panels():
        context = panel.context(rights.actor, node, day) if rights.held(panel.right) else None
        if context is not None:
            found.append(render_to_string(panel.template, {"node": node} | context, request))
    return found
