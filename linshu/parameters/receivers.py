"""Seeds after every migrate: missing parameters get their first version, changed ones are left alone."""

from typing import Any

from django.utils import timezone

from linshu.parameters import services


def seed_parameters(**kwargs: Any) -> None:
    """Runs after migrate, and after a flush in tests."""
    services.seed(now=timezone.now())
