"""Rows written while they are made, and rows made without asking every field."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from linshu.audit.models import Event
from linshu.loading import made, stream

AT = datetime(2026, 11, 24, tzinfo=UTC)


def events(count: int):
    for number in range(count):
        yield made(Event, uuid=f"{number:032x}", at=AT, type="x", actor_name="甲", data={"行": number}, mac="m")


@pytest.mark.django_db
@pytest.mark.parametrize("count", [0, 1, 49, 50, 51, 120])
def test_all_of_them_are_written_in_order(count):
    assert stream(events(count)) == count
    assert [row.data["行"] for row in Event.objects.order_by("pk")] == [*range(count)]


@pytest.mark.django_db
@pytest.mark.parametrize("good", [0, 1, 120])
def test_what_making_them_raises_is_raised_and_nothing_is_written(good):
    def rows():
        yield from events(good)
        raise KeyError("kind")

    with pytest.raises(KeyError, match="kind"), transaction.atomic():
        stream(rows())
    assert not Event.objects.exists()


def test_columns_that_are_not_named_have_their_defaults():
    row = made(Event, uuid="0" * 32, at=AT)
    plain = Event(uuid="0" * 32, at=AT, data=None)
    names = [field.attname for field in Event._meta.concrete_fields if field.attname != "data"]
    assert [getattr(row, name) for name in names] == [getattr(plain, name) for name in names]
    assert row._state.adding and not row._state.fields_cache
