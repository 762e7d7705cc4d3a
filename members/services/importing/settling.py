"""Rows that an import left out are owed until they are imported again, or somebody says that nothing more is done."""

from datetime import datetime

from django.db import transaction

from linshu.errors import Conflict
from linshu.scope import Actor
from members.models import Import
from members.rules.importing import Action, stem
from members.services.importing.opening import locked, record_step


@transaction.atomic
def settle(*, import_: Import, by: Actor, now: datetime) -> Import:
    """Nothing more is done about the rows that were left out; Conflict where none are owed."""
    record = locked(import_, Action.SETTLE, by)
    if not record.is_owing:
        raise Conflict("这次导入没有待处理的行，不用再办。请刷新页面。", code="nothing_owed")
    record.settled_at = now
    record.save(update_fields=["settled_at"])
    record_step("members.import_settled", record, by=by, now=now)
    return record


def settle_earlier(record: Import, *, now: datetime) -> None:
    """The same file, or the report of it, sent again by the same officer and written: what it leaves out is owed now."""
    earlier = Import.objects.owing().filter(user=record.user_id, pk__lt=record.pk) if record.user_id else ()
    again = [each.pk for each in earlier if stem(each.name) == stem(record.name)]
    Import.objects.filter(pk__in=again).update(settled_at=now)
