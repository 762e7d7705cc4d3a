"""Reads of parameters."""

from datetime import date
from typing import Self

from django.db import models


class ParameterQuerySet(models.QuerySet):
    """Versions by day."""

    def on(self, day: date) -> Self:
        """The version of each parameter valid on ``day``."""
        return self.filter(effective_from__lte=day, effective_to__gt=day)
