"""Reading an import: every row of the file checked, held against the register, staged. Run by a worker, repeatable."""

from collections.abc import Callable
from datetime import date, datetime
from operator import itemgetter

from django.db import transaction
from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from linshu.audit import services as audit
from linshu.errors import DomainError
from linshu.files.services import opened
from linshu.loading import batches, stream
from linshu.scope import Actor, Right, require
from members.models import Import, ImportRow, Membership
from members.rules.importing import Action, State, Verdict, target_of
from members.rules.roster.judging import ELSEWHERE
from members.rules.roster.members import RowCheck
from members.rules.roster.shape import MEMBERS, ORGANIZATIONS, OrganizationRow, RosterProblem
from members.services.importing import payload
from members.services.importing.crossing import refuse_crowded, refuse_repeated, rows_named
from members.services.importing.organizing import Sheet, read_sheet
from members.services.importing.staging import Stage, told
from members.services.limits import limits_on
from members.services.lines import Content
from members.services.workbook import Book, open_book
from organizations.models import Organization
from organizations.rules.kinds import Kind
from organizations.rules.posts import titles_of

BATCH = 1000
Progress = Callable[[int, int, str], None]


def silent(done: int, total: int, sentence: str) -> None:
    """Nobody watches."""


def read(record: Import, *, by: Actor, now: datetime, progress: Progress = silent) -> Import:
    """Stage the uploaded file: afterwards the import is ready, or refused with the reason in ``sentence``.

    Run again after its worker died, it begins anew; run on an import that is no longer being read, it does nothing.
    """
    record.refresh_from_db()
    if record.state != State.READING or record.file is None:
        return record
    record.rows.all().delete()
    try:
        require(by, Right.MEMBERS_IMPORT)
        stage(record, opened(record.file), by=by, now=now, progress=progress)
    except DomainError as error:
        record.sentence = error.message[:500]
    return _conclude(record, by=by, now=now)


def stage(record: Import, content: Content, *, by: Actor, now: datetime, progress: Progress = silent) -> None:
    """Keep every row of the file as an ``ImportRow`` and the counts in ``record``, unsaved; Invalid for no roster."""
    today = timezone.localdate(now)
    book = open_book(content, record.name)
    sheet = read_sheet(book.organizations, by=by, today=today)
    _stage_organizations(record, sheet)
    _stage_members(record, book, sheet, by=by, today=today, progress=progress)
    progress(0, 0, "正在核对重复的行和职务")
    with transaction.atomic():
        refuse_repeated(record)
        refuse_crowded(record, today)
    record.notes, record.columns = [*book.notes, *_left_out(sheet)], list(book.columns)
    count(record)
    record.organization = _place(record, sheet, by)


def count(record: Import) -> None:
    """The numbers of the preview, from the staged rows."""
    rows = record.rows.order_by().aggregate(
        **{
            verdict.value: Count("pk", filter=Q(verdict=verdict.value, sheet=MEMBERS))
            for verdict in Verdict
            if verdict != Verdict.PROBLEM
        },
        problem=Count("pk", filter=Q(verdict=Verdict.PROBLEM.value)),
        warned=Count("pk", filter=~Q(warnings=[])),
        new_organizations=Count("pk", filter=Q(verdict=Verdict.NEW.value, sheet=ORGANIZATIONS)),
        same_organizations=Count("pk", filter=Q(verdict=Verdict.SAME.value, sheet=ORGANIZATIONS)),
    )
    for name, value in rows.items():
        setattr(record, name, value)
    record.absent = Membership.objects.absent_from(record).count()


def _stage_organizations(record: Import, sheet: Sheet) -> None:
    """In the order of the file, made a batch at a time."""
    problems: dict[int, list[RosterProblem]] = {}
    for problem in sheet.findings.problems:
        problems.setdefault(problem.row, []).append(problem)
    lines: list[tuple[int, OrganizationRow | None, Verdict]]
    lines = [(number, None, Verdict.PROBLEM) for number in problems]
    for verdict, rows in ((Verdict.NEW, sheet.new), (Verdict.SAME, sheet.same)):
        lines += [(each.row, each, verdict) for each in rows if each.row not in problems]

    def staged(number: int, each: OrganizationRow | None, verdict: Verdict) -> ImportRow:
        row = ImportRow(import_record=record, sheet=ORGANIZATIONS, number=number, verdict=verdict)
        row.name = each.name if each else sheet.names.get(number, "")
        row.problems = [told(problem) for problem in problems.get(number, ())]
        if each and verdict == Verdict.NEW:
            row.payload = payload.pack(row, record, payload.of_organization(each))
        return row

    stream(staged(*line) for line in sorted(lines, key=itemgetter(0)))


def _left_out(sheet: Sheet) -> list[str]:
    """One sentence for what is out of reach and for what is nowhere: codes of the register are not to be guessed."""
    if not sheet.outside:
        return []
    rows = rows_named([*sheet.outside])
    return [
        f"“党组织”工作表{rows}的组织不在您的管理范围内，或系统中没有，没有办理。要成立的，请核对编码和上级组织编码。"
    ]


def _stage_members(record: Import, book: Book, sheet: Sheet, *, by: Actor, today: date, progress: Progress) -> None:
    """A short transaction a batch. With a problem in 党组织 nothing will be written: the rows are told, not kept."""
    check = RowCheck(sheet.nodes, titles_of(Kind.BRANCH), limits_on(today), record.branches)
    outside = frozenset(sheet.outside.values())
    staged = Stage(record, check, outside, by=by, keeps_payload=not sheet.findings.problems)
    done = 0
    for batch in batches(book.members, BATCH):
        with transaction.atomic():
            stream(staged.rows(batch))
        done += len(batch)
        progress(done, 0, f"已核对 {done} 行")


def _place(record: Import, sheet: Sheet, by: Actor) -> Organization | None:
    """The lowest node that covers everything the file touches in the scope; None where that is in several counties.

    A row whose branch cannot be told may be about anybody in the scope: then it is the node that covers the scope, for
    whoever holds the right there may have the whole file.
    """
    scope = by.scope(Right.MEMBERS_IMPORT)
    rows = record.rows.filter(sheet=MEMBERS).order_by()
    touched = Organization.objects.within(scope)
    if not rows.filter(branch_code="").exists():
        codes = rows.values("branch_code").distinct()
        touched = touched.filter(Q(code__in=codes) | Q(code__in={row.parent_code for row in sheet.new}))
    ends = touched.order_by().aggregate(left=Min("lft"), right=Max("rght"), first=Min("tree_id"), last=Max("tree_id"))
    if ends["left"] is None or ends["first"] != ends["last"]:
        return None
    above = Organization.objects.filter(tree_id=ends["first"], lft__lte=ends["left"], rght__gte=ends["right"])
    return above.order_by("-lft").first()


def _conclude(record: Import, *, by: Actor, now: datetime) -> Import:
    """Ready or refused, unless it was discarded meanwhile."""
    with transaction.atomic():
        current = Import.objects.select_for_update().get(pk=record.pk)
        if current.state != State.READING:
            current.rows.all().delete()
            return current
        broken = record.rows.filter(sheet=ORGANIZATIONS, verdict=Verdict.PROBLEM).exists()
        if broken:
            record.sentence = "“党组织”工作表有问题，整份名册不能导入。请按提示改正后重新上传。"
        action = Action.REFUSE if record.sentence else Action.STAGE
        record.state = target_of(State(current.state), action)
        record.save()
        _record_elsewhere(record, by=by, now=now)
    return record


def _record_elsewhere(record: Import, *, by: Actor, now: datetime) -> None:
    """That somebody asked after members of another place is kept."""
    count = elsewhere(record)
    if count:
        data = {"count": count}
        audit.record("members.duplicate_met", by=by, subject=record, label=record.name, data=data, now=now)


def elsewhere(record: Import) -> int:
    """How many rows are about members of another place."""
    found = 0
    for problems in (
        record.rows.filter(verdict=Verdict.PROBLEM, person__isnull=False).values_list("problems", flat=True).iterator()
    ):
        found += any(problem["rule"] == ELSEWHERE for problem in problems)
    return found
