"""Scheduled work of stored files."""

from celery import shared_task
from django.utils import timezone

from linshu.files import services


@shared_task
def remove_left_overs() -> int:
    """Delete what a rolled-back or interrupted upload left behind."""
    return services.remove_left_overs(now=timezone.now())
