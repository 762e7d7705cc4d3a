"""Entry points of the workers."""

from celery import shared_task
from django.utils import timezone

from linshu.jobs import services

# Longer work than this hangs.
MOST_SECONDS = 4 * 60 * 60


@shared_task(soft_time_limit=MOST_SECONDS)
def run(job_id: int) -> None:
    """Do one job."""
    services.run_job(job_id)


@shared_task
def sweep() -> None:
    """Wake workers for jobs that were lost or left."""
    services.sweep(now=timezone.now())
