"""Sealing anew what change requests keep until they are decided."""

from django.db import transaction

from members.models import ChangeRequest
from members.services.memberships import BATCH


@transaction.atomic
def seal_anew(key_id: str) -> int:
    """Move one batch of waiting requests to the key in use; tells how many. Locked, so that none is decided meanwhile."""
    older = ChangeRequest.objects.exclude(content_sealed="").exclude(content_sealed__startswith=f"{key_id}:")
    rows = list(older.select_for_update().order_by("pk")[:BATCH])
    for row in rows:
        row.content = row.content
    ChangeRequest.objects.bulk_update(rows, ["content_sealed"])
    return len(rows)
