"""Limits of the log-in, read by axes and by the pages that explain them (rule book 11: 5 failures, 15 minutes)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.utils import timezone

from linshu.parameters.services import values_on


@dataclass(frozen=True)
class Limits:
    """``failures`` in a row from one address lock the account there for ``minutes``; ``idle`` minutes end a session."""

    failures: int
    minutes: int
    idle: int


def limits() -> Limits:
    """The limits in force today."""
    values = values_on(timezone.localdate())
    return Limits(values["LOGIN_FAILURES"], values["LOCK_MINUTES"], values["SESSION_MINUTES"])


def client_address(request: Any) -> str:
    """Address of the browser: what nginx appended last to X-Forwarded-For, which nobody can invent; the demo has none.

    Behind nginx the connection itself always comes from nginx: with it, five failures would lock everybody out.
    """
    forwarded: str = request.META.get("HTTP_X_FORWARDED_FOR", "") if not settings.DEMO else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")


def failure_limit(request: Any, credentials: Any) -> int:
    """For axes: failures that lock."""
    return limits().failures


def cool_off(request: Any) -> timedelta:
    """For axes: how long the lock lasts."""
    return timedelta(minutes=limits().minutes)


def refusal(request: Any) -> str:
    """Why a log-in failed, without telling which of the three was wrong, and how many tries are left."""
    failures = getattr(request, "axes_failures_since_start", None) or 0
    left = max(limits().failures - failures, 0)
    return f"用户名、口令或动态口令不对，请重新输入，还可以试 {left} 次。"


def locked_addresses(username: str, *, now: datetime) -> list[str]:
    """Addresses from which the account is locked."""
    agreed = limits()
    attempts = AccessAttempt.objects.filter(
        username=username, attempt_time__gte=now - timedelta(minutes=agreed.minutes)
    )
    sums = attempts.values("ip_address").annotate(failures=Sum("failures_since_start")).order_by("ip_address")
    return [row["ip_address"] or "未知地址" for row in sums if row["failures"] >= agreed.failures]
