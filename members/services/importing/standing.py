"""What the register holds of the people of a batch of rows, in the shape of the rows; a few statements a batch."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from linshu.people.models import Person
from linshu.scope import Scope
from members.models import Membership
from members.rules.roster.judging import Known, Told
from members.rules.roster.shape import MemberRow
from organizations.models import OPEN_END, Organization, Post
from organizations.rules.kinds import Kind


@dataclass(frozen=True, slots=True)
class Place:
    """A node as a row of 党员 names it: branch and, where there is one, group."""

    branch_code: str
    group_code: str
    branch_id: int


@dataclass(frozen=True)
class Standing:
    """A known person, the membership he has or had last, and what a row about him is held against."""

    person: Person
    membership: Membership | None
    told: Told


class Standings:
    """Reads the register in the importer's scope. ``places`` are all nodes, read once, and what came up since."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.places = _places(Organization.objects.all())

    def of(self, people: Collection[Person]) -> dict[int, Standing]:
        """By person id."""
        ids = [person.pk for person in people]
        found = Membership.objects.filter(person_id__in=ids).order_by("valid_from")
        memberships = {row.person_id: row for row in found}  # the last one stays
        posts = self._posts(ids)
        homes = {row.organization_id for row in memberships.values()}
        reached = self.scope.covered(homes)
        self._meet(homes)
        return {
            person.pk: self._standing(person, memberships.get(person.pk), posts.get(person.pk, {}), reached)
            for person in people
        }

    def _meet(self, homes: Collection[int]) -> None:
        """A node that another import has established since ``places`` were read, with its people."""
        met = [pk for pk in homes if pk not in self.places]
        if met:
            self.places |= _places(Organization.objects.filter(pk__in=met))

    def _posts(self, ids: Collection[int]) -> dict[int, dict[int, dict[str, date]]]:
        """Titles held or held once and the day on which each ended, by person and organisation."""
        held: dict[int, dict[int, dict[str, date]]] = defaultdict(lambda: defaultdict(dict))
        rows = Post.objects.filter(person_id__in=ids).order_by("valid_to", "pk")  # of one title the last stays
        for person_id, *place, title, until in rows.values_list("person_id", "organization_id", "title", "valid_to"):
            held[person_id][place[0]][title] = until
        return held

    def _standing(
        self, person: Person, row: Membership | None, posts: Mapping[int, Mapping[str, date]], reached: set[int]
    ) -> Standing:
        if row is None:
            known = Known.DEAD if person.died_on else Known.RESIDENT
            return Standing(person, None, Told(known, _resident(person)))
        row.person = person
        if row.organization_id not in reached:
            return Standing(person, row, Told(Known.ELSEWHERE))
        if person.died_on or not row.is_open:
            return Standing(person, row, Told(Known.DEAD if person.died_on else Known.FORMER))
        place = self.places[row.organization_id]
        posted = posts.get(place.branch_id, {})
        titles = tuple(title for title, until in posted.items() if until == OPEN_END)
        relieved = {title: until for title, until in posted.items() if until != OPEN_END}
        begun_on = None if row.start_inferred else row.valid_from
        member = _member(person, row, place, titles)
        return Standing(person, row, Told(Known.MEMBER, member, titles, relieved, begun_on))


def _places(nodes: QuerySet[Organization]) -> dict[int, Place]:
    rows = nodes.order_by().values_list("pk", "code", "kind", "parent_id", "parent__code")
    return {
        pk: Place(parent_code, code, parent_id) if kind == Kind.GROUP else Place(code, "", pk)
        for pk, code, kind, parent_id, parent_code in rows.iterator()
    }


def known_people(indexes: Collection[str]) -> dict[str, Person]:
    """Persons by the blind index of their identity number."""
    rows = Person.objects.filter(id_number_index__in=indexes) if indexes else ()
    return {row.id_number_index or "": row for row in rows}


def _member(person: Person, row: Membership, place: Place, titles: tuple[str, ...]) -> MemberRow:
    return MemberRow(
        row=0, name=person.name, sex=person.sex, birth_date=person.birth_date, ethnicity=person.ethnicity, id_number="",
        education=person.education, joined_on=row.joined_on, full_on=row.full_on, category=row.category,
        branch_code=place.branch_code, group_code=place.group_code, phone=person.phone, address=person.address,
        posts=titles, is_mobile=row.is_mobile, destination=row.destination, note=row.note,
    )  # fmt: skip


def _resident(person: Person) -> MemberRow:
    return MemberRow(
        row=0, name=person.name, sex=person.sex, birth_date=person.birth_date, ethnicity="", id_number="", education="",
        joined_on=date.min, full_on=None, category="", branch_code="", group_code="", phone="", address="", posts=(),
        is_mobile=False, destination="", note="",
    )  # fmt: skip
