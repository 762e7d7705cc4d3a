"""Limits of the log-in, read by axes and by the pages that explain them (rule book 11: 5 failures, 15 minutes).

axes locks an account for one address, so that nobody can lock a colleague out. Against guessing from many addresses
the account is slowed down: from addresses it has not been used from, one try in a while.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.utils import timezone

from linshu.audit import services as audit
from linshu.audit.models import Event
from linshu.parameters.services import values_on
from linshu.people.models import User
from linshu.people.rules import masking
from linshu.scope import RightlessActor

WATCHED = timedelta(days=1)  # in which failures from all addresses are counted
TRUSTED = timedelta(days=30)  # in which an address is the account's own after a log-in


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


def wait_for(*, username: str, address: str, now: datetime) -> int:
    """Seconds until the account may be tried from the address again; 0 where it may be now.

    Names that are no account are slowed down alike: the answer must not tell which ones are.
    """
    values = values_on(timezone.localdate(now))
    failures = Event.objects.failed_log_ins(shown(username), since=now - WATCHED)
    if failures.count() < values["LOGIN_SLOW_AFTER"]:
        return 0
    user = User.objects.filter(username=username).first()
    if user and Event.objects.about(user).logged_in_from(address, since=now - TRUSTED).exists():
        return 0
    since_last = (now - failures.latest("at").at).total_seconds()
    return max(0, ceil(values["LOGIN_SLOW_SECONDS"] - since_last))


def slow_down(*, username: str, address: str) -> None:
    """Keep in the log that the account was not even tried."""
    name = shown(username)
    data = {"username": name, "address": address, "refused": True}
    audit.record("people.log_in_failed", by=RightlessActor(), label=name, data=data)


def shown(username: str) -> str:
    """The name of an account as typed; anything else is masked, for people type passwords into the wrong field."""
    return username if User.objects.filter(username=username).exists() else masking.name(username)[:20]


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
