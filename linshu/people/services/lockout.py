"""Limits of the log-in, read by axes and by the pages that explain them (rule book 11: 5 failures, 15 minutes)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any


@dataclass(frozen=True)
class Limits:
    """``failures`` in a row from one address lock the account there for ``minutes``."""

    failures: int
    minutes: int


def limits() -> Limits:
    """The limits in force today."""
    return Limits(5, 15)


def failure_limit(request: Any, credentials: Any) -> int:
    """For axes: failures that lock."""
    return limits().failures


def cool_off(request: Any) -> timedelta:
    """For axes: how long the lock lasts."""
    return timedelta(minutes=limits().minutes)


def tries_left(request: Any) -> int:
    """Tries before the lock, after a failure that axes counted on ``request``."""
    return max(limits().failures - getattr(request, "axes_failures_since_start", 0), 0)
