"""A job that waits becomes a task of the queue."""

from typing import Any

from django.dispatch import receiver

from linshu.jobs import tasks
from linshu.jobs.signals import job_waits


@receiver(job_waits)
def wake_worker(sender: Any, job_id: int, **kwargs: Any) -> None:
    tasks.run.delay(job_id)
