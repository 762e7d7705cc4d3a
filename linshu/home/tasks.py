"""The schedule's sign of life."""

from celery import shared_task
from django.utils import timezone

from linshu.home import services


@shared_task
def heartbeat() -> None:
    """Sent by the scheduler, run by a worker: both live."""
    services.scheduler_seen(now=timezone.now())
