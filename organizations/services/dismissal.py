"""The end of everything a person holds: posts, seats, work in grids. Asked for by a higher app when somebody dies."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from linshu.people.models import Person
from linshu.scope import Actor
from organizations.models import OPEN_END, Grid, Post, Seat
from organizations.services.grids import record_change, values_of
from organizations.services.posts import record_post
from organizations.services.seats import record_seat
from organizations.tree import tree_lock

ROLES = {"leader": "网格长", "worker": "专职网格员"}


@dataclass(frozen=True)
class Dismissal:
    """What was ended, each in words: 乙社区第一支部书记, 居民委员会委员, 3 号网格网格长."""

    posts: tuple[str, ...]
    seats: tuple[str, ...]
    grids: tuple[str, ...]

    @property
    def words(self) -> str:
        """All of it as one list; empty where nothing was held."""
        return "、".join((*self.posts, *self.seats, *self.grids))


def dismiss(*, person: Person, on: date, reason: str, by: Actor, now: datetime) -> Dismissal:
    """End what the person holds on ``on`` or later, wherever it is; the caller has judged the right.

    What was registered as beginning on that day or after it has never been: it is taken out, and the log keeps it.
    """
    with tree_lock():
        return Dismissal(
            tuple(_posts(person, on, reason, by, now)),
            tuple(_seats(person, on, reason, by, now)),
            tuple(_grids(person, reason, by, now)),
        )


def _posts(person: Person, on: date, reason: str, by: Actor, now: datetime) -> list[str]:
    rows = Post.objects.filter(person=person, valid_to__gt=on).select_related("organization", "person")
    ended = list(rows)
    for post in ended:
        post.valid_to, post.reason = on, reason
        record_post("organizations.post_relieved", post, by=by, now=now, reason=reason)
        if post.valid_from < on:
            post.save()
        else:
            post.delete()
    return [f"{post.organization.short_name}{post.title}" for post in ended]


def _seats(person: Person, on: date, reason: str, by: Actor, now: datetime) -> list[str]:
    rows = Seat.objects.filter(person=person, valid_to__gt=on).select_related("body__organization", "person")
    ended = list(rows)
    for seat in ended:
        seat.valid_to, seat.reason = on, reason
        record_seat("organizations.seat_left", seat, by=by, now=now, reason=reason)
        if seat.valid_from < on:
            seat.save()
        else:
            seat.delete()
    return [f"{seat.body.organization.short_name}{seat.body.get_kind_display()}{seat.title}" for seat in ended]


def _grids(person: Person, reason: str, by: Actor, now: datetime) -> list[str]:
    rows = Grid.objects.filter(Q(leader=person) | Q(worker=person), valid_to=OPEN_END).listed()
    words = []
    for grid in rows:
        before = values_of(grid)
        for name, word in ROLES.items():
            if getattr(grid, f"{name}_id") == person.pk:
                setattr(grid, name, None)
                words.append(f"{grid.organization.short_name}{grid.number} 号网格{word}")
        grid.save()
        record_change(grid, before, by=by, now=now, reason=reason)
    return words
