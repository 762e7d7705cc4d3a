"""Applying staged rows, batch after batch, inside the transaction of the import."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from linshu.errors import DomainError
from linshu.loading import insert
from linshu.people.models import Person
from linshu.people.services import fill_person
from linshu.scope import Actor, Right
from members.models import Import, ImportRow
from members.rules.importing import Verdict
from members.rules.membership import post_starts_on, starts_on
from members.rules.roster.judging import STRANGER, Judgement, Remark, judge
from members.rules.roster.shape import MemberRow
from members.services.correcting import Correction, correct_many
from members.services.importing import payload
from members.services.importing.crossing import refuse
from members.services.importing.standing import Standing, Standings, known_people
from members.services.memberships import Admission, admit_many
from members.services.regrouping import Move, regroup_many
from organizations.models import OPEN_END, Organization, Post, Term
from organizations.services.appointing import Appointment, appoint_many

REASON = "名册导入"
MOVED = Remark("公民身份号码", "预览之后有变动", "预览之后，这个人的登记情况变了，没有写入。", "请重新上传文件核对。")
OF_ROW = (
    "name", "sex", "ethnicity", "education", "phone", "address", "category", "joined_on", "full_on", "is_mobile",
    "destination", "note",
)  # fmt: skip


@dataclass
class _Work:
    """A staged row on its way: what it said, and what it is to the register now."""

    staged: ImportRow
    content: Mapping[str, Any]
    row: MemberRow
    standing: Standing | None
    judgement: Judgement
    person: Person | None = None


class Applying:
    """Writes batches and counts: ``same`` and ``refused`` are rows that others were faster with."""

    def __init__(self, record: Import, *, by: Actor, now: datetime) -> None:
        self.record, self.by, self.now = record, by, now
        self.today = timezone.localdate(now)
        self.standings = Standings(by.scope(Right.MEMBERS_IMPORT))
        self.new = self.changed = self.same = self.refused = 0

    def apply(self, batch: Sequence[ImportRow]) -> None:
        """Write a batch. Somebody else may register a person between compare and insert: then it is compared anew."""
        try:
            with transaction.atomic():
                self._apply(batch)
        except IntegrityError:
            with transaction.atomic():
                self._apply(batch)

    def _apply(self, batch: Sequence[ImportRow]) -> None:
        works = self._compared(batch)
        remarks = {work.staged.pk: remark for work in works if (remark := _moved(work))}
        same = [work.staged for work in works if work.judgement.verdict == Verdict.SAME]
        writable = [w for w in works if w.staged.pk not in remarks and w.judgement.verdict != Verdict.SAME]
        news = [work for work in writable if work.judgement.verdict == Verdict.NEW]
        changes = [work for work in writable if work.judgement.verdict == Verdict.CHANGED]
        nodes = _nodes(writable)
        self._admit(news, nodes)
        remarks |= self._correct(changes, nodes)
        done = [work for work in writable if work.staged.pk not in remarks]
        self._appoint(done, nodes)
        ImportRow.objects.filter(pk__in=[row.pk for row in same]).update(verdict=Verdict.SAME)
        refuse([work.staged for work in works if work.staged.pk in remarks], remarks)
        self.new += len(news)
        self.changed += len(done) - len(news)
        self.same += len(same)
        self.refused += len(remarks)

    def _compared(self, batch: Sequence[ImportRow]) -> list[_Work]:
        contents = [payload.unpack(staged, self.record) for staged in batch]
        people = known_people([staged.id_index for staged in batch])
        standings = self.standings.of(people.values())
        works = []
        for staged, content in zip(batch, contents, strict=True):
            person = people.get(staged.id_index)
            standing = standings[person.pk] if person else None
            row = payload.member_of(content)
            works.append(_Work(staged, content, row, standing, judge(row, standing.told if standing else STRANGER)))
        return works

    def _admit(self, works: Sequence[_Work], nodes: Mapping[str, Organization]) -> None:
        for work in works:
            work.person = self._known(work) if work.standing else payload.person_of(work.content)
        people = [work.person for work in works if work.person is not None]
        insert([person for person in people if person.pk is None])
        admissions = [_admission(work.row, person, nodes) for work, person in zip(works, people, strict=True)]
        if admissions:
            admit_many(admissions, reason=REASON, by=self.by, now=self.now)

    def _known(self, work: _Work) -> Person:
        """A resident becomes a member: his record is completed."""
        assert work.standing is not None  # noqa: S101 - asked by the caller
        person = work.standing.person
        fill_person(person, payload.data_of(work.row))
        person.save()
        return person

    def _correct(self, works: Sequence[_Work], nodes: Mapping[str, Organization]) -> dict[int, Remark]:
        """All at once; where the rules refuse one of them, one after another, so that the others are written."""
        try:
            with transaction.atomic():
                self._correct_all(works, nodes)
            return {}
        except DomainError:
            remarks = {}
            for work in works:
                try:
                    with transaction.atomic():
                        self._correct_all([work], nodes)
                except DomainError as error:
                    remarks[work.staged.pk] = Remark("公民身份号码", "登记规则", error.message)
            return remarks

    def _correct_all(self, works: Sequence[_Work], nodes: Mapping[str, Organization]) -> None:
        corrections = []
        for work in works:
            assert work.standing is not None and work.standing.membership is not None  # noqa: S101 - it is changed
            values = {name: getattr(work.row, name) for name in work.judgement.names if name in OF_ROW}
            corrections.append(Correction(work.standing.membership, values))
            work.person = work.standing.person
        open_now = correct_many(corrections, reason=REASON, by=self.by, now=self.now) if corrections else []
        moves = [
            Move(membership, nodes[work.row.organization_code])
            for work, membership in zip(works, open_now, strict=True)
            if "group_code" in work.judgement.names
        ]
        if moves:
            regroup_many(moves, on=self.today, reason=REASON, by=self.by, now=self.now)

    def _appoint(self, works: Sequence[_Work], nodes: Mapping[str, Organization]) -> None:
        """New members from the day the post can have begun, members of long from today."""
        works = [work for work in works if work.judgement.titles]
        branches = {nodes[work.row.branch_code].pk for work in works}
        terms = dict(
            Term.objects.filter(organization_id__in=branches, valid_to=OPEN_END).values_list(
                "organization_id", "valid_from"
            )
        )
        ended = Post.objects.filter(organization_id__in=branches).exclude(valid_to=OPEN_END).order_by()
        vacated = {
            (branch, title): day
            for branch, title, day in ended.values_list("organization_id", "title").annotate(Max("valid_to"))
        }
        appointments = []
        for work in works:
            branch = nodes[work.row.branch_code]
            begun = post_starts_on(work.row.full_on or work.row.joined_on, terms.get(branch.pk), branch.established_on)
            for title in work.judgement.titles:
                on = (
                    max(begun, vacated.get((branch.pk, title), begun))
                    if work.judgement.verdict == Verdict.NEW
                    else self.today
                )
                assert work.person is not None  # noqa: S101 - admitted or corrected before
                appointments.append(Appointment(branch, work.person, title, on))
        if appointments:
            appoint_many(appointments, by=self.by, now=self.now)


def _moved(work: _Work) -> Remark | None:
    """Why the row is not written any more: it would do something else than the preview showed."""
    now, staged = work.judgement, work.staged
    if now.verdict == Verdict.SAME:
        return None
    if now.verdict == Verdict.PROBLEM:
        return now.problems[0]
    told = work.standing.told.row if work.standing else None
    shown = now.verdict == staged.verdict and set(now.titles) <= set(staged.title_list.split("、"))
    if now.verdict == Verdict.CHANGED and told is not None:
        shown = shown and payload.digest(now.names, work.row, told) == work.content["differs"]
    return None if shown else MOVED


def _nodes(works: Sequence[_Work]) -> dict[str, Organization]:
    codes = {code for work in works for code in (work.row.branch_code, work.row.organization_code)}
    return {each.code: each for each in Organization.objects.filter(code__in=codes)}


def _admission(row: MemberRow, person: Person, nodes: Mapping[str, Organization]) -> Admission:
    start = starts_on(row.joined_on, nodes[row.branch_code].established_on)
    return Admission(
        person, nodes[row.organization_code], row.category, row.joined_on, row.full_on, start, start_inferred=True,
        is_mobile=row.is_mobile, destination=row.destination, note=row.note,
    )  # fmt: skip
