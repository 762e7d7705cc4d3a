"""The steps people take: upload, confirm, discard. What takes long is a job."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from linshu.audit import services as audit
from linshu.errors import Conflict, NotPermitted
from linshu.files.services import remove, store
from linshu.jobs.services import enqueue
from linshu.scope import Actor, Right, require
from members.access import can_handle
from members.models import Import
from members.rules.importing import Action, State, target_of
from members.services.lines import MEGABYTE, Content, as_file, check_file

READ, WRITE = "members.read_import", "members.write_import"
MEDIA_TYPE = "application/octet-stream"  # what it really is shows when it is read


def begin(*, name: str, content: bytes, by: Actor, now: datetime) -> Import:
    """Keep the file sealed and let a worker read it; Invalid where it can be none."""
    require(by, Right.MEMBERS_IMPORT)
    check_file(content, name)
    with transaction.atomic():
        file = store(name=name, chunks=[content], media_type=MEDIA_TYPE, now=now)
        record = Import.objects.create(
            name=file.name, fingerprint=fingerprint_of(content), user_id=by.user_id, file=file, created_at=now
        )
        start_reading(record, by=by, now=now)
        record.save(update_fields=["job"])
        record_step("members.import_uploaded", record, by=by, now=now)
    return record


def start_reading(record: Import, *, by: Actor, now: datetime) -> None:
    """Hand it to a worker; the caller saves."""
    record.job = enqueue(
        kind=READ, title=f"核对名册 {record.name}", arguments={"import": record.pk}, url=record.url, by=by, now=now
    )


def confirm(*, import_: Import, all_or_nothing: bool, by: Actor, now: datetime) -> Import:
    """Let a worker write what the preview showed; Conflict where there is nothing to write, or not to be written whole."""
    with transaction.atomic():
        record = locked(import_, Action.CONFIRM, by)
        if not (record.new_organizations or record.new or record.changed):
            raise Conflict("这份名册没有要写入的内容：没有新增，也没有变更。请放弃这次导入。", code="nothing_to_write")
        if all_or_nothing and record.problem:
            message = f"还有 {record.problem} 行有问题，不能“全部成功才写入”。请改正文件后重新上传，或取消这个选项。"
            raise Conflict(message, code="problems_left")
        record.state, record.all_or_nothing, record.sentence = (
            target_of(State(record.state), Action.CONFIRM),
            all_or_nothing,
            "",
        )
        record.job = enqueue(
            kind=WRITE, title=f"写入名册 {record.name}", arguments={"import": record.pk}, url=record.url, by=by, now=now
        )
        record.save()
        record_step("members.import_confirmed", record, by=by, now=now)
    return record


def discard(*, import_: Import, by: Actor, now: datetime) -> Import:
    """Give the import up: what was to be written and the file are deleted, the counts stay."""
    with transaction.atomic():
        record = locked(import_, Action.DISCARD, by)
        record.state, record.finished_at = target_of(State(record.state), Action.DISCARD), now
        wipe([record])
        record.save()
        record_step("members.import_discarded", record, by=by, now=now)
    return record


def wipe(records: Iterable[Import]) -> None:
    """Delete staged rows that were never written, all sealed contents, and the files; the caller saves."""
    for record in records:
        record.rows.all().delete()
        if record.file is not None:
            remove(record.file)
            record.file = None


def fingerprint_of(content: Content) -> str:
    """The beginning of the file's SHA-256."""
    file = as_file(content)
    file.seek(0)
    digest = sha256()
    while piece := file.read(MEGABYTE):
        digest.update(piece)
    return digest.hexdigest()[:16]


def locked(import_: Import, action: Action, by: Actor) -> Import:
    """The import as it is now, for who may take the step in its state."""
    record = Import.objects.select_for_update().get(pk=import_.pk)
    if not can_handle(by, record):
        raise NotPermitted
    target_of(State(record.state), action)
    return record


def record_step(type_: str, record: Import, *, by: Actor, now: datetime, **more: object) -> None:
    """Keep the step in the log."""
    data = {
        "file": record.name, "fingerprint": record.fingerprint, "new": record.new, "changed": record.changed,
        "problem": record.problem, "all_or_nothing": record.all_or_nothing,
        **more,
    }  # fmt: skip
    audit.record(
        type_, by=by, subject=record, organization_id=record.organization_id, label=record.name, data=data, now=now
    )
