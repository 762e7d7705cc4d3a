"""Reads of the event log."""

from django.db import models


class EventQuerySet(models.QuerySet):
    """Filters of the audit page."""
