"""更正: replaces what was registered wrongly in one period; the old values stay in the log."""

from dataclasses import dataclass
from datetime import date, datetime

from linshu.audit import services as audit
from linshu.errors import Invalid, NotFound, NotPermitted, Problem
from linshu.scope import Actor, Right
from organizations.access import can_correct
from organizations.models import OPEN_END, Organization, OrganizationPeriod
from organizations.rules.kinds import GROUP_KINDS, GroupKind, Kind
from organizations.rules.names import Named
from organizations.rules.periods import Period, violations
from organizations.services.changes import described, period_of, require_words, tell_new_county, timeline_around
from organizations.services.nodes import today_of
from organizations.services.operations import check_group_kind
from organizations.tree import tree_lock

Rows = list[OrganizationPeriod]


@dataclass(frozen=True)
class Correction(Named):
    """What the period should have said. ``valid_to`` None: it goes on; only a node's last period may end or go on."""

    name: str
    short_name: str
    parent_id: int | None
    valid_from: date
    valid_to: date | None
    document_no: str
    group_kind: str = ""


def correct(
    *, node: Organization, valid_from: date, correction: Correction, reason: str, by: Actor, now: datetime
) -> Organization:
    """Correct the period of the node that was registered to begin on ``valid_from``.

    The period before it ends where it now begins; every later day is judged anew.
    """
    with tree_lock():
        if not can_correct(by, node):
            raise NotPermitted
        require_words(reason=reason, on=correction.valid_from, now=now)
        rows = list(OrganizationPeriod.objects.filter(organization=node).order_by("valid_from"))
        place = next((place for place, row in enumerate(rows) if row.valid_from == valid_from), None)
        if place is None:
            raise NotFound("没有找到要更正的这段沿革，可能刚被别人更正过。请刷新页面再办。")
        _require_parents(by, _parents(rows[place], correction))
        changes = _changes(rows[place], correction)
        since = min(correction.valid_from, rows[place].valid_from)
        before = timeline_around({node.pk, *_parents(rows[place], correction)}, since=since)
        _replace(rows, place, correction, now)
        _judge(before, rows, node.pk, since)
        _save(rows, place)
        node = _derive(node.pk, rows)
        data = {"name": node.name, "changes": changes}
        audit.record(
            "organizations.corrected", by=by, subject=node, organization_id=node.pk, reason=reason, data=data, now=now
        )
    return node


def _require_parents(by: Actor, parents: set[int]) -> None:
    """A node changes hands only between parents the right reaches, both the one registered and the other."""
    if len(parents) > 1 and not all(by.may(Right.ORGANIZATIONS_CORRECT, parent) for parent in parents):
        raise NotPermitted


def _parents(row: OrganizationPeriod, correction: Correction) -> set[int]:
    return {parent for parent in (row.parent_id, correction.parent_id) if parent is not None}


def _changes(row: OrganizationPeriod, correction: Correction) -> str:
    """Old and new in words; Invalid when nothing changes."""
    names = dict(Organization.objects.filter(pk__in=_parents(row, correction)).values_list("pk", "name"))
    end = None if row.valid_to == OPEN_END else row.valid_to
    pairs = [
        ("全称", row.name, correction.name),
        ("简称", row.short_name, correction.short_name),
        ("上级", names.get(row.parent_id or 0, "无"), names.get(correction.parent_id or 0, "无")),
        ("起始日", row.valid_from, correction.valid_from),
        ("截止日", end or "无", correction.valid_to or "无"),
        ("党小组类别", _group_word(row.group_kind), _group_word(correction.group_kind)),
        ("文号", row.document_no or "无", correction.document_no or "无"),
    ]
    words = [f"{label}由“{old}”改为“{new}”" for label, old, new in pairs if old != new]
    if not words:
        raise Invalid("内容与原来的登记相同，没有要更正的。请改好再提交，或者取消。", code="unchanged")
    return "；".join(words)


def _group_word(group_kind: str) -> str:
    return GROUP_KINDS[GroupKind(group_kind)] if group_kind else "无"


def _replace(rows: Rows, place: int, correction: Correction, now: datetime) -> None:
    """Put the values into the rows, the neighbour's end included."""
    row = rows[place]
    end = correction.valid_to or OPEN_END
    if end != row.valid_to and place != len(rows) - 1:
        message = "只有最后一段沿革可以更正截止日；其余各段请更正下一段的起始日。"
        raise Invalid.field("valid_to", message, rule="前后两段首尾相连", value=end)
    if end != OPEN_END and end > today_of(now):
        raise Invalid.field("valid_to", f"截止日 {end} 晚于今天，请改正。", rule="不登记将来的变动", value=end)
    if correction.group_kind != row.group_kind:
        check_group_kind(Kind(row.kind), correction.group_kind)
        row.group_kind = correction.group_kind
    row.name, row.short_name, row.document_no = correction.name, correction.short_name, correction.document_no
    row.parent_id, row.valid_from, row.valid_to = correction.parent_id, correction.valid_from, end
    if row.valid_from >= row.valid_to:
        message = f"起始日 {row.valid_from} 应早于截止日 {row.valid_to}。请改正日期。"
        raise Invalid.field("valid_from", message, rule="起始日早于截止日", value=row.valid_from)
    if place and rows[place - 1].valid_from >= row.valid_from:
        message = f"起始日应晚于上一段的起始日 {rows[place - 1].valid_from}。请改正日期。"
        raise Invalid.field("valid_from", message, rule="前后两段首尾相连", value=row.valid_from)
    if place:
        rows[place - 1].valid_to = row.valid_from


def _judge(before: list[Period], rows: Rows, node_id: int, since: date) -> None:
    others = [period for period in before if period.node != node_id]
    broken = violations([*others, *[period_of(row) for row in rows]], since=since)
    if broken:
        problems = [Problem("", each.message, each.code, str(each.day)) for each in broken]
        raise Invalid(broken[0].message, problems=problems)


def _save(rows: Rows, place: int) -> None:
    for row in rows[max(0, place - 1) : place + 1][::-1]:
        row.full_clean()
        row.save()


def _derive(node_id: int, rows: Rows) -> Organization:
    """Today's row of the node, from its first and last period."""
    last = rows[-1]
    node = Organization.objects.get(pk=node_id)
    tree = node.tree_id
    described(node, period_of(last))
    node.established_on = rows[0].valid_from
    node.closed_on = None if last.valid_to == OPEN_END else last.valid_to
    node.parent = Organization.objects.get(pk=last.parent_id) if last.parent_id else None
    node.save()
    tell_new_county(node, tree)
    return node
