"""Reads of parameters."""

from datetime import date
from typing import Self

from django.db import models

from linshu.scope import Actor, Right, require


class ParameterQuerySet(models.QuerySet):
    """Versions by day."""

    def on(self, day: date) -> Self:
        """The version of each parameter valid on ``day``."""
        return self.filter(effective_from__lte=day, effective_to__gt=day)

    def readable(self, actor: Actor) -> Self:
        """Rule numbers are the same for the whole county: no organisation to draw a scope by, but a right."""
        require(actor, Right.PARAMETERS_READ)
        return self

    def standing(self, day: date) -> Self:
        """The versions in force on ``day`` and those that will follow, in order."""
        return self.filter(effective_to__gt=day).order_by("code", "effective_from")
