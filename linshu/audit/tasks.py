"""The schedule's entry points: sealing every minute, the whole log proved every night."""

from celery import shared_task
from django.utils import timezone

from linshu.audit import services


@shared_task
def seal() -> None:
    """Seal what was recorded since."""
    services.seal(now=timezone.now())


@shared_task
def verify() -> None:
    """Seal whatever was missed, then prove the log; the audit page shows the verdict."""
    services.seal(now=timezone.now(), everything=True)
    services.verify(now=timezone.now())
