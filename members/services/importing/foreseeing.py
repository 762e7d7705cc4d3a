"""What a confirmed import would make of the branches: members before and after, and where everybody would stand."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from linshu.scope import Scope
from linshu.words import day_words
from members.models import Category, Import, ImportRow, Membership
from members.rules.importing import Verdict
from members.rules.roster.shape import MEMBERS
from members.services.importing import payload
from members.services.importing.crossing import WRITES
from members.services.importing.standing import known_people
from organizations.models import Organization
from organizations.rules.kinds import Kind
from organizations.rules.posts import COMMITTEE_MEMBERS

MOST_BRANCHES = 8


@dataclass(frozen=True)
class Branch:
    """A branch that gains members."""

    name: str
    before: int
    after: int


@dataclass(frozen=True)
class Foreseen:
    """``before`` and ``after`` are the members of all branches in the file; ``more`` branches are not listed."""

    before: int
    after: int
    branches: list[Branch]
    more: int


@dataclass(frozen=True)
class Standing:
    """Members by organisation and category that an import adds (or takes away), and the branches it gives a 委员."""

    members: Counter[tuple[int, str]]
    committees: frozenset[int]


def foresee(record: Import, *, today: date) -> Foreseen:
    """Counted from the staged rows and the register of today; a constant number of queries."""
    rows = record.rows.filter(sheet=MEMBERS).exclude(branch_code="").order_by()
    codes = set(rows.values_list("branch_code", flat=True).distinct())
    gains = dict(rows.filter(verdict=Verdict.NEW).values_list("branch_code").annotate(count=Count("pk")))
    nodes = {each.code: each for each in Organization.objects.filter(code__in=codes)}
    before = _members(nodes.values(), today)
    branches = [
        Branch(nodes[code].name if code in nodes else code, before[code], before[code] + gain)
        for code, gain in sorted(gains.items())
    ]
    total = sum(before.values())
    return Foreseen(total, total + sum(gains.values()), branches[:MOST_BRANCHES], len(branches[MOST_BRANCHES:]))


def standing_after(record: Import, *, today: date) -> Standing:
    """Counted by the database, in a constant number of queries; organisations that the file itself establishes have no
    key yet and are left out."""
    rows = record.rows.filter(sheet=MEMBERS, verdict__in=WRITES).order_by()
    places = rows.values_list("branch_code", "group_code", "category").annotate(count=Count("pk"))
    posted = rows.exclude(title_list="").values_list("branch_code", "title_list").distinct()
    told = [(group or branch, category, count) for branch, group, category, count in places]
    seated = {branch for branch, titles in posted if COMMITTEE_MEMBERS.intersection(titles.split("、"))}
    codes = {code for code, *_ in told} | seated
    ids = dict(Organization.objects.filter(code__in=codes).values_list("code", "pk"))
    members: Counter[tuple[int, str]] = Counter()
    for code, category, count in told:
        if code in ids:
            members[ids[code], category] += count
    changed = Membership.objects.on(today).filter(person__in=rows.filter(verdict=Verdict.CHANGED).values("person"))
    now = changed.order_by().values_list("organization_id", "category").annotate(count=Count("pk"))
    members.subtract({(place, category): count for place, category, count in now})
    return Standing(members, frozenset(ids[code] for code in seated if code in ids))


def pages_of(rows: Iterable[ImportRow], scope: Scope, *, today: date) -> dict[int, int]:
    """The membership in scope behind rows, by row; who was new is known by his number once he is written."""
    rows = list(rows)
    written = known_people({row.id_index for row in rows if row.id_index and not row.person_id})
    people = {row.pk: row.person_id or (written[row.id_index].pk if row.id_index in written else 0) for row in rows}
    standing = Membership.objects.within(scope).on(today).filter(person_id__in={*people.values()})
    pages = dict(standing.order_by().values_list("person_id", "pk"))
    return {row: pages[person] for row, person in people.items() if person in pages}


def told_of(rows: Iterable[ImportRow], record: Import) -> dict[int, str]:
    """New members of a page in a sentence, by row; of those written only the branch is left."""
    rows = list(rows)
    names = dict(Organization.objects.filter(code__in={row.branch_code for row in rows}).values_list("code", "name"))
    found = {}
    for row in rows:
        branch = names.get(row.branch_code, row.branch_code)
        if not row.payload:
            found[row.pk] = branch
            continue
        member = payload.member_of(payload.unpack(row, record))
        found[row.pk] = f"{Category(member.category).label}，{day_words(member.joined_on)}入党，{branch}"
    return found


def _members(nodes: Iterable[Organization], today: date) -> Counter[str]:
    """Members of today by the code of their branch, its groups counted in."""
    codes = {each.pk: each.code for each in nodes}
    found: Counter[str] = Counter()
    for own, parents in (("organization_id", None), ("organization__parent_id", Kind.GROUP)):
        rows = Membership.objects.on(today).filter(**{f"{own}__in": list(codes)}).order_by()
        rows = rows.filter(organization__kind=parents) if parents else rows
        for node, count in rows.values_list(own).annotate(count=Count("pk")):
            found[codes[node]] += count
    return found
