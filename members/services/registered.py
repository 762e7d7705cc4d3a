"""What the register already holds, in the shape of the roster's rows, and where the file says otherwise."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

from linshu.parameters.services import values_on
from linshu.people.models import Person
from linshu.people.sealing import blind_index
from linshu.scope import Scope
from members.models import Membership
from members.rules.roster import Roster, differences
from members.rules.roster.shape import (
    MEMBERS,
    ORGANIZATIONS,
    MemberRow,
    Node,
    OrganizationRow,
    RosterProblem,
    shown,
)
from members.services.memberships import BATCH
from organizations.models import OPEN_END, Organization, Post, Term
from organizations.rules.kinds import Kind
from organizations.rules.terms import years_code

DIFFERS = "已登记且内容不同"
ELSEWHERE = "已在其他组织登记"
T = TypeVar("T")


@dataclass(frozen=True)
class Plan:
    """What is new in a roster that fits the register, and how much of it stands there already."""

    organizations: list[OrganizationRow]
    members: list[MemberRow]
    people: dict[str, Person]  # by identity number: who is known without being a member
    same_organizations: int
    same_members: int


def nodes_of_register() -> dict[str, Node]:
    """Open organisations by code."""
    rows = Organization.objects.open().select_related("parent")
    return {
        row.code: Node(row.name, Kind(row.kind), row.parent.code if row.parent else "", row.established_on)
        for row in rows
    }


def compare(roster: Roster, scope: Scope) -> tuple[Plan, list[RosterProblem]]:
    """Sort the rows into new and unchanged; a row that differs from the register is a problem.

    About a member registered outside ``scope`` nothing is told but that he is registered.
    """
    organizations, problems = _new_organizations(roster.organizations)
    people = _people([row.id_number for row in roster.members])
    registered = _registered(people.values())
    places = scope.covered({each.organization_id for each, _ in registered.values()})
    new: list[MemberRow] = []
    for row in roster.members:
        person = people.get(row.id_number)
        membership, told = registered.get(person.pk, (None, None)) if person else (None, None)
        if person and (membership is None or told is None):
            problems += _differing(row, _as_person_row(row, person))
            new.append(row)
        elif membership is None or told is None:
            new.append(row)
        elif membership.organization_id not in places:
            problems.append(_elsewhere(row, ELSEWHERE, "该人已在其他组织登记，请走组织关系转接。"))
        elif not membership.is_open:
            problems.append(_elsewhere(row, "曾经登记", "该人曾在名册登记，现已不在册，不能由导入恢复。"))
        else:
            problems += _differing(row, told)
    plan = Plan(
        organizations, new, {row.id_number: people[row.id_number] for row in new if row.id_number in people},
        len(roster.organizations) - len(organizations), len(roster.members) - len(new),
    )  # fmt: skip
    return plan, problems


def _elsewhere(row: MemberRow, rule: str, message: str) -> RosterProblem:
    return _problem(MEMBERS, row, "公民身份号码", rule, message, row.id_number)


def _new_organizations(rows: Sequence[OrganizationRow]) -> tuple[list[OrganizationRow], list[RosterProblem]]:
    found = {each.code: each for each in Organization.objects.filter(code__in=[row.code for row in rows])}
    nodes = nodes_of_register()
    terms = {term.organization_id: term for term in Term.objects.filter(valid_to=OPEN_END)}
    new, problems = [], _wrong_terms(rows)
    for row in rows:
        standing = found.get(row.code)
        if standing is None:
            new.append(row)
        elif not standing.is_open:
            message = "这个编码属于已经撤销的组织，编码不能再用，请换一个。"
            problems.append(_problem(ORGANIZATIONS, row, "组织编码", "编码唯一", message, row.code))
        else:
            problems += _differing_organization(row, nodes[row.code], terms.get(standing.pk))
    return new, problems


def _wrong_terms(rows: Sequence[OrganizationRow]) -> list[RosterProblem]:
    """Terms of other years than the rule of the day they began (rule book 1.2)."""
    values = {day: values_on(day) for day in {row.term_from for row in rows if row.term_from}}
    problems = []
    for row in rows:
        years = int(values[row.term_from][years_code(row.kind)]) if row.term_from else None
        if years != row.term_years:
            message = f"按规定这类组织的任期是 {years} 年，请核对。"
            problems.append(_problem(ORGANIZATIONS, row, "任期(年)", "§1.2 任期", message, str(row.term_years)))
    return problems


def _differing_organization(row: OrganizationRow, node: Node, term: Term | None) -> list[RosterProblem]:
    told = OrganizationRow(
        row.row, row.code, node.name, node.kind or row.kind, node.parent_code, node.established_on or row.established_on,
        term.valid_from if term else None, term.years if term else None,
    )  # fmt: skip
    return [
        _problem(ORGANIZATIONS, row, column, DIFFERS, "系统中已有这个组织，内容与文件不同。请在组织线办理变更。", "")
        for column in differences.of_organization(row, told)
    ]


def _people(id_numbers: Sequence[str]) -> dict[str, Person]:
    """Known persons by identity number."""
    numbers = {blind_index(number, purpose="id_number"): number for number in id_numbers}
    found: dict[str, Person] = {}
    for batch in _batches(numbers):
        for person in Person.objects.filter(id_number_index__in=batch):
            found[numbers[person.id_number_index or ""]] = person
    return found


def _registered(people: Iterable[Person]) -> dict[int, tuple[Membership, MemberRow]]:
    """The last membership of each person, and the row it amounts to."""
    found: dict[int, tuple[Membership, MemberRow]] = {}
    for batch in _batches(person.pk for person in people):
        rows = Membership.objects.filter(person_id__in=batch).order_by("valid_from").with_names()
        posts: dict[int, list[Post]] = defaultdict(list)
        for post in Post.objects.filter(person_id__in=batch, valid_to=OPEN_END):
            posts[post.person_id].append(post)
        found |= {row.person_id: (row, _as_row(row, posts[row.person_id])) for row in rows}
    return found


def _as_row(membership: Membership, posts: Sequence[Post]) -> MemberRow:
    person, node = membership.person, membership.organization
    branch, group = (node.parent, node) if node.kind == Kind.GROUP else (node, None)
    return MemberRow(
        row=0, name=person.name, sex=person.sex, birth_date=person.birth_date, ethnicity=person.ethnicity,
        id_number=person.id_number, education=person.education, joined_on=membership.joined_on,
        full_on=membership.full_on, category=membership.category, branch_code=branch.code if branch else "",
        group_code=group.code if group else "", phone=person.phone, address=person.address,
        posts=tuple(post.title for post in posts if branch and post.organization_id == branch.pk),
        is_mobile=membership.is_mobile, destination=membership.destination, note=membership.note,
    )  # fmt: skip


def _as_person_row(row: MemberRow, person: Person) -> MemberRow:
    """The row with what the register knows of a person who is no member: name and sex must agree."""
    return replace(row, name=person.name, sex=person.sex)


def _differing(row: MemberRow, told: MemberRow) -> list[RosterProblem]:
    message = "系统中已有此人，内容与文件不同。导入只新增，不修改，请在系统里办理变更。"
    return [_problem(MEMBERS, row, column, DIFFERS, message, "") for column in differences.of_member(row, told)]


def _problem(
    sheet: str, row: MemberRow | OrganizationRow, column: str, rule: str, message: str, value: str
) -> RosterProblem:
    return RosterProblem(sheet, row.row, column, shown(column, value), rule, message)


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, BATCH)):
        yield batch
