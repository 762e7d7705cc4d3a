"""The whole way at once, for the operator at the command line: all or nothing, and no file is kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from linshu.audit import services as audit
from linshu.errors import Invalid, Problem
from linshu.files.services import plain_name
from linshu.scope import Actor, Right, require
from members.models import Import
from members.rules.importing import Action, State, target_of
from members.rules.roster.shape import RosterProblem
from members.services.importing.opening import fingerprint_of
from members.services.importing.reading import elsewhere, stage
from members.services.importing.writing import REASON, write
from members.services.lines import Content

NAME = "名册.xlsx"
MOST_TOLD = 1000


@dataclass(frozen=True)
class Outcome:
    """What an import has written (or, on a dry run, would write), and what stood there already."""

    organizations: int
    members: int
    changed: int
    same_organizations: int
    same_members: int
    warnings: tuple[RosterProblem, ...]
    fingerprint: str

    @property
    def is_new(self) -> bool:
        """Does the file say anything that the register does not?"""
        return bool(self.organizations or self.members or self.changed)


def import_roster(*, content: Content, name: str = NAME, dry_run: bool = False, by: Actor, now: datetime) -> Outcome:
    """Write everything that is new or changed in the file; Invalid lists what is wrong, and nothing is written."""
    require(by, Right.MEMBERS_IMPORT)
    record = Import.objects.create(
        name=plain_name(name),
        fingerprint=fingerprint_of(content),
        user_id=by.user_id,
        all_or_nothing=True,
        created_at=now,
    )
    try:
        stage(record, content, by=by, now=now)
        _refuse_problems(record, by=by, now=now)
        warnings = tuple(islice(_told(record, "warnings"), MOST_TOLD))
        if dry_run or not (record.new_organizations or record.new or record.changed):
            return _foreseen(record, warnings)
        record.state = target_of(target_of(State.READING, Action.STAGE), Action.CONFIRM)
        record.save()
        return _done(record, write(record, by=by, now=now), warnings)
    finally:
        Import.objects.filter(pk=record.pk).exclude(state=State.WRITTEN).delete()


def _refuse_problems(record: Import, *, by: Actor, now: datetime) -> None:
    if not record.problem:
        return
    count = elsewhere(record)
    if count:
        audit.record("members.duplicate_met", by=by, label=REASON, reason=REASON, data={"count": count}, now=now)
    told: list[Problem] = []
    found = 0
    for problem in _told(record, "problems"):
        found += 1
        if found <= MOST_TOLD:
            told.append(problem.as_error())
    raise Invalid(f"名册有 {found} 处问题，什么都没有写入。请改正后重新导入。", problems=told)


def _told(record: Import, field: str) -> Iterator[RosterProblem]:
    rows = record.rows.exclude(**{field: []}).order_by("pk").values_list("sheet", "number", field)
    for sheet, number, remarks in rows.iterator():
        for each in remarks:
            yield RosterProblem(sheet, number, **each)


def _foreseen(record: Import, warnings: tuple[RosterProblem, ...]) -> Outcome:
    return Outcome(
        record.new_organizations, record.new, record.changed, record.same_organizations, record.same, warnings,
        record.fingerprint,
    )  # fmt: skip


def _done(before: Import, after: Import, warnings: tuple[RosterProblem, ...]) -> Outcome:
    """Rows that somebody else was faster with count as standing."""
    organizations, members = after.written_organizations, after.written_new
    same = before.same + before.new + before.changed - members - after.written_changed
    return Outcome(
        organizations, members, after.written_changed, before.same_organizations + before.new_organizations - organizations,
        same, warnings, before.fingerprint,
    )  # fmt: skip
