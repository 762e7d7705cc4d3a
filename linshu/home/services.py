"""Is the portal ready for work? Asked by ``/readyz/``; the scheduler leaves its sign here."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from kombu import Connection

from linshu.workdays.services import calendar_on

SEEN = "home.scheduler-seen"
SILENCE = timedelta(minutes=5)
PATIENCE = 2  # seconds the broker may take to answer


def scheduler_seen(*, now: datetime) -> None:
    """The schedule sent a task and a worker ran it."""
    cache.set(SEEN, now, timeout=None)


def shortcomings(*, now: datetime) -> dict[str, str]:
    """What keeps the portal from working, each by the part's name; nothing when it is ready."""
    parts: dict[str, Callable[[], str]] = {
        "database": _database,
        "migrations": _migrations,
        "broker": _broker,
        "scheduler": lambda: _scheduler(now),
    }
    found: dict[str, str] = {}
    for name, ask in parts.items():
        try:
            said = ask()
        except Exception as error:  # whatever fails, this part is not ready
            said = f"没有回应（{type(error).__name__}）。"
        if said:
            found[name] = said
    return found


def warnings(*, now: datetime) -> list[str]:
    """What works, but not as it should."""
    year = timezone.localdate(now).year
    if calendar_on().is_loaded(year):
        return []
    return [f"{year}年的放假安排尚未导入，工作日暂按周一至周五计算。请用 manage.py load_calendar 导入。"]


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"还有 {len(plan)} 个数据库变更没有执行，请运行 manage.py migrate。" if plan else ""


def _broker() -> str:
    options = getattr(settings, "CELERY_BROKER_TRANSPORT_OPTIONS", {})
    with Connection(settings.CELERY_BROKER_URL, transport_options=options, connect_timeout=PATIENCE) as broker:
        broker.ensure_connection(max_retries=1, timeout=PATIENCE)
    return ""


def _scheduler(now: datetime) -> str:
    seen = cache.get(SEEN)
    if seen is None:
        return "定时任务还没有运行过，请确认 celery worker 和 beat 已启动。"
    return f"定时任务自 {timezone.localtime(seen):%m-%d %H:%M} 起没有运行。" if now - seen > SILENCE else ""
