"""Writing an import: what the preview showed, re-compared under the locks, in one transaction."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from linshu.audit import services as audit
from linshu.errors import Conflict, DomainError, Invalid
from linshu.people.models import Person
from linshu.scope import Actor, Right, require
from members.models import Import, ImportRow
from members.rules.importing import Action, State, Verdict, target_of
from members.rules.roster.shape import ORGANIZATIONS
from members.services.importing import organizing, payload
from members.services.importing.applying import REASON, Applying
from members.services.importing.crossing import WRITES, refuse_crowded
from members.services.importing.reading import Progress, silent
from members.services.importing.settling import settle_earlier
from organizations.tree import tree_lock

BATCH = 1000
UNREAD = ("differences", "problems", "warnings")


def write(record: Import, *, by: Actor, now: datetime, progress: Progress = silent) -> Import:
    """Write everything or nothing; afterwards the import is written, or failed with the reason in ``sentence``.

    Run again after its worker died, it finds either nothing written or the import written, and then does nothing.
    Rows that others were faster with become the same or a problem; with ``all_or_nothing`` a problem stops the whole.
    """
    try:
        with tree_lock():  # lock order: the tree, then the persons, then the import
            require(by, Right.MEMBERS_IMPORT)
            _lock_people(record)
            current = Import.objects.select_for_update().get(pk=record.pk)
            if current.state != State.WRITING:
                return current
            _write(current, by=by, now=now, progress=progress)
    except DomainError as error:
        fail(record, error.message, by=by, now=now)
        raise
    return current


def fail(record: Import, sentence: str, *, by: Actor, now: datetime) -> None:
    """Note why it was not read, or nothing was written; it can be discarded, what was read also confirmed again."""
    steps = {State.READING: Action.REFUSE, State.WRITING: Action.FAIL}
    with transaction.atomic():
        current = Import.objects.select_for_update().get(pk=record.pk)
        step = steps.get(State(current.state))
        if step is not None:
            current.state = target_of(State(current.state), step)
            current.sentence, current.finished_at = sentence[:500], now
            current.save(update_fields=["state", "sentence", "finished_at"])
            audit.record(
                "members.import_failed", by=by, subject=current, organization_id=current.organization_id,
                label=current.name, data={"file": current.name, "sentence": current.sentence}, now=now,
            )  # fmt: skip


def _lock_people(record: Import) -> None:
    """Everybody known that a row is about, in one order; who was registered since the preview is known now too."""
    rows = record.rows.filter(verdict__in=WRITES)
    known = Person.objects.filter(id_number_index=OuterRef("id_index"))
    met = rows.filter(Exists(known), person=None).exclude(id_index="")
    met.update(person=Subquery(known.values("pk")[:1]))
    people = Person.objects.filter(pk__in=rows.exclude(person=None).order_by().values("person"))
    for _ in people.select_for_update().order_by("pk").values_list("pk").iterator(BATCH):
        pass


def _write(record: Import, *, by: Actor, now: datetime, progress: Progress) -> None:
    record.written_organizations = _establish(record, by=by, now=now)
    refused = refuse_crowded(record, timezone.localdate(now))
    applying = Applying(record, by=by, now=now)
    total, done = record.rows.filter(verdict__in=WRITES).exclude(sheet=ORGANIZATIONS).count(), 0
    for batch in _batches(record):
        applying.apply(batch)
        done += len(batch)
        progress(done, total, f"已写入 {done} 行")
    refused += applying.refused
    if refused and record.all_or_nothing:
        raise Conflict(
            f"预览之后有 {refused} 行的登记情况变了，按“全部成功才写入”什么都没有写入。请重新上传文件核对。",
            code="changed_meanwhile",
        )
    _conclude(record, applying, by=by, now=now)


def _establish(record: Import, *, by: Actor, now: datetime) -> int:
    """Establish what is still new; Invalid when an organisation stands differently by now."""
    staged = record.rows.filter(sheet=ORGANIZATIONS, verdict=Verdict.NEW).order_by("pk")
    rows = [payload.organization_of(payload.unpack(row, record)) for row in staged.iterator(BATCH)]
    new, problems = organizing.compare(rows, by=by)
    if problems:
        told = [problem.as_error() for problem in problems]
        message = f"预览之后组织情况变了，什么都没有写入：{told[0].message}请重新上传文件核对。"
        raise Invalid(message, problems=told)
    organizing.establish(new, reason=REASON, by=by, now=now)
    return len(new)


def _batches(record: Import) -> Iterator[list[ImportRow]]:
    """Rows to write, in the order of the file; read by key, because the loop itself changes rows."""
    rows = record.rows.filter(verdict__in=WRITES).exclude(sheet=ORGANIZATIONS).order_by("pk").defer(*UNREAD)
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].pk


def outcome_sentence(record: Import, same: int, problem: int) -> str:
    """What was done, in a sentence."""
    done = [
        f"{word} {count} {unit}"
        for word, count, unit in (
            ("新增", record.written_organizations, "个组织"),
            ("新增", record.written_new, "名党员"),
            ("变更", record.written_changed, "名党员"),
        )
        if count
    ]
    sentence = f"已{'、'.join(done)}。" if done else "没有变化。"
    unchanged = record.same + same
    sentence += f"{unchanged} 名党员无变化。" if unchanged else ""
    return sentence + (f"{problem} 行有问题，没有写入。" if problem else "")


def _conclude(record: Import, applying: Applying, *, by: Actor, now: datetime) -> None:
    record.written_new, record.written_changed = applying.new, applying.changed
    problem = record.rows.filter(verdict=Verdict.PROBLEM).count()
    record.problem, record.sentence = problem, outcome_sentence(record, applying.same, problem)
    record.state, record.finished_at = target_of(State.WRITING, Action.FINISH), now
    record.rows.filter(~Q(payload="")).update(payload="")
    record.save()
    settle_earlier(record, now=now)
    if not (record.written_organizations or record.written_new or record.written_changed):
        return
    data = {
        "fingerprint": record.fingerprint,
        "organizations": record.written_organizations,
        "members": record.written_new,
        "changed": record.written_changed,
        "same_organizations": record.same_organizations + record.new_organizations - record.written_organizations,
        "same_members": record.same + applying.same,
        "skipped": problem,
    }
    audit.record(
        "members.roster_imported", by=by, subject=record, organization_id=record.organization_id, label=REASON,
        reason=REASON, data=data, now=now,
    )  # fmt: skip
