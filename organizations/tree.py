"""The one door to mptt: lock, placement, comparison. Only this module and ``models`` name mptt."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from mptt.managers import TreeManager as MpttManager

LOCK = 0x4C53_5452  # "LSTR": the advisory lock of every tree write


class TreeManager(MpttManager):
    """mptt's manager; writes go through ``tree_lock``."""


@contextmanager
def tree_lock() -> Iterator[None]:
    """One writer of the tree at a time, to the end of the outermost transaction.

    Two concurrent mptt shifts corrupt lft/rght silently. PostgreSQL takes an advisory transaction lock; SQLite's
    IMMEDIATE transaction is that lock already.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        yield
