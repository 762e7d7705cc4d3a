"""The reading lines: which addresses, and the statements of their floor (``%(roots)s``: the reader's counties)."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from linshu.people.sealing import blind_index
from members.models import Membership
from organizations.models import Organization
from organizations.rules.kinds import Kind
from tests.benchmarks.table import PAGE, REST

# What the list shows of a member, by the shortest way.
_ROWS = """
SELECT m.id, p.name, p.sex, p.birth_date, m.category, o.short_name, b.short_name, c.short_name, m.joined_on,
       p.phone_sealed, m.is_mobile, m.destination,
       (SELECT string_agg(t.title, '、') FROM organizations_post t
        WHERE t.person_id = m.person_id AND t.valid_from <= %(today)s AND t.valid_to > %(today)s)
"""
_JOINS = """
FROM members_membership m
JOIN people_person p ON p.id = m.person_id
JOIN organizations_organization o ON o.id = m.organization_id
LEFT JOIN organizations_organization b ON b.id = o.parent_id
LEFT JOIN organizations_organization c ON c.id = b.parent_id
WHERE m.county_id IN %(roots)s AND m.valid_from <= %(today)s AND m.valid_to > %(today)s
"""
_COUNT = """
SELECT count(*) FROM members_membership m
WHERE m.county_id IN %(roots)s AND m.valid_from <= %(today)s AND m.valid_to > %(today)s
"""
_COUNT_PERSONS = """
SELECT count(*) FROM members_membership m JOIN people_person p ON p.id = m.person_id
WHERE m.county_id IN %(roots)s AND m.valid_from <= %(today)s AND m.valid_to > %(today)s
"""
_BY_NAME = " ORDER BY m.pinyin_key, m.id LIMIT "
_ALL = (
    _ROWS
    + ", p.ethnicity, p.education, p.id_number_sealed, p.address_sealed, m.full_on, m.valid_from, m.reason, m.note"
)
# A name that holds the text, initials that begin with it, by the indexes that there are for them.
_WRITTEN = "string_to_array(p.name::text, NULL) @> string_to_array(%(name)s, NULL) AND p.name LIKE %(q)s"
_BEGIN = (
    "to_tsvector('simple', p.name_initials::text) @@ to_tsquery('simple', %(words)s) AND p.name_initials LIKE %(q)s"
)
# Cumulative members of the nodes the page unfolds, from the counts of each node's own.
_TREE = """
SELECT n.id, n.parent_id, n.short_name, coalesce(sum(own.members), 0), sum(own.full), sum(own.mobile),
       EXISTS (SELECT 1 FROM organizations_organization k WHERE k.parent_id = n.id AND k.closed_on IS NULL)
FROM organizations_organization n
JOIN organizations_organization d ON d.tree_id = n.tree_id AND d.lft BETWEEN n.lft AND n.rght
LEFT JOIN (SELECT organization_id, count(*) members, count(*) FILTER (WHERE full_on <= %(today)s) AS full,
                  count(*) FILTER (WHERE is_mobile) mobile FROM members_membership
           WHERE valid_from <= %(today)s AND valid_to > %(today)s GROUP BY organization_id) own
  ON own.organization_id = d.id
WHERE n.closed_on IS NULL AND (n.id IN %(roots)s OR n.parent_id = ANY(%(opened)s))
GROUP BY n.id ORDER BY n.tree_id, n.lft
"""


# What the dashboard begins with: communities side by side. Members are counted by organisation before the communities
# gather them.
_COMMUNITIES = """
SELECT c.id, c.short_name, sum(own.members), sum(own.full), sum(own.mobile), count(d.id) {sums}
FROM organizations_organization c
JOIN organizations_organization d ON d.tree_id = c.tree_id AND d.lft BETWEEN c.lft AND c.rght
LEFT JOIN (
    SELECT m.organization_id, count(*) members, count(*) FILTER (WHERE m.full_on <= %(today)s) AS full,
           count(*) FILTER (WHERE m.is_mobile) mobile {counts}
    FROM members_membership m {join}
    WHERE m.county_id = %(county)s AND m.valid_from <= %(today)s AND m.valid_to > %(today)s GROUP BY m.organization_id
) own ON own.organization_id = d.id
WHERE c.tree_id = %(tree)s AND c.kind IN ('community', 'general_branch') AND c.closed_on IS NULL
GROUP BY c.id ORDER BY c.lft
"""
_FIRST = _COMMUNITIES.format(sums="", counts="", join="")
_OLD = "count(*) FILTER (WHERE p.birth_date <= %(today)s::date - interval '60 years') old"
# What comes after it: the same with women and the old, the posts, the structures, what began and ended in each year, the
# terms.
_BOARD = (
    _COMMUNITIES.format(
        sums=", sum(own.women), sum(own.old)",
        counts=f", count(*) FILTER (WHERE p.sex = '2') women, {_OLD}",
        join="JOIN people_person p ON p.id = m.person_id",
    ),
    """
SELECT t.organization_id, t.title, p.name FROM organizations_post t JOIN people_person p ON p.id = t.person_id
JOIN organizations_organization o ON o.id = t.organization_id
WHERE o.tree_id = %(tree)s AND t.valid_from <= %(today)s AND t.valid_to > %(today)s
""",
    """
SELECT p.education_level, extract(year FROM p.birth_date)::int / 10, count(*)
FROM members_membership m JOIN people_person p ON p.id = m.person_id
WHERE m.county_id = %(county)s AND m.valid_from <= %(today)s AND m.valid_to > %(today)s GROUP BY 1, 2
""",
    """
SELECT extract(year FROM m.valid_from)::int, extract(year FROM m.valid_to)::int, count(*)
FROM members_membership m WHERE m.county_id = %(county)s GROUP BY 1, 2
""",
    """
SELECT t.organization_id, t.valid_from, t.due_on FROM organizations_term t
JOIN organizations_organization o ON o.id = t.organization_id
WHERE o.tree_id = %(tree)s AND t.valid_from <= %(today)s AND t.valid_to > %(today)s
""",
)


# What comes after the page of the node itself: how its members part by sex, education and age, the first of them, and of
# everything below it the names, the posts, the terms, the bodies with their seats and kinships, the grids.
_BELOW = """
FROM organizations_organization n
JOIN organizations_organization d ON d.tree_id = n.tree_id AND d.lft BETWEEN n.lft AND n.rght
"""
_MEMBERS_BELOW = (
    _BELOW
    + """
JOIN members_membership m ON m.organization_id = d.id AND m.valid_from <= %(today)s AND m.valid_to > %(today)s
JOIN people_person p ON p.id = m.person_id
WHERE n.id = %(node)s
"""
)
_PARTED = "SELECT p.sex, p.education_level, extract(year FROM p.birth_date)::int / 10, count(*)"
_CARDS = (
    _PARTED + _MEMBERS_BELOW + "GROUP BY 1, 2, 3",
    "SELECT p.name, m.joined_on, m.category, m.is_mobile" + _MEMBERS_BELOW + "ORDER BY m.pinyin_key LIMIT 20",
    *(
        f"SELECT {columns} {_BELOW} {joins} WHERE n.id = %(node)s"
        for columns, joins in (
            (
                "t.organization_id, p.name, t.title, t.valid_from, t.valid_to",
                "JOIN organizations_post t ON t.organization_id = d.id JOIN people_person p ON p.id = t.person_id",
            ),
            ("t.organization_id, t.due_on", "JOIN organizations_term t ON t.organization_id = d.id"),
            (
                "t.organization_id, t.kind, s.person_id, p.name",
                "JOIN organizations_body t ON t.organization_id = d.id JOIN organizations_seat s ON s.body_id = t.id "
                "JOIN people_person p ON p.id = s.person_id",
            ),
            ("t.organization_id, t.number, t.households", "JOIN organizations_grid t ON t.organization_id = d.id"),
            ("t.organization_id, t.branch_id", "JOIN organizations_leadappointment t ON t.organization_id = d.id"),
            ("d.id, d.parent_id, d.kind, d.name, d.short_name, d.established_on", ""),
            (
                "k.person_id, k.relative_id, k.relation",
                "JOIN organizations_body t ON t.organization_id = d.id JOIN organizations_seat s ON s.body_id = t.id "
                "JOIN people_kinship k ON k.person_id = s.person_id",
            ),
        )
    ),
)


@dataclass(frozen=True)
class Turn:
    """One way to ask: the address, and what the statements of the floor are given besides day and counties."""

    address: str
    given: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One line of the table. ``limit``: milliseconds at 60,000 members; None where only the ratio binds.

    The address is asked in each of its ``turns`` in rotation, so that no answer is the one before; ``form`` is posted
    once before, to put an identity number into the session.
    """

    code: str
    name: str
    kind: str
    limit: float | None
    statements: tuple[str, ...]
    turns: tuple[Turn, ...]
    form: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    most_queries: int | None = None
    shell: bool = True


@cache
def lines() -> list[Line]:
    """Every line, with names, numbers and nodes that the database at hand has."""
    return [*_trees(), _list(), *_searches(), _rest(), *_dashboards()]


def _trees() -> list[Line]:
    top = _first_county()
    community = Organization.objects.filter(kind=Kind.GENERAL_BRANCH).order_by("lft")[0]
    above = [each.pk for each in community.get_ancestors(include_self=True)]
    card, after = ({"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": target} for target in ("tree", "cards"))
    whole = Turn("/organizations/", {"opened": [top.pk], "node": top.pk})
    below = Turn(f"/organizations/{community.pk}/", {"opened": above, "node": community.pk})
    return [
        Line("tree", "组织树页，累计人数", PAGE, 150, (_TREE,), (whole,), most_queries=10),
        Line("node", "社区页", PAGE, 150, (_TREE,), (below,), most_queries=10),
        Line("card", "社区的树（片段）", PAGE, 150, (_TREE,), (below,), headers=card, shell=False),
        Line("cards", "社区页随后的部分（片段）", PAGE, None, _CARDS, (below,), headers=after, shell=False),
    ]


def _list() -> Line:
    """Fifty rows: of the whole, of deep pages, of one place, sorted by birth date."""
    statement = _ROWS + _JOINS + _BY_NAME + "50 OFFSET %(skipped)s"
    turns = [Turn("/members/?page_size=50", {"skipped": 0}), Turn("/members/?page_size=50&page=20", {"skipped": 950})]
    return Line("list", "名册 50 行", PAGE, 50, (statement, _COUNT), tuple(turns))


def _searches() -> list[Line]:
    """By name, initials, phone tail and exact number of members who are there."""
    rows = Membership.objects.on(timezone.localdate()).select_related("person").order_by("pk")[:35]
    people = [row.person for row in rows[::7]]
    names = [each.name[:2] for each in people]
    initials = [each.name_initials.split()[0] for each in people]
    number = people[0].id_number
    return [
        Line(
            "name", "搜索：姓名", PAGE, 50, _search(_WRITTEN),
            tuple(_found(each, f"%{each}%", name=each) for each in names),
        ),
        Line(
            "initials", "搜索：拼音首字母", PAGE, 50, _search(_BEGIN),
            tuple(_found(each, f"% {each}%", words=f"{each}:*") for each in initials),
        ),
        Line(
            "tail", "搜索：手机尾号", PAGE, 50, _search("p.phone_tail_index = %(q)s"),
            tuple(_found(each.phone[-4:], each.phone_tail_index) for each in people),
        ),
        Line(
            "number", "搜索：证号", PAGE, 50, _search("p.id_number_index = %(q)s"),
            (Turn("/members/?by=number", {"q": blind_index(number, purpose="id_number")}),), form={"q": number},
        ),
    ]  # fmt: skip


def _found(text: str, given: str, **more: str) -> Turn:
    return Turn(f"/members/?{urlencode({'q': text})}", {"q": given} | more)


def _search(condition: str) -> tuple[str, ...]:
    return (_ROWS + _JOINS + f" AND {condition}" + _BY_NAME + "20", _COUNT_PERSONS + f" AND {condition}")


def _rest() -> Line:
    statement = _ALL + _JOINS + _BY_NAME + "100 OFFSET %(skipped)s"
    turns = [Turn(f"/api/v1/members/?page_size=100&page={page}", {"skipped": (page - 1) * 100}) for page in (1, 2, 9)]
    return Line("rest", "接口 100 行", REST, 30, (statement, _COUNT), tuple(turns))


def _dashboards() -> list[Line]:
    """Of the first county, as the page shows it to who reads several; and what comes after the page."""
    top = _first_county()
    turns = (Turn("/dashboard/", {"county": top.pk, "tree": top.tree_id}),)
    after = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "board"}
    return [
        Line("dashboard", "看板", PAGE, 200, (_FIRST,), turns),
        Line("board", "看板随后的部分（片段）", PAGE, None, _BOARD, turns, headers=after, shell=False),
    ]


def _first_county() -> Organization:
    return Organization.objects.filter(parent=None).order_by("tree_id")[0]
