"""Sealing anew what change requests keep until they are decided, and rows of a roster until they are written."""

from django.db import transaction

from members.models import ChangeRequest, ImportRow
from members.services.importing import payload
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


@transaction.atomic
def seal_rows_anew(key_id: str) -> int:
    """The same with rows of imports. Locked, so that one that is written or discarded meanwhile is left alone."""
    older = ImportRow.objects.exclude(payload="").exclude(payload__startswith=f"{key_id}:")
    rows = list(older.select_for_update(of=("self",)).select_related("import_record").order_by("pk")[:BATCH])
    for row in rows:
        row.payload = payload.packed_anew(row)
    ImportRow.objects.bulk_update(rows, ["payload"])
    return len(rows)
