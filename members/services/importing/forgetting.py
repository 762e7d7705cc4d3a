"""Imports that nobody finishes: what was staged does not lie about for ever, and no import waits for a dead worker."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from linshu.audit import services as audit
from linshu.jobs.rules.states import FINISHED
from linshu.parameters.services import values_on
from linshu.scope import SYSTEM
from members.models import Import
from members.rules.importing import ENDED, Action, State, target_of
from members.services.importing.opening import wipe
from members.services.importing.writing import fail

INTERRUPTED = "办理多次中断，没有完成。请稍后再试；仍不成功的，请联系系统管理员。"


def forget_old(*, now: datetime) -> int:
    """Delete files and rows of imports past IMPORT_KEEP_DAYS and give up what was never confirmed; returns how many."""
    before = now - timedelta(days=values_on(timezone.localdate(now))["IMPORT_KEEP_DAYS"])
    old = list(Import.objects.kept().filter(created_at__lt=before).exclude(state=State.WRITING))
    for record in old:
        _forget(record, now)
    if old:
        audit.record("members.imports_forgotten", by=SYSTEM, label="到期的导入", data={"count": len(old)}, now=now)
    return len(old)


def release_stuck(*, now: datetime) -> int:
    """Tell of imports whose job ended without them: after that they can be discarded or confirmed again."""
    waiting = Import.objects.filter(state__in=[State.READING, State.WRITING], job__state__in=sorted(FINISHED))
    stuck = list(waiting)
    for record in stuck:
        fail(record, INTERRUPTED, by=SYSTEM, now=now)
    return len(stuck)


def _forget(record: Import, now: datetime) -> None:
    with transaction.atomic():
        current = Import.objects.select_for_update().get(pk=record.pk)
        if current.state == State.WRITING:
            return
        if current.state not in ENDED:
            current.state, current.finished_at = target_of(State(current.state), Action.DISCARD), now
        if current.is_owing:
            current.settled_at = now
        wipe([current])
        current.save()
