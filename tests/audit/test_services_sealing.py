"""The chain: without gaps, repeatable, its head outside the database; rows nobody changes."""

import importlib
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from linshu.audit import services
from linshu.audit.models import Event, Seal
from linshu.audit.services import sealing
from linshu.audit.tasks import seal as seal_task
from tests.audit.conftest import NOW

triggers = importlib.import_module("linshu.audit.migrations.0002_fixed_rows")


def test_events_become_links_in_their_order(record, head_log):
    events = record(5)
    assert services.seal(now=NOW, batch=2) == 5
    assert list(Seal.objects.values_list("seq", "event_uuid")) == [(n, e.uuid) for n, e in enumerate(events, 1)]
    assert [line.split()[0] for line in head_log.read_text().splitlines()] == ["2", "4", "5"]
    assert head_log.read_text().splitlines()[-1].split()[1] == Seal.objects.get(seq=5).hash


def test_sealing_again_adds_only_what_is_new(record, head_log):
    record(2)
    services.seal(now=NOW)
    assert services.seal(now=NOW) == 0
    record(1)
    assert services.seal(now=NOW + timedelta(minutes=1)) == 1
    assert len(head_log.read_text().splitlines()) == 2


def test_a_straggler_far_behind_is_left_to_the_nightly_sealer(record, monkeypatch):
    straggler, *rest = record(4)
    Seal.objects.bulk_create([Seal(seq=n, event_uuid=e.uuid, hash="0", sealed_at=NOW) for n, e in enumerate(rest, 1)])
    monkeypatch.setattr(sealing, "LOOKBACK", 2)
    assert services.seal(now=NOW) == 0
    assert services.seal(now=NOW, everything=True) == 1
    assert Seal.objects.get(seq=4).event_uuid == straggler.uuid


def test_the_task_seals(record):
    record(1)
    seal_task()
    assert Seal.objects.count() == 1


def test_rows_are_not_changed_through_the_models(record):
    (event,) = record(1)
    services.seal(now=NOW)
    for row in (event, Seal.objects.get()):
        with pytest.raises(TypeError):
            row.save()
        with pytest.raises(TypeError):
            row.delete()
        with pytest.raises(TypeError):
            type(row).objects.update(pk=7)
        with pytest.raises(TypeError):
            type(row).objects.all().delete()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET reason = 'x'",
        "DELETE FROM audit_event",
        "UPDATE audit_seal SET hash = 'x'",
        "DELETE FROM audit_seal",
    ],
)
def test_rows_are_not_changed_through_sql(record, statement):
    record(1)
    services.seal(now=NOW)
    if connection.vendor == "sqlite":  # the suite takes the triggers away that its own clean-up would meet
        editor = connection.schema_editor()
        triggers.backwards(apps, editor)
        triggers.forwards(apps, editor)
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        connection.cursor().execute(statement)
    assert Event.objects.count() == Seal.objects.count() == 1
