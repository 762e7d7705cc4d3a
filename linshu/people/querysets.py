"""Reads of people."""

from django.db import models


class PersonQuerySet(models.QuerySet):
    """A person is read through a membership, seat or user in scope; there is no ``within`` here by design."""
