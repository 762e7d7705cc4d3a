"""Writing the event log."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from linshu.audit import registry
from linshu.audit.models import Event
from linshu.audit.rules.mac import SIGNED, event_mac
from linshu.audit.rules.masking import masked
from linshu.loading import insert, made, stream
from linshu.scope import Actor


@dataclass(frozen=True)
class Entry:
    """One event to be recorded. ``data`` holds what the presenter needs, personal values masked."""

    type: str
    subject: models.Model | None = None
    organization_id: int | None = None
    label: str = ""
    reason: str = ""
    data: dict[str, Any] = field(default_factory=dict)


def record(
    type_: str,
    *,
    by: Actor,
    subject: models.Model | None = None,
    organization_id: int | None = None,
    label: str = "",
    reason: str = "",
    data: dict[str, Any] | None = None,
    now: datetime | None = None,
) -> Event:
    """Record one event in the caller's transaction; an unregistered type raises."""
    entry = Entry(type_, subject, organization_id, label, reason, data or {})
    return insert([_event(entry, _label(entry), by, (now or timezone.now()).astimezone(UTC))])[0]


def record_many(entries: Iterable[Entry], *, by: Actor, now: datetime | None = None) -> int:
    """Record many events with one statement; returns how many."""
    moment = (now or timezone.now()).astimezone(UTC)
    told = [(entry, _label(entry)) for entry in entries]  # a label may ask the database, which is busy from now on
    return stream(_event(entry, label, by, moment) for entry, label in told)


def _label(entry: Entry) -> str:
    return entry.label or (str(entry.subject) if entry.subject else "")


def _event(entry: Entry, label: str, by: Actor, at: datetime) -> Event:
    registry.check(entry.type)
    subject = entry.subject
    event = made(
        Event,
        uuid=uuid.uuid4(),
        at=at,
        type=entry.type,
        actor_id=by.user_id,
        actor_name=by.name,
        organization_id=entry.organization_id,
        subject_type=subject._meta.label_lower if subject else "",
        subject_id=str(subject.pk) if subject else "",
        subject_label=masked(label),
        reason=masked(entry.reason),
        data=masked(entry.data),
    )
    event.mac = mac_of(event)
    return event


def mac_of(event: Event) -> str:
    """The MAC the row should carry."""
    row = {name: getattr(event, name) for name in SIGNED}
    row["at"] = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    return event_mac(settings.AUDIT_KEY, row)
