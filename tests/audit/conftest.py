"""A head file of its own for every test, and two event types."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from linshu.audit import registry, services
from linshu.scope import SYSTEM

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def head_log(settings, tmp_path):
    """The file beside the database."""
    settings.AUDIT_HEAD_LOG = tmp_path / "audit" / "head.log"
    return settings.AUDIT_HEAD_LOG


@pytest.fixture(autouse=True)
def event_types(monkeypatch):
    """``tests.done`` and its sentence."""
    monkeypatch.setitem(registry._presenters, "tests.done", ("测试", lambda data: f"做了第 {data['number']} 件事。"))


@pytest.fixture
def record(db):
    """``record(3)``: three events."""

    def make(count: int = 1, **kwargs):
        return [
            services.record(
                "tests.done", **{"by": SYSTEM, "label": f"事 {n}", "data": {"number": n}, "now": NOW, **kwargs}
            )
            for n in range(1, count + 1)
        ]

    return make
