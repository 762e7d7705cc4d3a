"""Checks of the sheet 党组织 (domain rule book 1.1, 1.2)."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from members.rules.roster import cells
from members.rules.roster.shape import Findings, Node, OrganizationRow, Row
from organizations.rules.kinds import KINDS, Kind, may_stand_under

KIND_WORDS = {spec.label: kind for kind, spec in KINDS.items()}
YEARS = re.compile(r"[1-9]", re.ASCII)
NO_TERM = frozenset({Kind.COMMUNITY, Kind.GROUP})


def nodes_of(rows: Sequence[Row], known: Mapping[str, Node], *, today: date) -> dict[str, Node]:
    """Organisations by code: those of the register, and over them those of the file."""
    named = {row.get("组织编码"): _node(row, today) for row in rows}
    return dict(known) | named


def _node(row: Row, today: date) -> Node:
    established = cells.whole_day(row, "成立日期", Findings(), today=today)
    return Node(row.get("组织全称"), KIND_WORDS.get(row.get("组织类型")), row.get("上级组织编码"), established)


def outside(rows: Sequence[Row], nodes: Mapping[str, Node], *, reached: Collection[str]) -> list[Row]:
    """Rows that neither are an organisation of ``reached`` codes nor stand, row over row, under one.

    A row without a code is none of them: what is wrong with it is said.
    """

    def is_own(code: str) -> bool:
        seen: set[str] = set()
        while code not in reached and code in nodes and code not in seen:
            seen.add(code)
            code = nodes[code].parent_code
        return code in reached

    return [row for row in rows if row.get("组织编码") and not is_own(row.get("组织编码"))]


def read(rows: Sequence[Row], nodes: Mapping[str, Node], findings: Findings, *, today: date) -> list[OrganizationRow]:
    """Checked organisations, parents before children."""
    found = [_read(row, findings, today) for row in rows]
    _refuse_repeated(rows, findings)
    for row in rows:
        _check_place(row, nodes, findings)
    return [] if findings.problems else _parents_first([each for each in found if each])


def _read(row: Row, findings: Findings, today: date) -> OrganizationRow | None:
    """The row for itself; None where something is wrong with it."""
    code = cells.required(row, "组织编码", findings, longest=40)
    name = cells.required(row, "组织全称", findings, longest=120)
    kind = cells.word(row, "组织类型", findings, {label: kind.value for label, kind in KIND_WORDS.items()})
    established = cells.whole_day(row, "成立日期", findings, today=today)
    term = _term(row, findings, today)
    if code is None or name is None or kind is None or established is None or term is None:
        return None
    parent = row.get("上级组织编码")
    return OrganizationRow(row.number, code, name, Kind(kind), parent, established, *term)


def _term(row: Row, findings: Findings, today: date) -> tuple[date, int] | tuple[()] | None:
    """Start and years of the term, nothing where none is given; None where it is wrong."""
    start, years = row.get("本届起始日期"), row.get("任期(年)")
    if not start and not years:
        return ()
    if KIND_WORDS.get(row.get("组织类型")) in NO_TERM:
        findings.refuse(row, "本届起始日期" if start else "任期(年)", "§1.2 任期", "社区和党小组没有党内任期，请清空。")
        return None
    if not YEARS.fullmatch(years):
        findings.refuse(row, "任期(年)", "§1.2 任期", "任期应填年数，如 5。")
        return None
    found = cells.whole_day(row, "本届起始日期", findings, today=today)
    return (found, int(years)) if found else None


def _refuse_repeated(rows: Sequence[Row], findings: Findings) -> None:
    first: dict[str, int] = {}
    for row in rows:
        code = row.get("组织编码")
        if code and first.setdefault(code, row.number) != row.number:
            findings.refuse(row, "组织编码", "编码唯一", f"与第 {first[code]} 行的编码重复，一个编码只能用一次。")


def _check_place(row: Row, nodes: Mapping[str, Node], findings: Findings) -> None:
    """The parent is known, of a kind that may carry this one, not below it, and not younger."""
    node = nodes[row.get("组织编码")]
    if node.kind is None:
        return
    parent = nodes.get(node.parent_code) if node.parent_code else None
    if node.parent_code and parent is None:
        findings.refuse(row, "上级组织编码", "上级存在", "文件和系统里都没有这个上级组织，请核对编码。")
    elif _meets_itself(row.get("组织编码"), nodes):
        findings.refuse(row, "上级组织编码", "不得成环", "顺着上级往上找，又回到了本组织，请改正上级。")
    elif parent is None or parent.kind is not None:
        _check_kind(row, node, parent, findings)


def _check_kind(row: Row, node: Node, parent: Node | None, findings: Findings) -> None:
    kind = node.kind
    if kind is None:
        return
    if not may_stand_under(kind, parent.kind if parent else None):
        allowed = "、".join(sorted(KINDS[each].label for each in KINDS[kind].parents))
        message = (
            f"{KINDS[kind].label}的上级只能是：{allowed}。" if allowed else f"{KINDS[kind].label}没有上级，请清空。"
        )
        column = "上级组织编码"
        findings.refuse(row, column, "§1.1 组织线", message)
    elif parent and parent.established_on and node.established_on and node.established_on < parent.established_on:
        findings.refuse(row, "成立日期", "§1.1 组织线", "成立日期早于上级组织的成立日期，请核对。")


def _meets_itself(code: str, nodes: Mapping[str, Node]) -> bool:
    seen: set[str] = set()
    at = nodes[code].parent_code
    while at in nodes and at not in seen:
        if at == code:
            return True
        seen.add(at)
        at = nodes[at].parent_code
    return False


def _parents_first(found: Sequence[OrganizationRow]) -> list[OrganizationRow]:
    """In levels, so that a parent is written before its children; within a level in the order of the file."""
    parents = {each.code: each.parent_code for each in found}

    def depth(code: str) -> int:
        steps = 0
        while code in parents:
            code, steps = parents[code], steps + 1
        return steps

    return sorted(found, key=lambda each: depth(each.code))
