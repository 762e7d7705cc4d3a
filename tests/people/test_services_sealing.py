"""Sealed personal fields: bound to their owner and column, and moved to a new key while the portal runs."""

import uuid
from io import StringIO

import pytest
from cryptography.exceptions import InvalidTag
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linshu.audit.models import Event
from linshu.people.models import Person
from linshu.people.sealing import blind_index, seal, unseal
from linshu.people.services import rotation
from tests.factories import PersonFactory

NUMBER = "11010519491231002X"
OLD, NEW = b"o" * 32, b"n" * 32


@pytest.fixture
def owner() -> uuid.UUID:
    return uuid.uuid4()


def test_what_is_sealed_opens_for_its_owner(owner):
    token = seal(NUMBER, owner=owner, field="id_number")

    assert NUMBER not in token
    assert unseal(token, owner=owner, field="id_number") == NUMBER


def test_two_seals_of_one_value_differ(owner):
    assert seal(NUMBER, owner=owner, field="id_number") != seal(NUMBER, owner=owner, field="id_number")


def test_nothing_stays_nothing(owner):
    assert seal("", owner=owner, field="phone") == unseal("", owner=owner, field="phone") == ""


def test_it_does_not_open_in_another_row(owner):
    token = seal(NUMBER, owner=owner, field="id_number")

    with pytest.raises(InvalidTag):
        unseal(token, owner=uuid.uuid4(), field="id_number")


def test_it_does_not_open_in_another_column(owner):
    with pytest.raises(InvalidTag):
        unseal(seal(NUMBER, owner=owner, field="id_number"), owner=owner, field="phone")


def test_it_does_not_open_without_its_key(owner, settings):
    token = seal(NUMBER, owner=owner, field="id_number")
    settings.FIELD_KEYS = {"other": NEW}

    with pytest.raises(KeyError):
        unseal(token, owner=owner, field="id_number")


def test_it_does_not_open_under_a_false_key_id(owner, settings):
    settings.FIELD_KEYS = {"old": OLD, "new": NEW}
    token = seal(NUMBER, owner=owner, field="id_number").replace("old:", "new:")

    with pytest.raises(InvalidTag):
        unseal(token, owner=owner, field="id_number")


def test_blind_indexes_of_two_purposes_never_meet():
    assert blind_index("5678", purpose="phone_tail") != blind_index("5678", purpose="id_number")
    assert blind_index("", purpose="phone_tail") == ""


class TestRotation:
    @pytest.fixture
    def people(self, db, settings, monkeypatch):
        settings.FIELD_KEYS = {"old": OLD}
        monkeypatch.setattr(rotation, "BATCH", 2)
        people = PersonFactory.create_batch(5)
        settings.FIELD_KEYS = {"new": NEW, "old": OLD}
        return people

    def rotate(self) -> str:
        out = StringIO()
        call_command("rotate_keys", stdout=out, stderr=StringIO())
        return out.getvalue()

    def test_afterwards_the_old_key_is_not_needed(self, people, settings):
        before = {person.pk: (person.id_number, person.phone, person.address) for person in people}

        assert "共换 5 人" in self.rotate()

        settings.FIELD_KEYS = {"new": NEW}
        rows = Person.objects.all()
        assert {row.pk: (row.id_number, row.phone, row.address) for row in rows} == before

    def test_it_goes_on_where_it_stopped(self, people):
        PersonFactory()  # already under the new key

        assert "共换 5 人" in self.rotate()
        assert "共换 0 人" in self.rotate()
        assert Event.objects.filter(type="people.keys_rotated").count() == 1

    def test_batches_are_short_transactions(self, people):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            self.rotate()

        updates = [query["sql"] for query in queries if query["sql"].startswith("UPDATE")]
        assert len(updates) == 3  # 2 + 2 + 1 persons
