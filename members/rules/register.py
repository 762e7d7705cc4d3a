"""A line of the register as lists tell it: what is read of a member at once, without making models of it."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from organizations.rules.kinds import Kind
from organizations.rules.periods import OPEN_END

FULL, PROBATIONARY = "full", "probationary"
CATEGORIES = {FULL: "正式", PROBATIONARY: "预备"}
SEXES = {"1": "男", "2": "女"}  # GB/T 2261.1


class Place(NamedTuple):
    """An organisation as a line names it; ``above`` and ``top`` are the short names of its parent and of that one's."""

    name: str
    short_name: str
    kind: str
    parent_id: int | None
    above: str | None
    top: str | None

    @property
    def in_group(self) -> bool:
        """Is it a 党小组 of a branch?"""
        return self.kind == Kind.GROUP

    @property
    def branch(self) -> str:
        """Short name of the branch; its own where there is no group."""
        return self.above or "" if self.in_group else self.short_name

    @property
    def community(self) -> str:
        """Short name of what stands above the branch."""
        return (self.top if self.in_group else self.above) or ""

    @property
    def words(self) -> str:
        """Branch and group."""
        return f"{self.above} {self.short_name}" if self.in_group else self.short_name


class Holder(NamedTuple):
    """The member as a person; nothing but masked values of what is sealed."""

    name: str
    sex: str
    birth_date: date
    ethnicity: str
    education: str
    died_on: date | None
    id_number_masked: str
    phone_masked: str
    address_masked: str

    @property
    def sex_word(self) -> str:
        return SEXES[self.sex]


class Post(NamedTuple):
    """A post held, with the short name of its place."""

    organization_id: int
    place: str
    title: str


class Line(NamedTuple):
    """A membership on the day ``read_on`` with person, place and posts, under the names of the model: pages, API and
    access read either. Of who left (``has_file`` is false) the masked values are empty.
    """

    pk: int
    person_id: int
    organization_id: int
    joined_on: date
    full_on: date | None
    is_mobile: bool
    destination: str
    valid_from: date
    valid_to: date
    start_inferred: bool
    reason: str
    note: str
    has_file: bool
    waiting: bool
    read_on: date
    person: Holder
    organization: Place
    posts: Iterable[Post] = ()

    @property
    def id(self) -> int:
        return self.pk

    @property
    def is_open(self) -> bool:
        return self.valid_to == OPEN_END

    @property
    def branch_id(self) -> int:
        """The branch; ``organization`` itself where there is no group."""
        above = self.organization.parent_id
        return above if self.organization.in_group and above is not None else self.organization_id

    @property
    def category_then(self) -> str:
        """人员类别 on the day."""
        return FULL if self.full_on and self.full_on <= self.read_on else PROBATIONARY

    @property
    def category_word(self) -> str:
        return CATEGORIES[self.category_then]

    @property
    def titles(self) -> str:
        """党内职务 on the day, with their place where that is not the own branch or group."""
        here = (self.organization_id, self.branch_id)
        return "、".join(each.title if each.organization_id in here else each.place + each.title for each in self.posts)
