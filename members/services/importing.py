"""Importing a roster: the whole file or nothing, again and again with the same end."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.utils import timezone

from linshu.audit import services as audit
from linshu.errors import Invalid
from linshu.parameters.services import values_on
from linshu.people.models import Person
from linshu.people.services import PersonData, fill_person, new_person
from linshu.scope import Actor, Right, require
from members.models import Membership
from members.rules import roster
from members.rules.membership import Limits, post_starts_on, starts_on
from members.rules.roster.names import short_name
from members.rules.roster.shape import MemberRow, OrganizationRow, RosterProblem, Sheet
from members.services.memberships import BATCH, Admission, admit_many
from members.services.registered import ELSEWHERE, Plan, compare, nodes_of_register
from members.services.workbook import read_sheets
from organizations.models import OPEN_END, Organization, Term
from organizations.rules.kinds import GroupKind, Kind
from organizations.rules.posts import titles_of
from organizations.services.changes import NodeData
from organizations.services.founding import NewNode, establish_many
from organizations.services.posts import appoint
from organizations.services.terms import start_term
from organizations.tree import tree_lock

REASON = "名册导入"


@dataclass(frozen=True)
class Outcome:
    """What an import has written (or, on a dry run, would write), and what stood there already."""

    organizations: int
    members: int
    same_organizations: int
    same_members: int
    warnings: tuple[RosterProblem, ...]
    fingerprint: str

    @property
    def is_new(self) -> bool:
        """Is there anything in the file that the register does not hold?"""
        return bool(self.organizations or self.members)


def import_roster(*, content: bytes, dry_run: bool = False, by: Actor, now: datetime) -> Outcome:
    """Register every organisation and member of the file; Invalid lists what is wrong, and nothing is written.

    What the register holds already stays as it is; where the file says otherwise, that is a problem.
    """
    sheets = read_sheets(content)
    fingerprint = sha256(content).hexdigest()[:16]
    try:
        if dry_run:
            plan, warnings = _plan(sheets, by, timezone.localdate(now))
        else:
            with tree_lock():  # lock order: the tree, then the persons
                plan, warnings = _plan(sheets, by, timezone.localdate(now))
                _write(plan, fingerprint, by=by, now=now)
    except Invalid as error:
        _record_elsewhere(error, by=by, now=now)
        raise
    return Outcome(
        len(plan.organizations), len(plan.members), plan.same_organizations, plan.same_members, warnings, fingerprint
    )


def _plan(sheets: list[Sheet], by: Actor, today: date) -> tuple[Plan, tuple[RosterProblem, ...]]:
    nodes = nodes_of_register()
    read = roster.read(sheets, nodes, titles_of(Kind.BRANCH), _limits(today))
    if read.problems:
        raise _refused(read.problems)
    plan, problems = compare(read, by.scope(Right.MEMBERS_IMPORT))
    if problems:
        raise _refused(problems)
    _require(plan, set(nodes), by)
    return plan, read.warnings


def _limits(day: date) -> Limits:
    values = values_on(day)
    extension = (values[f"PROBATION_EXTENSION_{end}_MONTHS"] for end in ("MIN", "MAX"))
    return Limits(day, values["DEV_MIN_AGE"], values["PROBATION_MONTHS"], *extension)


def _refused(problems: Iterable[RosterProblem]) -> Invalid:
    told = [problem.as_error() for problem in problems]
    return Invalid(f"名册有 {len(told)} 处问题，什么都没有写入。请改正后重新导入。", problems=told)


def _require(plan: Plan, standing: set[str], by: Actor) -> None:
    """The right to import over every node of the register that something new is put under."""
    touched = {row.parent_code for row in plan.organizations} | {row.branch_code for row in plan.members}
    for organization in Organization.objects.filter(code__in=touched & standing):
        require(by, Right.MEMBERS_IMPORT, organization.pk)
    require(by, Right.MEMBERS_IMPORT)


def _write(plan: Plan, fingerprint: str, *, by: Actor, now: datetime) -> None:
    if not plan.organizations and not plan.members:
        return
    _establish(plan.organizations, by=by, now=now)
    for row in plan.organizations:
        if row.term_from:
            organization = Organization.objects.get(code=row.code)
            start_term(organization=organization, on=row.term_from, by=by, now=now)
    nodes = _nodes(plan.members)
    memberships = _admit(plan, nodes, by=by, now=now)
    _appoint(plan.members, memberships, nodes, by=by, now=now)
    data = {
        "fingerprint": fingerprint,
        "organizations": len(plan.organizations),
        "members": len(plan.members),
        "same_organizations": plan.same_organizations,
        "same_members": plan.same_members,
    }
    audit.record("members.roster_imported", by=by, label=REASON, reason=REASON, data=data, now=now)


def _establish(rows: Iterable[OrganizationRow], *, by: Actor, now: datetime) -> None:
    rows = list(rows)
    if not rows:
        return
    names = {code: node.name for code, node in nodes_of_register().items()} | {row.code: row.name for row in rows}
    nodes = [
        NewNode(
            NodeData(
                row.code,
                row.name,
                short_name(row.name, row.kind, names.get(row.parent_code, "")),
                row.kind,
                GroupKind.AREA if row.kind == Kind.GROUP else "",
            ),
            row.parent_code,
            row.established_on,
        )
        for row in rows
    ]
    establish_many(nodes=nodes, reason=REASON, by=by, now=now)


def _nodes(rows: Iterable[MemberRow]) -> dict[str, Organization]:
    codes = {code for row in rows for code in (row.branch_code, row.organization_code)}
    return {each.code: each for each in Organization.objects.filter(code__in=codes)}


def _admit(plan: Plan, nodes: Mapping[str, Organization], *, by: Actor, now: datetime) -> list[Membership]:
    people = _save_people(plan)
    admissions = [_admission(row, people[row.id_number], nodes) for row in plan.members]
    return admit_many(admissions, reason=REASON, by=by, now=now)


def _admission(row: MemberRow, person: Person, nodes: Mapping[str, Organization]) -> Admission:
    start = starts_on(row.joined_on, nodes[row.branch_code].established_on)
    return Admission(
        person, nodes[row.organization_code], row.category, row.joined_on, row.full_on, start, start_inferred=True,
        is_mobile=row.is_mobile, destination=row.destination, note=row.note,
    )  # fmt: skip


def _save_people(plan: Plan) -> dict[str, Person]:
    """Every person of the plan by identity number: new ones made, known ones completed under their lock."""
    people = {}
    for row in plan.members:
        known = plan.people.get(row.id_number)
        if known is None:
            people[row.id_number] = new_person(_data(row))
            continue
        locked = Person.objects.select_for_update().get(pk=known.pk)
        fill_person(locked, _data(row))
        locked.save()
        people[row.id_number] = locked
    Person.objects.bulk_create([person for person in people.values() if person.pk is None], batch_size=BATCH)
    return people


def _data(row: MemberRow) -> PersonData:
    return PersonData(
        row.name, row.sex, row.birth_date, row.id_number, row.phone, row.address, row.ethnicity, row.education
    )


def _appoint(
    rows: Iterable[MemberRow],
    memberships: Iterable[Membership],
    nodes: Mapping[str, Organization],
    *,
    by: Actor,
    now: datetime,
) -> None:
    """党内职务 of the file, each from the day it can have begun: with the term, never before the holder was full."""
    branches = {node.pk for node in nodes.values()}
    rows_of_terms = Term.objects.filter(organization_id__in=branches, valid_to=OPEN_END)
    terms: dict[int, date] = dict(rows_of_terms.values_list("organization_id", "valid_from"))
    for row, membership in zip(rows, memberships, strict=True):
        branch = nodes[row.branch_code]
        for title in row.posts:
            on = post_starts_on(row.full_on or row.joined_on, terms.get(branch.pk), branch.established_on)
            appoint(organization=branch, person=membership.person, title=title, on=on, by=by, now=now)


def _record_elsewhere(error: Invalid, *, by: Actor, now: datetime) -> None:
    """That somebody asked after a member of another place is kept, though the import itself left no trace."""
    count = sum(problem.rule == ELSEWHERE for problem in error.problems)
    if count:
        audit.record("members.duplicate_met", by=by, label=REASON, reason=REASON, data={"count": count}, now=now)
