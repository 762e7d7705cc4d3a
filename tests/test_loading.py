"""Many rows at once are the rows that INSERT would have written, on either database."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from linshu.audit.models import Event
from linshu.loading import insert
from linshu.people.models import Person
from linshu.people.services import PersonData, new_person
from tests.factories import valid_id_number


def person(serial: int, **changes) -> Person:
    told = {"name": f"测试{serial}", "sex": "1", "birth_date": date(1980, 1, 1), "id_number": valid_id_number(serial)}
    return new_person(PersonData(**told | changes))


@pytest.mark.django_db
def test_rows_get_their_keys_and_read_back_the_same():
    first = person(0)
    first.save()
    odd = person(1, address="反斜杠\\n、制表\t、换行\n、引号\"'、\\N")
    made = insert([odd, person(2, phone="19900000001"), person(3)])
    assert [row.pk for row in made] == sorted({row.pk for row in made}) and first.pk < made[0].pk
    assert all(not row._state.adding for row in made)
    found = Person.objects.get(pk=odd.pk)
    assert (found.uuid, found.address, found.died_on) == (odd.uuid, odd.address, None)
    person(4).save()  # the sequence counts on


@pytest.mark.django_db
def test_json_moments_and_texts_with_escapes():
    told = {"甲": ["\\", "\t", "\n", '"', None, True], "乙": {"丙": 1}}
    at = datetime(2026, 11, 24, 2, 0, 0, 123456, tzinfo=UTC)
    row = Event(uuid="0" * 32, at=at, type="x", actor_name="\\.", data=told, mac="m")
    insert([row])
    found = Event.objects.get()
    assert (found.at, found.data, found.actor_name, found.actor_id) == (at, told, "\\.", None)


@pytest.mark.django_db
def test_a_constraint_holds():
    insert([person(1)])
    with pytest.raises(IntegrityError), transaction.atomic():
        insert([person(2), person(1)])
    assert Person.objects.count() == 1


@pytest.mark.django_db
def test_nothing_is_nothing():
    assert insert([]) == []
