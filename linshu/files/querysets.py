"""Reads of stored files."""

from datetime import datetime
from typing import Self

from django.db import models


class StoredFileQuerySet(models.QuerySet):
    """A file is reached through the row that owns it; there is no ``within`` here by design."""

    def unowned(self) -> Self:
        """Files no row of any model points at."""
        return self.filter(**{f"{relation.name}__isnull": True for relation in self.model._meta.related_objects})

    def stored_before(self, moment: datetime) -> Self:
        return self.filter(created_at__lt=moment)

    def under_older_keys(self, key_id: str) -> Self:
        """Sealed under another key than the one in use."""
        return self.exclude(key_id=key_id)
