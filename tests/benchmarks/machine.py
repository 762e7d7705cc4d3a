"""How much slower this machine is than the one that the limits in milliseconds were given for.

Both have read the tree of a county of 1,500 organisations and 60,000 members with the count of each by plain SQL: there
in 14 ms. On a machine that takes longer the limits stretch alike, on a faster one they stay as they are.
"""

import json
from statistics import median
from time import perf_counter

from django.db import connection
from django.utils import timezone

REFERENCE = 14.0  # milliseconds
ROUNDS = 9
_NODES = "SELECT id, parent_id, short_name, lft, rght FROM organizations_organization ORDER BY tree_id, lft"
_COUNTS = """
SELECT organization_id, count(*) FROM members_membership
WHERE valid_from <= %(today)s AND valid_to > %(today)s GROUP BY organization_id
"""


def slowness() -> float:
    """Times the reference; 1 where this machine is no slower."""
    return max(1.0, median(_milliseconds() for _ in range(ROUNDS)) / REFERENCE)


def _milliseconds() -> float:
    connection.ensure_connection()
    begun = perf_counter()
    with connection.connection.cursor() as cursor:
        found = []
        for statement in (_NODES, _COUNTS):
            cursor.execute(statement, {"today": timezone.localdate()})
            found.append(cursor.fetchall())
    json.dumps(found, default=str, ensure_ascii=False)
    return (perf_counter() - begun) * 1000
