"""The file again with a column 问题: what the office corrects and imports once more."""

from collections.abc import Iterator
from datetime import datetime
from typing import TypeAlias

from django.db import transaction

from linshu.audit import services as audit
from linshu.errors import Conflict, NotPermitted
from linshu.files.services import opened
from linshu.people.models import User
from linshu.scope import Actor
from linshu.sheets import SheetData, write_workbook
from members.access import can_handle
from members.models import Import
from members.rules.roster.shape import MEMBERS
from members.services.allowance import REPORT_FETCHED, check_rows
from members.services.workbook import Copied, copied_sheets

Staged: TypeAlias = tuple[int, list[dict[str, str]], list[dict[str, str]]]  # number, problems, warnings
REMARKS = "问题"
MOST_BLANK = 100  # lines left blank in a row, so that numbers of lines stay those of the file
GONE = "名册文件已经删除，不能再下载。需要的，请重新上传。"


def report_of(*, import_: Import, only_problems: bool, by: Actor, now: datetime) -> Iterator[bytes]:
    """The workbook in pieces: the file as it was read, title and signatures too, or the rows with problems alone.

    It holds whole numbers: every time stands in the audit log, and the file goes after IMPORT_KEEP_DAYS. Who uploaded
    it gets back what he had; for anybody else its rows count as exported, Conflict beyond the day's limit.
    """
    if not can_handle(by, import_):
        raise NotPermitted
    if import_.file is None:
        raise Conflict(GONE, code="file_gone")
    content = opened(import_.file)
    _record(import_, only_problems, by=by, now=now)
    sheets = copied_sheets(content, import_.name)
    return write_workbook(_reported(import_, each, only_problems) for each in sheets)


def _reported(record: Import, sheet: Copied, only_problems: bool) -> SheetData:
    words = sheet.headings.words
    rows = _told_rows(_staged(record, sheet.headings.kind, sheet.name), sheet, only_problems)
    return SheetData(sheet.name, (*words, REMARKS), rows, [0.0] * len(words) + [60], above=sheet.above)


def _record(import_: Import, only_problems: bool, *, by: Actor, now: datetime) -> None:
    """Count and record in one transaction: the account is locked, so that two at once cannot pass the limit together."""
    rows = import_.problem if only_problems else import_.new + import_.changed + import_.same + import_.problem
    counted = rows if by.user_id is not None and by.user_id != import_.user_id else 0
    data = {"file": import_.name, "problem": import_.problem, "only_problems": only_problems, "counted": counted}
    with transaction.atomic():
        if counted:
            User.objects.select_for_update().get(pk=by.user_id)
            check_rows(by, now=now, rows=counted)
        audit.record(
            REPORT_FETCHED, by=by, subject=import_, organization_id=import_.organization_id, label=import_.name,
            data=data, now=now,
        )  # fmt: skip


def _staged(record: Import, kind: str, name: str) -> Iterator[Staged]:
    """What was said of the rows of a sheet; its name is kept only where several hold members."""
    rows = record.rows.filter(sheet=kind).order_by("pk")
    several = kind == MEMBERS and rows.exclude(sheet_name="").exists()
    rows = rows.filter(sheet_name=name if several and name != MEMBERS else "")
    return rows.values_list("number", "problems", "warnings").iterator()


def _told_rows(rows: Iterator[Staged], sheet: Copied, only_problems: bool) -> Iterator[list[str]]:
    """The lines with what was said of them; both come in the order of the file."""
    staged, width, last = next(rows, None), len(sheet.headings.words), sheet.headings.number
    for number, line in sheet.below:
        while staged and staged[0] < number:
            staged = next(rows, None)
        met = staged if staged and staged[0] == number else None
        if only_problems and not (met and met[1]):
            continue
        blank = 0 if only_problems else number - last - 1
        yield from ([] for _ in range(blank if blank <= MOST_BLANK else 0))
        told = _told(met[1], met[2]) if met else ""
        yield [*line, *[""] * (width - len(line)), told] if told else line
        last = number


def _told(problems: list[dict[str, str]], warnings: list[dict[str, str]]) -> str:
    """Every sentence with its column."""
    said = [f"{each['column']}：{each['message']}{each['remedy']}" for each in problems]
    return "\n".join([*said, *(f"请核实 {each['column']}：{each['message']}{each['remedy']}" for each in warnings)])
