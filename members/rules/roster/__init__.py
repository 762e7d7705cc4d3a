"""The county's roster file: from rows of text to checked organisations and members, or to named problems."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from members.rules.membership import Limits
from members.rules.roster import members, organizations, shape
from members.rules.roster.shape import Findings, MemberRow, Node, OrganizationRow, RosterProblem, Sheet


@dataclass(frozen=True)
class Roster:
    """What the file says. With a problem in it there are no rows: the file is taken whole or not at all."""

    organizations: tuple[OrganizationRow, ...]
    members: tuple[MemberRow, ...]
    problems: tuple[RosterProblem, ...]
    warnings: tuple[RosterProblem, ...]


def read(sheets: Sequence[Sheet], known: Mapping[str, Node], titles: Sequence[str], limits: Limits) -> Roster:
    """Check every row against the rules and against one another.

    ``known`` are the organisations of the register by code, ``titles`` the 党内职务 of a branch, ``limits`` the
    numbers in force today.
    """
    misshapen = shape.check_shape(sheets)
    if misshapen:
        return Roster((), (), tuple(misshapen), ())
    rows = {sheet.name: sheet.rows for sheet in sheets}
    findings = Findings()
    shape.check_formulas(rows[shape.ORGANIZATIONS], findings)
    nodes = organizations.nodes_of(rows[shape.ORGANIZATIONS], known, today=limits.day)
    nodes_found = organizations.read(rows[shape.ORGANIZATIONS], nodes, findings, today=limits.day)
    people_found = members.read(rows[shape.MEMBERS], members.RowCheck(nodes, titles, limits), findings)
    problems = tuple(sorted(findings.problems, key=lambda each: (each.sheet != shape.ORGANIZATIONS, each.row)))
    if problems:
        return Roster((), (), problems, tuple(findings.warnings))
    return Roster(tuple(nodes_found), tuple(people_found), (), tuple(findings.warnings))
