"""Doing a thing once, however often it is asked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from linshu.errors import Conflict, Invalid
from linshu.rest.models import IdempotencyKey

KEPT = timedelta(hours=24)


@dataclass(frozen=True)
class Attempt:
    """Who asks, under which key, for what: ``fingerprint`` is the SHA-256 of method, path and body."""

    user_id: int
    key: str
    fingerprint: str


@dataclass(frozen=True)
class Answer:
    """HTTP status and JSON body; ``replayed`` when it was given before."""

    status: int
    body: Any
    replayed: bool = False


def once(attempt: Attempt, *, run: Callable[[], Answer], now: datetime, secret: bool = False) -> Answer:
    """Run in one transaction with the key, or repeat the answer given before; what fails leaves no key behind.

    Two at once: the second waits on the unique index (PostgreSQL) or for the write lock (SQLite) until the first
    has committed, then finds its answer.
    """
    with transaction.atomic():
        row, is_first = _claim(attempt, now, secret)
        if not is_first:
            return _replay(row, attempt)
        answer = run()
        row.status, row.body = answer.status, None if secret else answer.body
        row.save(update_fields=["status", "body"])
        return answer


def forget_expired(*, now: datetime) -> int:
    """Delete keys past their 24 hours; returns how many."""
    return IdempotencyKey.objects.filter(expires_at__lte=now).delete()[0]


def _claim(attempt: Attempt, now: datetime, secret: bool) -> tuple[IdempotencyKey, bool]:
    own = IdempotencyKey.objects.filter(user_id=attempt.user_id, key=attempt.key)
    own.filter(expires_at__lte=now).delete()
    try:
        with transaction.atomic():  # savepoint: PostgreSQL cannot go on after a failed insert
            row = IdempotencyKey.objects.create(
                user_id=attempt.user_id,
                key=attempt.key,
                fingerprint=attempt.fingerprint,
                secret=secret,
                expires_at=now + KEPT,
            )
            return row, True
    except IntegrityError:
        return own.get(), False


def _replay(row: IdempotencyKey, attempt: Attempt) -> Answer:
    if row.fingerprint != attempt.fingerprint:
        raise Invalid(
            "这个 Idempotency-Key 已用于另一个请求，本次没有办理。新的请求请换一个新的键。",
            code="idempotency_key_reused",
        )
    if row.secret:
        raise Conflict(
            "这个请求已经办理过，结果只在当时显示一次。没有收到结果的，请撤销后用新的键重新办理。",
            code="already_done",
        )
    assert row.status is not None  # noqa: S101 - committed together with the key
    return Answer(row.status, row.body, replayed=True)
