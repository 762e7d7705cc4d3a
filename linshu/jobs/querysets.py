"""Reads of jobs: everybody his own."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from linshu.errors import NotFound
from linshu.jobs.rules import states
from linshu.jobs.rules.states import State


class JobQuerySet(models.QuerySet):
    """Jobs hang on the account that started them; there is no ``within`` here by design."""

    def of(self, user_id: int | None) -> Self:
        """The account's own, newest first; those of the command line belong to nobody."""
        return self.filter(user_id=user_id, user__isnull=False).order_by("-created_at", "-pk")

    def get_or_refuse(self, pk: int) -> Any:
        """The job, or the domain's not-found."""
        row = self.filter(pk=pk).first()
        if row is None:
            raise NotFound
        return row

    def waiting(self) -> Self:
        """Queued, in order."""
        return self.filter(state=State.QUEUED).order_by("created_at", "pk")

    def runnable(self, now: datetime) -> Self:
        """Queued, or running with a worker that fell silent."""
        return self.filter(Q(state=State.QUEUED) | Q(state=State.RUNNING, beat_at__lt=states.silent_since(now)))

    def forgotten(self, now: datetime) -> Self:
        """Runnable, and nobody was woken for it lately."""
        return self.runnable(now).filter(beat_at__lt=now - states.WAKE_AGAIN_AFTER).order_by("created_at", "pk")
