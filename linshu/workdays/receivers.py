"""Seeds after every migrate: years that the table lacks are added, loaded years are left alone."""

from typing import Any

from django.utils import timezone

from linshu.workdays import services


def seed_calendar(**kwargs: Any) -> None:
    """Runs after migrate, and after a flush in tests."""
    services.seed(now=timezone.now())
