"""The five bodies of every community, seated with fictional residents; one has not declared his relatives yet."""

from collections.abc import Iterator
from datetime import datetime
from itertools import count

from linshu.demo.rules import residents as fiction
from linshu.demo.rules.linshu import (
    BODIES_OF_ZHENXING_SINCE,
    BODIES_SINCE,
    REPRESENTATIVES,
    REPRESENTATIVES_OF_ZHENXING,
    SEATS,
    ZHENXING,
)
from linshu.demo.services.posts import communities, document_no
from linshu.scope import SYSTEM, Scope
from organizations.models import Body, Organization, Post, Seat
from organizations.rules.bodies import CHAIR, BodyKind
from organizations.rules.exclusions import JUDGED
from organizations.rules.posts import SECRETARY
from organizations.services.bodies import establish_body
from organizations.services.residents import Resident, seat_resident
from organizations.services.seats import colleagues_of, declare_kinship, seat


def seat_bodies(*, now: datetime) -> None:
    """Establish and seat every body; every judged seat declares but the last one of 振兴."""
    numbers = count()
    for community in communities():
        for kind in BodyKind:
            _seat_body(community, kind, numbers, now=now)
        _declare(community, now=now)


def _seat_body(community: Organization, kind: BodyKind, numbers: Iterator[int], *, now: datetime) -> None:
    on = BODIES_OF_ZHENXING_SINCE if community.code == ZHENXING else BODIES_SINCE
    number = document_no(community, on.year, int(community.code[-2:]))
    body = establish_body(community=community, kind=kind, on=on, document_no=number, by=SYSTEM, now=now)
    if kind == BodyKind.RESIDENTS_COMMITTEE:
        seat(body=body, person=_secretary(community).person, title=CHAIR, on=on, by=SYSTEM, now=now)
    for title in SEATS.get(kind, ()):
        told = fiction.resident(next(numbers))
        resident = Resident(told.name, told.sex, told.birth_date, told.id_number)
        seat_resident(body=body, resident=resident, title=title, on=on, by=SYSTEM, now=now)
    if kind == BodyKind.REPRESENTATIVES:
        _seat_representatives(body, numbers, now=now)


def _secretary(community: Organization) -> Post:
    """书记 of the 总支, else of the first branch."""
    posts = Post.objects.within(Scope(frozenset({community.pk}))).filter(title=SECRETARY).select_related("person")
    return posts.order_by("organization__code")[0]


def _seat_representatives(body: Body, numbers: Iterator[int], *, now: datetime) -> None:
    """One for each 居民小组, known by name only."""
    many = REPRESENTATIVES_OF_ZHENXING if body.organization.code == ZHENXING else REPRESENTATIVES
    for group in range(1, many + 1):
        told = fiction.resident(next(numbers))
        seat_resident(
            body=body, resident=Resident(told.name, told.sex, told.birth_date), title="居民代表", on=body.term_from,
            constituency=f"第{group}居民小组", by=SYSTEM, now=now,
        )  # fmt: skip


def _declare(community: Organization, *, now: datetime) -> None:
    seats = list(Seat.objects.filter(body__organization=community, body__kind__in=JUDGED).order_by("pk"))
    for each in seats[:-1] if community.code == ZHENXING else seats:
        none = dict.fromkeys(colleagues_of(each), "")
        declare_kinship(seat=each, relations=none, by=SYSTEM, now=now)
