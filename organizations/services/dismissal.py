"""The end of everything a person holds: posts, seats, work in grids. Asked for by a higher app when somebody dies."""

from collections.abc import Sequence
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
class Held:
    """Posts, seats and grids of a person on a day or later."""

    person: Person
    posts: Sequence[Post]
    seats: Sequence[Seat]
    grids: Sequence[Grid]

    @property
    def words(self) -> str:
        """All of it as one list (乙社区第一支部书记、乙社区居民委员会委员、乙社区3 号网格网格长); empty for nothing."""
        posts = [f"{post.organization.short_name}{post.title}" for post in self.posts]
        seats = [
            f"{seat.body.organization.short_name}{seat.body.get_kind_display()}{seat.title}" for seat in self.seats
        ]
        grids = [
            f"{grid.organization.short_name} {grid.number} 号网格{word}"
            for grid in self.grids
            for name, word in ROLES.items()
            if getattr(grid, f"{name}_id") == self.person.pk
        ]
        return "、".join((*posts, *seats, *grids))


def held_by(person: Person, day: date) -> Held:
    """What the person holds on the day or later."""
    posts = Post.objects.filter(person=person, valid_to__gt=day).select_related("organization", "person")
    seats = Seat.objects.filter(person=person, valid_to__gt=day).select_related("body__organization", "person")
    grids = Grid.objects.filter(Q(leader=person) | Q(worker=person), valid_to=OPEN_END).listed()
    return Held(person, list(posts), list(seats), list(grids))


def dismiss(*, person: Person, on: date, reason: str, by: Actor, now: datetime) -> str:
    """End what the person holds on ``on`` or later, wherever it is, and tell it in words; the caller has judged the right.

    What was registered as beginning on that day or after it has never been: it is taken out, and the log keeps it.
    """
    with tree_lock():
        held = held_by(person, on)
        words = held.words
        for post in held.posts:
            _end(post, on, reason)
            record_post("organizations.post_relieved", post, by=by, now=now, reason=reason)
        for seat in held.seats:
            _end(seat, on, reason)
            record_seat("organizations.seat_left", seat, by=by, now=now, reason=reason)
        for grid in held.grids:
            before = values_of(grid)
            _clear(grid, person)
            record_change(grid, before, by=by, now=now, reason=reason)
    return words


def _end(row: Post | Seat, on: date, reason: str) -> None:
    begun, pk = row.valid_from, row.pk
    row.valid_to, row.reason = on, reason
    if begun < on:
        row.save()
    else:
        row.delete()
        row.pk = pk  # the event still names it


def _clear(grid: Grid, person: Person) -> None:
    for name in ROLES:
        if getattr(grid, f"{name}_id") == person.pk:
            setattr(grid, name, None)
    grid.save()
