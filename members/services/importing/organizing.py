"""The sheet 党组织: new organisations are established, what stands must read the same, and the rest is a problem."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from linshu.loading import batches
from linshu.parameters.services import values_on_each
from linshu.scope import EVERYTHING, Actor, Right, Scope
from members.rules.roster import differences, organizations
from members.rules.roster.judging import DIFFERS
from members.rules.roster.names import short_name
from members.rules.roster.shape import (
    ORGANIZATIONS,
    Findings,
    Node,
    OrganizationRow,
    RosterProblem,
    Row,
    check_formulas,
    shown,
)
from organizations.access import can_place
from organizations.models import OPEN_END, Organization, Term
from organizations.querysets import OrganizationQuerySet
from organizations.rules.kinds import GroupKind, Kind
from organizations.rules.terms import years_code
from organizations.services.changes import NodeData
from organizations.services.founding import NewNode, establish_many
from organizations.services.terms import start_first_terms

BATCH = 500


@dataclass(frozen=True)
class Sheet:
    """The sheet held against the register: what is new, how much stands, and what is wrong.

    ``nodes`` are the organisations that a row of 党员 may name: those of the file over those of the register in scope.
    ``outside`` are the rows that are not the importer's, and about which nothing is done or told.
    """

    nodes: dict[str, Node]
    outside: dict[int, str]  # codes by row
    new: list[OrganizationRow]
    same: list[OrganizationRow]
    names: dict[int, str]  # by row, of those with problems
    findings: Findings


def nodes_of_register(scope: Scope = EVERYTHING) -> dict[str, Node]:
    """Open organisations in scope by code."""
    return _as_nodes(Organization.objects.within(scope).open().order_by())


def _as_nodes(found: OrganizationQuerySet) -> dict[str, Node]:
    rows = found.values_list("code", "name", "kind", "parent__code", "established_on").iterator()
    return {code: Node(name, Kind(kind), parent or "", on) for code, name, kind, parent, on in rows}


def read_sheet(lines: Iterable[Row], *, by: Actor, today: date) -> Sheet:
    """Check the sheet and compare it. Where a row is wrong in itself nothing is compared.

    The register is read in scope: the answer is one and the same whether a code outside it exists or not. The rows as
    text are let go here: of a city they would fill more memory than all that follows.
    """
    scope, findings, rows = by.scope(Right.MEMBERS_IMPORT), Findings(), list(lines)
    check_formulas(rows, findings)
    near = nodes_of_register(scope)
    nodes = organizations.nodes_of(rows, near, today=today)
    outside = [] if scope.everything else organizations.outside(rows, nodes, reached=_codes(scope))
    left_out = {row.number for row in outside}
    own = [row for row in rows if row.number not in left_out]
    found = organizations.read(own, _parents_of(scope) | nodes, findings, today=today)
    new, problems = compare(found, by=by)
    findings.problems += problems
    fresh = {row.code for row in new}
    wrong = {each.row for each in findings.problems}
    names = {row.number: row.get("组织全称")[:120] for row in rows if row.number in wrong}
    codes = {row.number: row.get("组织编码") for row in outside}
    return Sheet(nodes, codes, new, [row for row in found if row.code not in fresh], names, findings)


def _codes(scope: Scope) -> frozenset[str]:
    """Codes in scope, those of closed organisations too."""
    return frozenset(Organization.objects.within(scope).order_by().values_list("code", flat=True))


def _parents_of(scope: Scope) -> dict[str, Node]:
    """What the roots of the scope stand under: the file names it as their parent."""
    above = Organization.objects.filter(pk__in=Organization.objects.filter(pk__in=scope.roots).values("parent"))
    return _as_nodes(above)


def compare(rows: Sequence[OrganizationRow], *, by: Actor) -> tuple[list[OrganizationRow], list[RosterProblem]]:
    """Which rows are new, and what is wrong: other contents, closed codes, terms against the rule, places without right.

    Of an organisation outside the scope only that its code is taken: a code names one organisation.
    """
    new, problems = [], _wrong_terms(rows)
    for batch in batches(rows, BATCH):
        standing = _standing([row.code for row in batch], by.scope(Right.MEMBERS_IMPORT))
        new += [row for row in batch if row.code not in standing]
        problems += [told for row in batch if row.code in standing for told in _against(row, standing[row.code])]
    return new, problems + _unplaceable(new, by)


def _standing(codes: Sequence[str], scope: Scope) -> dict[str, tuple[Organization, Term | None] | None]:
    """The organisations of these codes with their open terms; None for those outside the scope."""
    found = Organization.objects.filter(code__in=codes).select_related("parent").order_by()
    nodes = {each.pk: each for each in found}
    reached = scope.covered({*nodes})
    terms = {each.organization_id: each for each in Term.objects.filter(organization_id__in=nodes, valid_to=OPEN_END)}
    return {each.code: (each, terms.get(pk)) if pk in reached else None for pk, each in nodes.items()}


def _against(row: OrganizationRow, standing: tuple[Organization, Term | None] | None) -> list[RosterProblem]:
    if standing is None:
        return [_problem(row, "组织编码", "编码唯一", "这个编码已有别的组织使用，请换一个。", row.code)]
    node, term = standing
    if not node.is_open:
        message = "这个编码属于已经撤销的组织，编码不能再用，请换一个。"
        return [_problem(row, "组织编码", "编码唯一", message, row.code)]
    return _differing(row, node, node.parent.code if node.parent else "", term)


def establish(rows: Sequence[OrganizationRow], *, reason: str, by: Actor, now: datetime) -> None:
    """Establish the rows and begin their terms; under the tree lock."""
    if not rows:
        return
    names = {row.code: row.name for row in rows}
    above = {row.parent_code for row in rows} - names.keys()
    names |= dict(Organization.objects.filter(code__in=above).values_list("code", "name"))
    nodes = [NewNode(_data(row, names), row.parent_code, row.established_on) for row in rows]
    made = establish_many(nodes=nodes, reason=reason, by=by, now=now)
    start_first_terms({made[row.code]: row.term_from for row in rows if row.term_from}, by=by, now=now)


def _data(row: OrganizationRow, names: dict[str, str]) -> NodeData:
    short = short_name(row.name, row.kind, names.get(row.parent_code, ""))
    return NodeData(row.code, row.name, short, row.kind, GroupKind.AREA if row.kind == Kind.GROUP else "")


def _wrong_terms(rows: Sequence[OrganizationRow]) -> list[RosterProblem]:
    """Terms of other years than the rule of the day they began (rule book 1.2)."""
    values = values_on_each(row.term_from for row in rows if row.term_from)
    problems = []
    for row in rows:
        years = int(values[row.term_from][years_code(row.kind)]) if row.term_from else None
        if years != row.term_years:
            message = f"按规定这类组织的任期是 {years} 年，请核对。"
            problems.append(_problem(row, "任期(年)", "§1.2 任期", message, str(row.term_years)))
    return problems


def _differing(row: OrganizationRow, node: Organization, parent_code: str, term: Term | None) -> list[RosterProblem]:
    told = OrganizationRow(
        row.row, row.code, node.name, Kind(node.kind), parent_code, node.established_on,
        term.valid_from if term else None, term.years if term else None,
    )  # fmt: skip
    message = "系统中已有这个组织，内容与文件不同。请在组织线办理变更。"
    return [_problem(row, column, DIFFERS, message, "") for column in differences.of_organization(row, told)]


def _unplaceable(new: Sequence[OrganizationRow], by: Actor) -> list[RosterProblem]:
    """New organisations under a parent of the register where the actor may establish none."""
    own = {row.code for row in new}
    codes = {row.parent_code for row in new} - own
    ids = dict(Organization.objects.filter(code__in=codes).values_list("code", "pk"))
    may: dict[tuple[Kind, str], bool] = {}
    problems = []
    for row in new:
        key = (row.kind, row.parent_code)
        if row.parent_code in own:
            continue
        if key not in may:
            may[key] = can_place(by, row.kind, ids.get(row.parent_code))
        if not may[key]:
            message = "您的角色不能在这个上级之下成立组织，请由上级办理，或删去这一行。"
            problems.append(_problem(row, "上级组织编码", "成立组织的权限", message, row.parent_code))
    return problems


def _problem(row: OrganizationRow, column: str, rule: str, message: str, value: str) -> RosterProblem:
    return RosterProblem(ORGANIZATIONS, row.row, column, shown(column, value), rule, message)
