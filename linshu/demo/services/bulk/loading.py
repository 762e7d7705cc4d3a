"""Around the loading of many rows into empty tables."""

from collections.abc import Iterable

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model

from linshu.loading import BATCH, batches, load

__all__ = ["BATCH", "batches", "gather_statistics", "load", "settle"]


def settle(models: Iterable[type[Model]]) -> None:
    """Let the database count on from the keys that were given."""
    for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
        with connection.cursor() as cursor:
            cursor.execute(statement)


def gather_statistics() -> None:
    """After the load, outside a transaction: without it the planner takes the tables for empty."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
