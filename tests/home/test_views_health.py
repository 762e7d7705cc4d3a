"""Health: alive, and ready with database, migrations, broker and scheduler."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from linshu.home import services
from linshu.home.tasks import heartbeat
from linshu.workdays.models import CalendarYear


@pytest.fixture(autouse=True)
def fresh_cache(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "health"}}
    cache.clear()


def test_alive_needs_nothing(client):
    response = client.get("/healthz/")
    assert (response.status_code, response.content) == (200, b"ok")


def test_ready_once_the_scheduler_was_seen(client, db):
    silent = client.get("/readyz/")
    assert (silent.status_code, list(silent.json()["missing"])) == (503, ["scheduler"])
    heartbeat()
    assert client.get("/readyz/").json() == {"ready": True, "missing": {}, "warnings": []}


def test_silent_scheduler_is_missed(db):
    now = timezone.now()
    services.scheduler_seen(now=now - services.SILENCE - timedelta(seconds=1))
    assert list(services.shortcomings(now=now)) == ["scheduler"]


def test_unloaded_year_is_a_warning_only(client, db):
    heartbeat()
    CalendarYear.objects.all().delete()
    response = client.get("/readyz/")
    assert response.status_code == 200
    assert "放假安排尚未导入" in response.json()["warnings"][0]


def test_broker_out_of_reach(client, db, settings):
    heartbeat()
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {}
    response = client.get("/readyz/")
    assert (response.status_code, list(response.json()["missing"])) == (503, ["broker"])


def test_open_migration(client, db, monkeypatch):
    heartbeat()
    monkeypatch.setattr(services.MigrationExecutor, "migration_plan", lambda self, targets: [("members", "0002")])
    assert "migrate" in client.get("/readyz/").json()["missing"]["migrations"]
