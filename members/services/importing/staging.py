"""Staging: each row of 党员 checked, held against the register and kept, batch after batch."""

from collections.abc import Iterator, Mapping, Sequence

from linshu.loading import made
from linshu.people.models import Person
from linshu.people.sealing import blind_index
from linshu.scope import Actor, Right
from members.models import Import, ImportRow, Membership
from members.rules.importing import Verdict
from members.rules.roster import dialects
from members.rules.roster.judging import STRANGER, Judgement, Remark, Told, judge, shown_difference
from members.rules.roster.members import Checked, RowCheck
from members.rules.roster.places import CODE, NAME
from members.rules.roster.shape import MEMBERS, MemberRow, RosterProblem, Row, shown
from members.services.importing import payload
from members.services.importing.crossing import as_json
from members.services.importing.standing import Standing, Standings, known_people
from organizations.models import OPEN_END

NUMBER = "公民身份号码"
NUMBER_LENGTH = 18
PLACE = ("group_code", "category")
OUTSIDE = Remark("所在党组织编码", "管理范围", "这个支部不在您的管理范围内，不能导入。", "请由管理它的单位导入。")


class Stage:
    """Turns rows of the file into staged rows of one import. Not yet saved.

    ``outside`` are codes that the file's own 党组织 names and that are not the importer's, in the register or not.
    """

    def __init__(
        self, record: Import, check: RowCheck, outside: frozenset[str], *, by: Actor, keeps_payload: bool
    ) -> None:
        self.record, self.check, self.keeps_payload = record, check, keeps_payload
        self.standings = Standings(by.scope(Right.MEMBERS_IMPORT))
        self.outside = outside | self._branches_outside()

    def _branches_outside(self) -> frozenset[str]:
        """Codes of nodes of the register that lie outside the scope."""
        places = self.standings.places
        reached = self.standings.scope.covered(set(places))
        return frozenset(place.group_code or place.branch_code for pk, place in places.items() if pk not in reached)

    def rows(self, batch: Sequence[Row]) -> Iterator[ImportRow]:
        """The batch as staged rows; the register has been asked before the first of them."""
        checked = [self.check.check(row) for row in batch]
        indexes = [_index(each) for each in checked]
        people = known_people(set(indexes) - {""})
        standings = self.standings.of(people.values())
        namesakes = _Namesakes(self.standings, [each.member for each in checked if each.member], people)
        for each, index in zip(checked, indexes, strict=True):
            person = people.get(index)
            standing = standings[person.pk] if person else None
            row = self._row(each, index, standing)
            if each.member and row.verdict == Verdict.NEW and person is None and namesakes.has(each.member):
                row.warnings.append(as_json(NAMESAKE, each.member.name))
            yield row

    def _row(self, checked: Checked, index: str, standing: Standing | None) -> ImportRow:
        member, row = checked.member, checked.row
        staged = made(
            ImportRow, import_record_id=self.record.pk, sheet=MEMBERS, number=row.number,
            sheet_name=row.sheet if row.sheet != MEMBERS else "", verdict=Verdict.PROBLEM, id_index=index,
            name=member.name if member else dialects.name(row.get("姓名"))[:120],
            person_id=standing.person.pk if standing else None, differences=[],
            problems=[told(each) for each in checked.problems], warnings=[told(each) for each in checked.warnings],
        )  # fmt: skip
        if member is None:
            return staged
        register = standing.told if standing else STRANGER
        judgement = judge(member, register)
        staged.branch_code = member.branch_code
        if member.branch_code in self.outside:  # whatever else is wrong: its members are not the importer's to count
            staged.branch_code = ""
            if judgement.verdict != Verdict.PROBLEM:
                judgement = Judgement(Verdict.PROBLEM, problems=(OUTSIDE,))
        self._judged(staged, row, member, register, judgement)
        return staged

    def _judged(self, staged: ImportRow, row: Row, member: MemberRow, told: Told, judgement: Judgement) -> None:
        staged.verdict = judgement.verdict.value
        staged.problems += [_remark(row, each) for each in judgement.problems]
        staged.warnings += [_remark(row, each) for each in judgement.warnings]
        if judgement.verdict not in (Verdict.NEW, Verdict.CHANGED):
            return
        staged.group_code, staged.category = (_afterwards(name, member, told, judgement) for name in PLACE)
        staged.title_list = "、".join(judgement.titles)
        if judgement.verdict == Verdict.CHANGED:
            names = (*judgement.names, *(["posts"] if judgement.titles else []))
            staged.differences = [shown_difference(name, member, told, judgement.titles) for name in names]
        if self.keeps_payload:
            staged.payload = payload.pack(staged, self.record, _content(member, told, judgement, staged.person_id))


def _afterwards(name: str, member: MemberRow, told: Told, judgement: Judgement) -> str:
    """What the register will hold: of a member what it holds now, unless the file changes it."""
    kept = told.row if judgement.verdict == Verdict.CHANGED and name not in judgement.names else None
    return str(getattr(kept or member, name))


def _content(member: MemberRow, told: Told, judgement: Judgement, person_id: int | None) -> Mapping[str, object]:
    if judgement.verdict == Verdict.NEW:
        return payload.of_member(member, person=person_id is None)
    assert told.row is not None  # noqa: S101 - only a member changes
    return payload.of_member(member, person=False, differs=payload.digest(judgement.names, member, told.row))


NAMESAKE = Remark("姓名", "同名同出生日期", "名册里已有同名、同出生日期而证号不同的党员。", "请核对是否同一人。")


class _Namesakes:
    """Members in scope of the same name and birth date as somebody of the batch."""

    def __init__(self, standings: Standings, members: Sequence[MemberRow], people: Mapping[str, Person]) -> None:
        names = {member.name for member in members}
        found = (
            Membership.objects.filter(person__name__in=names, valid_to=OPEN_END) if names else Membership.objects.none()
        )
        rows = found.within(standings.scope).order_by().values_list("person__name", "person__birth_date")
        self.known = set(rows)

    def has(self, member: MemberRow) -> bool:
        return (member.name, member.birth_date) in self.known


def _index(checked: Checked) -> str:
    """The blind index of the number, also of a row that is wrong elsewhere."""
    value = checked.member.id_number if checked.member else dialects.identity(checked.row.get(NUMBER))
    return blind_index(value, purpose="id_number") if len(value) == NUMBER_LENGTH else ""


def told(problem: RosterProblem) -> dict[str, str]:
    return {
        "column": problem.column,
        "value": problem.value,
        "rule": problem.rule,
        "message": problem.message,
        "remedy": problem.remedy,
    }


def _remark(row: Row, remark: Remark) -> dict[str, str]:
    column = NAME if remark.column == CODE and NAME in row.cells and not row.get(CODE) else remark.column
    return as_json(remark, shown(column, row.get(column)), row.heading(column))
