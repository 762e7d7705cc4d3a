"""Reading lines of the register: a page in one statement, the posts of its people in one more;
of a past day, where their groups stood in a third."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.db.models.query import BaseIterable

from linshu.people.rules import masking
from linshu.people.sealing import opener
from members.querysets.stays import places_on
from members.rules.register import Holder, Line, Place, Post
from organizations.models import Post as PostModel
from organizations.rules.kinds import Kind

_OF_LINE = tuple(name for name in Line._fields if name not in {"person", "organization", "posts"})
_OF_HOLDER = tuple(f"person__{name}" for name in Holder._fields if not name.endswith("_masked"))
_SEALED = ("id_number", "phone", "address")
_OF_SEALED = ("person__uuid", *(f"person__{name}_sealed" for name in _SEALED))
_OF_PLACE = tuple(
    f"organization__{name}"
    for name in ("name", "short_name", "kind", "parent_id", "parent__short_name", "parent__parent__short_name")
)
FIELDS = (*_OF_LINE, *_OF_HOLDER, *_OF_SEALED, *_OF_PLACE)
_HOLDER = len(_OF_LINE)
_KIND = -len(_OF_PLACE) + _OF_PLACE.index("organization__kind")
_UUID = _HOLDER + len(_OF_HOLDER)
_PLACE = _UUID + len(_OF_SEALED)
_PERSON_ID, _ORGANIZATION_ID, _HAS_FILE, _READ_ON = (
    _OF_LINE.index(name) for name in ("person_id", "organization_id", "has_file", "read_on")
)
_MASKS = (masking.id_number, masking.phone, masking.address)
_NOTHING = ("",) * len(_MASKS)


class LineIterable(BaseIterable):
    """Reads all rows of the queryset, so ask for a page. Persons and places are joined only here: a count goes without."""

    def __iter__(self) -> Iterator[Line]:
        rows = list(self.queryset.values_list(*FIELDS))
        if not rows:
            return
        day = rows[0][_READ_ON]
        posts = posts_of({row[_PERSON_ID] for row in rows}, day)
        groups = {row[_ORGANIZATION_ID] for row in rows if row[_KIND] == Kind.GROUP}
        there = places_on({row[_ORGANIZATION_ID] for row in rows}, day)  # of all: one statement whoever is shown
        moved = {organization: place for organization, place in there.items() if organization in groups}
        for row in rows:
            masked = _masked(*row[_UUID:_PLACE]) if row[_HAS_FILE] else _NOTHING
            person = Holder(*row[_HOLDER:_UUID], *masked)
            place = Place(*row[_PLACE:])._replace(**moved.get(row[_ORGANIZATION_ID], {}))
            yield Line._make((*row[:_HOLDER], person, place, posts.get(row[_PERSON_ID], ())))


def posts_of(people: Collection[int], day: date) -> dict[int, list[Post]]:
    """Posts the people hold on the day, in the order of the tree."""
    held: dict[int, list[Post]] = defaultdict(list)
    rows = PostModel.objects.on(day).filter(person_id__in=people)
    for person_id, *post in rows.values_list("person_id", "organization_id", "organization__short_name", "title"):
        held[person_id].append(Post._make(post))
    return held


def _masked(owner: Any, *sealed: str) -> tuple[str, ...]:
    """Each of ``_SEALED`` behind its mask."""
    unseal = opener(owner)
    return tuple(mask(unseal(token, name)) for name, token, mask in zip(_SEALED, sealed, _MASKS, strict=True))
