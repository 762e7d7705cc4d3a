"""Reads of grants."""

from datetime import date
from typing import Self

from django.db import models


class GrantQuerySet(models.QuerySet):
    """Grants by day."""

    def on(self, day: date) -> Self:
        """Grants in force on ``day``."""
        return self.filter(valid_from__lte=day, valid_to__gt=day)
