"""Scheduled work of the register."""

from celery import shared_task
from django.utils import timezone

from members.services import exporting
from members.services.importing import forgetting


@shared_task
def remove_expired_exports() -> int:
    """Delete exported files past their time."""
    return exporting.remove_expired(now=timezone.now())


@shared_task
def forget_old_imports() -> int:
    """Delete uploaded rosters and what was read of them past their time."""
    return forgetting.forget_old(now=timezone.now())


@shared_task
def release_stuck_imports() -> int:
    """Let no import wait for a worker that gave up."""
    return forgetting.release_stuck(now=timezone.now())
