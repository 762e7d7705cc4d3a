"""Reads of memberships."""

from datetime import date
from typing import Self

from linshu.scope import ScopedQuerySet


class MembershipQuerySet(ScopedQuerySet):
    """Membership periods; a member reaches his own."""

    person_path = "person_id"

    def on(self, day: date) -> Self:
        """Memberships in force on ``day``."""
        return self.filter(valid_from__lte=day, valid_to__gt=day)
