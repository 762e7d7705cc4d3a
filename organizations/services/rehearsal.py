"""What an operation would do, told by the operation itself: it runs, its events are read, everything is undone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from linshu.audit.models import Event
from linshu.audit.registry import present
from linshu.scope import Actor


@dataclass(frozen=True)
class Rehearsal:
    """One sentence per event that the operation would record, in order, without repetition."""

    sentences: tuple[str, ...]


def rehearse(action: Callable[[], Any], *, by: Actor, now: datetime) -> Rehearsal:
    """Run the action and roll it back; what it refuses, it refuses here with the same words.

    Its events are found by the moment it was given: nobody else signs with the same actor and microsecond.
    """
    with transaction.atomic():
        action()
        sentences = told(by=by, now=now)
        transaction.set_rollback(True)
    return Rehearsal(sentences)


def told(*, by: Actor, now: datetime) -> tuple[str, ...]:
    """What the action of the actor at that moment recorded; what it was all about comes last."""
    events = Event.objects.filter(at=now, actor_id=by.user_id).order_by("pk")
    return tuple(dict.fromkeys(present(event.type, event.data) for event in events))
