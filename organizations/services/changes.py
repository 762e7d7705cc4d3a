"""Carrying out a plan: the timeline it touches is read and judged under the tree lock, then truth and index written."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from linshu.errors import Conflict, Invalid, Problem
from linshu.people.rules.pinyin import initials
from organizations.models import OPEN_END, Organization, OrganizationPeriod
from organizations.rules.codes import check_code
from organizations.rules.kinds import Kind
from organizations.rules.names import Named
from organizations.rules.periods import Period, Plan, apply, open_period, violations
from organizations.rules.spans import check_day
from organizations.services.nodes import today_of
from organizations.signals import county_changed
from organizations.tree import timeline_of


@dataclass(frozen=True, slots=True)
class NodeData(Named):
    """What describes a node: code, names, kind; ``group_kind`` for a 党小组 only."""

    code: str
    name: str
    short_name: str
    kind: Kind
    group_kind: str = ""


@dataclass(frozen=True)
class Change:
    """The words every operation carries: what it is called, why, by which document, at what moment registered."""

    operation: str
    reason: str
    document_no: str
    now: datetime


def timeline_around(nodes: Collection[int], *, since: date) -> list[Period]:
    """Periods that matter for a change of the nodes from ``since`` on: theirs, all above them, and their children's."""
    after = OrganizationPeriod.objects.filter(valid_to__gt=since)
    found: dict[tuple[int, date], Period] = {}
    asked: set[int] = set()
    waiting = set(nodes)
    below = Q(parent_id__in=waiting)
    while waiting:
        rows = timeline_of(after.filter(Q(organization_id__in=waiting) | below))
        asked |= waiting
        found |= {(row.node, row.valid_from): row for row in rows}
        waiting = {row.parent for row in rows if row.parent is not None} - asked
        below = Q(pk__in=[])
    return list(found.values())


def current(node_id: int) -> Period:
    """The node's open period, read under the lock; Conflict when it has been closed since."""
    return open_period(timeline_of(OrganizationPeriod.objects.filter(organization_id=node_id)), node_id)


def require_words(*, reason: str, on: date, now: datetime) -> None:
    """An operation names its reason and does not lie in the future."""
    if not reason.strip():
        raise Invalid.field("reason", "请写明事由，变更记录和审计日志都要用。", rule="变动须有事由")
    check_day(on, today=today_of(now))


def judge(plan: Plan) -> None:
    """Invalid with every sentence the rules find against the plan; nothing is written."""
    before = timeline_around(plan.touched, since=plan.on)
    found = violations(apply(before, plan), since=plan.on)
    standing = {(each.node, each.code) for each in violations(before, since=plan.on)}
    broken = [each for each in found if (each.node, each.code) not in standing]
    if broken:
        problems = [Problem("", each.message, each.code, str(each.day)) for each in broken]
        raise Invalid(broken[0].message, problems=problems)


def carry_out(plan: Plan, change: Change, *, codes: Mapping[int, str] | None = None) -> dict[int, Organization]:
    """Judge and write the plan; ``codes`` names the codes of new nodes. Returns new nodes by their negative id."""
    require_words(reason=change.reason, on=plan.on, now=change.now)
    codes = codes or {}
    require_free(codes.values())
    judge(plan)
    for node_id in (*plan.closed, *[period.node for period in plan.changed]):
        OrganizationPeriod.objects.filter(organization_id=node_id, valid_to=OPEN_END).update(valid_to=plan.on)
    made: dict[int, Organization] = {}
    for period in plan.new:
        made[period.node] = _begin(period, codes[period.node], made)
        _write_period(made[period.node], change)
    for period in plan.changed:
        _write_period(_alter(period, made), change, since=plan.on)
    Organization.objects.filter(pk__in=plan.closed).update(closed_on=plan.on)
    return made


def require_free(codes: Collection[str]) -> None:
    """Conflict when a code is taken, be it by a closed node: codes are never given twice. Invalid for a malformed one."""
    for code in codes:
        check_code(code)
    taken = Organization.objects.filter(code__in=codes).values_list("code", flat=True)
    if taken:
        names = "、".join(sorted(taken))
        problems = [Problem("code", f"组织编码 {code} 已被使用，请换一个。", "编码不重复", code) for code in taken]
        raise Conflict(f"组织编码 {names} 已被使用。请换一个编码。", code="code_taken", problems=problems)


def described(node: Organization, period: Period) -> Organization:
    """The node's row with what its period says; the parent is set by the caller."""
    values: dict[str, Any] = {
        "kind": period.kind.value,
        "group_kind": period.group_kind,
        "name": period.name,
        "short_name": period.short_name,
        "name_initials": initials(period.short_name),
    }
    for name, value in values.items():
        setattr(node, name, value)
    return node


def period_row(node: Organization, change: Change, *, since: date) -> OrganizationPeriod:
    """The open period row that says what the node's row says."""
    return OrganizationPeriod(
        organization=node,
        parent_id=node.parent_id,
        kind=node.kind,
        group_kind=node.group_kind,
        name=node.name,
        short_name=node.short_name,
        valid_from=since,
        operation=change.operation,
        reason=change.reason,
        document_no=change.document_no,
    )


def period_of(row: OrganizationPeriod) -> Period:
    """A period row as the rules know it."""
    return Period(
        row.organization_id,
        row.parent_id,
        Kind(row.kind),
        row.name,
        row.short_name,
        row.valid_from,
        row.valid_to,
        row.group_kind,
    )


def _write_period(node: Organization, change: Change, *, since: date | None = None) -> None:
    row = period_row(node, change, since=since or node.established_on)
    row.full_clean()
    row.save()


def _begin(period: Period, code: str, made: Mapping[int, Organization]) -> Organization:
    node = described(Organization(code=code, established_on=period.valid_from), period)
    return _stand(node, period.parent, made)


def _alter(period: Period, made: Mapping[int, Organization]) -> Organization:
    node = described(Organization.objects.get(pk=period.node), period)
    return _stand(node, period.parent, made)


def _stand(node: Organization, parent_id: int | None, made: Mapping[int, Organization]) -> Organization:
    """Save under the parent; both rows are read afresh, mptt's numbers go stale with every shift."""
    tree = node.tree_id
    if parent_id is None:
        node.parent = None
    else:
        node.parent = Organization.objects.get(pk=made[parent_id].pk if parent_id < 0 else parent_id)
    node.full_clean()
    node.save()
    tell_new_county(node, tree)
    return node


def tell_new_county(node: Organization, tree_id: int | None) -> None:
    """After a move from the tree ``tree_id`` (None: a new node): who keeps the county of a row writes it anew."""
    if tree_id not in (None, node.tree_id):
        county_changed.send(Organization, organization=node)
