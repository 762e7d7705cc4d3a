"""Putting a job before the workers. The row is the record; a worker that is not woken finds it by the sweep."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from linshu.jobs import registry
from linshu.jobs.models import Job
from linshu.jobs.signals import job_waits
from linshu.scope import Actor


def enqueue(*, kind: str, title: str, arguments: Mapping[str, Any], url: str = "", by: Actor, now: datetime) -> Job:
    """A queued job in the caller's transaction; a worker is woken when that has committed.

    ``arguments`` are JSON and hold ids only. An unregistered kind raises KeyError. No event of its own: the service
    that enqueues records.
    """
    registry.kind_of(kind)
    job = Job.objects.create(
        kind=kind,
        title=title[:200],
        arguments=dict(arguments),
        url=url,
        user_id=by.user_id,
        created_at=now,
        beat_at=now,
    )
    transaction.on_commit(lambda: wake(job.pk), robust=True)
    return job


def sweep(*, now: datetime) -> int:
    """Wake a worker anew for jobs nobody started (the broker may lose a task) or left; returns for how many."""
    forgotten = list(Job.objects.forgotten(now).values_list("pk", flat=True))
    # Queued ones are noted as woken; the beat of a running one is its worker's alone.
    Job.objects.filter(pk__in=forgotten).waiting().update(beat_at=now)
    for job_id in forgotten:
        wake(job_id)
    return len(forgotten)


def wake(job_id: int) -> None:
    """Tell whoever runs jobs that one waits."""
    job_waits.send(sender=Job, job_id=job_id)
