"""The register as the two sheets of the roster: what is written here reads back as unchanged."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from linshu.people.models import Sex
from linshu.people.rules import masking
from linshu.people.sealing import unseal
from linshu.scope import Scope
from linshu.sheets import SheetData
from members.models import Category
from members.querysets import MembershipQuerySet
from members.rules.roster.dialects import guard
from members.rules.roster.shape import COLUMNS, MEMBERS, ORGANIZATIONS
from organizations.models import OPEN_END, Organization, Post, Term
from organizations.rules.kinds import KINDS, Kind

CHUNK = 2000
LEFT = "已转出"
WIDTHS = {
    ORGANIZATIONS: (20, 44, 14, 20, 12, 12, 9),
    MEMBERS: (7, 12, 6, 8, 21, 14, 12, 12, 11, 20, 40, 22, 12, 14, 30, 8, 20, 30),
}
FIELDS = (
    "person_id", "person__uuid", "person__name", "person__sex", "person__ethnicity", "person__education",
    "person__id_number_sealed", "person__phone_sealed", "person__address_sealed", "organization_id", "joined_on",
    "full_on", "category", "is_mobile", "destination", "note", "valid_to", "has_file",
)  # fmt: skip
SEX_WORDS = dict(Sex.choices)
CATEGORY_WORDS = dict(Category.choices)


class Node(NamedTuple):
    """An organisation, as the rows name it."""

    code: str
    name: str
    kind: str
    parent_id: int | None


@dataclass
class MemberSheet:
    """The sheet 党员 of ``members`` (``with_file``, filtered, sorted) with the posts of ``day``, streamed.

    Numbers, phones and addresses stand there in full for members on the register in ``revealed``, else masked; of who
    left, name, dates, category and place remain, as on the list. ``rows`` and ``masked`` count while it is read.
    """

    members: MembershipQuerySet
    day: date
    revealed: Scope
    rows: int = 0
    masked: int = 0
    _nodes: dict[int, Node] = field(default_factory=dict)
    _open: set[int] = field(default_factory=set)

    def data(self) -> SheetData:
        return SheetData(MEMBERS, COLUMNS[MEMBERS], self._lines(), WIDTHS[MEMBERS])

    def _lines(self) -> Iterator[list[object]]:
        fields = ("pk", "code", "name", "kind", "parent_id")
        self._nodes = {pk: Node(*rest) for pk, *rest in Organization.objects.order_by().values_list(*fields)}
        self._open = self.revealed.covered(set(self._nodes))
        found = self.members.values(*FIELDS).iterator(chunk_size=CHUNK)
        while chunk := list(islice(found, CHUNK)):
            titles = self._titles({row["person_id"] for row in chunk})
            for row in chunk:
                self.rows += 1
                yield self._line(row, titles)

    def _titles(self, people: set[int]) -> Mapping[tuple[int, int], list[str]]:
        """党内职务 by person and organisation."""
        titles: dict[tuple[int, int], list[str]] = defaultdict(list)
        posts = Post.objects.on(self.day).filter(person_id__in=people).order_by("pk")
        for person_id, organization_id, title in posts.values_list("person_id", "organization_id", "title"):
            titles[person_id, organization_id].append(title)
        return titles

    def _line(self, row: Mapping[str, Any], titles: Mapping[tuple[int, int], list[str]]) -> list[object]:
        node = self._nodes[row["organization_id"]]
        in_group = node.kind == Kind.GROUP and node.parent_id is not None
        branch_id = node.parent_id if in_group else row["organization_id"]
        branch = self._nodes[branch_id]  # type: ignore[index]
        place = (branch.code, branch.name, node.code if in_group else "")
        dates = (row["joined_on"], row["full_on"], CATEGORY_WORDS[row["category"]])
        if not row["has_file"]:
            self.masked += 1
            return [self.rows, row["person__name"], "", "", "", "", *dates, *place, "", "", "", "", "", LEFT]
        number, phone, address = self._sealed(row)
        posts = "、".join(titles.get((row["person_id"], branch_id), ()))  # type: ignore[arg-type]
        return [
            self.rows, row["person__name"], SEX_WORDS[row["person__sex"]], row["person__ethnicity"], number,
            guard(row["person__education"]), *dates, *place, posts, phone, guard(address), row["is_mobile"],
            guard(row["destination"]), guard(row["note"]),
        ]  # fmt: skip

    def _sealed(self, row: Mapping[str, Any]) -> tuple[str, str, str]:
        number, phone, address = (
            unseal(row[f"person__{name}_sealed"], owner=row["person__uuid"], field=name)
            for name in ("id_number", "phone", "address")
        )
        if row["organization_id"] in self._open and row["valid_to"] == OPEN_END:
            return number, phone, address
        self.masked += 1
        return masking.id_number(number), masking.phone(phone), masking.address(address)


def organization_sheet(organizations: Any) -> SheetData:
    """The sheet 党组织 of the open ones, parents first, with the term that runs."""
    terms = {each.organization_id: each for each in Term.objects.filter(valid_to=OPEN_END)}
    rows = []
    for each in organizations.open().select_related("parent").order_by("tree_id", "lft"):
        term = terms.get(each.pk)
        rows.append([
            each.code, each.name, KINDS[Kind(each.kind)].label, each.parent.code if each.parent else "",
            each.established_on, *((term.valid_from, term.years) if term else ("", "")),
        ])  # fmt: skip
    return SheetData(ORGANIZATIONS, COLUMNS[ORGANIZATIONS], rows, WIDTHS[ORGANIZATIONS])
