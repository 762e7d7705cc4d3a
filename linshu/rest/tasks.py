"""Scheduled work of the API conventions."""

from celery import shared_task
from django.utils import timezone

from linshu.rest.services import forget_expired


@shared_task
def forget_expired_keys() -> int:
    """Delete idempotency keys past their 24 hours."""
    return forget_expired(now=timezone.now())
