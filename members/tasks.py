"""Scheduled work of the register."""

from celery import shared_task
from django.utils import timezone

from members.services import exporting


@shared_task
def remove_expired_exports() -> int:
    """Delete exported files past their time."""
    return exporting.remove_expired(now=timezone.now())
