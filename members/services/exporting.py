"""Exporting the register: asked for with a reason, written by a job, fetched while the file is kept.

Rows a day are limited by account (``members.services.allowance``); the account's row is locked while they are counted,
so that two requests at once cannot pass the limit together.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from linshu import sheets
from linshu.audit import services as audit
from linshu.errors import Conflict, Invalid, NotFound, NotPermitted
from linshu.files.models import StoredFile
from linshu.files.services import chunks_of, remove, store
from linshu.jobs.services import enqueue
from linshu.parameters.services import values_on
from linshu.people.models import User
from linshu.people.rules.accounts import reason as checked_reason
from linshu.scope import NOTHING, SYSTEM, Actor, Right, Scope, require
from linshu.words import day_words
from members.access import can_fetch, shows_full
from members.models import Export, Membership
from members.querysets import MembershipQuerySet
from members.services.allowance import check_rows
from members.services.sheets import MemberSheet, organization_sheet
from organizations.models import Organization

KIND = "members.export"
WHOLE = "全部"


@dataclass(frozen=True)
class Selection:
    """Which rows: a place, a day and the conditions of the list (``branch``, ``q``, ``sort``, ``person`` who was found by
    his number, and those of ``MembershipQuerySet.filtered``), with the conditions in words."""

    day: date
    organization: Organization | None = None
    filters: Mapping[str, Any] = field(default_factory=dict)
    words: tuple[str, ...] = ()

    def members(self, scope: Scope, *, today: date) -> MembershipQuerySet:
        """The rows in scope, in their order."""
        conditions = dict(self.filters)
        branch, text, sort, person = (conditions.pop(name, "") for name in ("branch", "q", "sort", "person"))
        rows = Membership.objects.within(scope).with_file(scope, today=today, day=self.day).on(self.day)
        for node in filter(None, (self.organization and self.organization.pk, branch)):
            rows = rows.below(node, self.day)
        if text:
            rows = rows.matching(text)
        if person:
            rows = rows.of_person(person)
        return rows.filtered(day=self.day, **conditions).sorted(sort or "organization")

    def places(self, scope: Scope) -> list[int]:
        """The topmost organisations, by id."""
        return [self.organization.pk] if self.organization else sorted(scope.roots)

    def place_words(self, scope: Scope) -> str:
        """The topmost organisations, by name."""
        roots = Organization.objects.filter(pk__in=self.places(scope)).order_by("tree_id", "lft")
        return "、".join(roots.values_list("name", flat=True)) or WHOLE

    def organizations(self, scope: Scope) -> Any:
        """The open nodes the rows stand under, as they are today."""
        rows = Organization.objects.within(scope)
        branch = self.filters.get("branch")
        top = Organization.objects.filter(pk=branch).first() if branch else self.organization
        return rows.filter(pk__in=top.get_descendants(include_self=True).values("pk")) if top else rows


def numbered(index: str, by: Actor, day: date, *, today: date) -> Membership:
    """Who has the identity number of the blind index, where the actor may export; neither stays with the export."""
    scope = by.scope(Right.MEMBERS_EXPORT)
    rows = Membership.objects.within(scope).with_file(scope, today=today, day=day).on(day).with_names()
    found: Membership | None = rows.numbered(index).first() if index else None
    if found is None:
        raise NotFound("在您能导出的范围内没有这个证号的党员。请回到名册重新查找。")
    return found


@transaction.atomic
def request_export(*, selection: Selection, reason: str, by: Actor, now: datetime) -> Export:
    """Count, keep the request and hand it to a worker.

    Invalid without a reason or without a row; Conflict when the day's rows are used up; NotPermitted out of scope.
    """
    scope = _scope(selection, by)
    why = checked_reason(reason)
    user = User.objects.select_for_update().get(pk=by.user_id)
    rows = selection.members(scope, today=timezone.localdate(now)).count()
    if not rows:
        raise Invalid("没有符合条件的党员，没有可导出的内容。请放宽条件后再导出。")
    check_rows(by, now=now, rows=rows)
    place = selection.organization
    export = Export.objects.create(
        user=user, organization=place, places=selection.places(scope), day=selection.day,
        filters=dict(selection.filters), told=_told(selection, scope), reason=why, rows=rows, created_at=now,
    )  # fmt: skip
    export.job = enqueue(
        kind=KIND, title=f"导出{export.told}", arguments={"export": export.pk},
        url=reverse("members:export", args=[export.pk]), by=by, now=now,
    )  # fmt: skip
    export.save(update_fields=["job"])
    _record("members.export_requested", export, by=by, now=now)
    return export


def write_export(*, export: Export, progress: Callable[[int, int, str], None], by: Actor, now: datetime) -> str:
    """Write the file of a request and say so; a file that stands there already stays.

    ``by`` is who asked, with the rights of now. Streamed: memory does not grow with the rows.
    """
    if export.file:
        return _closing(export)
    selection = Selection(export.day, export.organization, export.filters)
    scope = _scope(selection, by)
    today = timezone.localdate(now)
    members = selection.members(scope, today=today)
    export.places = selection.places(scope)  # grants may have come or gone since it was asked for
    _reserve(export, members.count(), by=by, now=now)
    sheet = MemberSheet(members, export.day, scope if shows_full(by, export.places) else NOTHING)

    def pieces() -> Iterator[bytes]:
        parts = [organization_sheet(selection.organizations(scope)), sheet.data()]
        printed = f"{by.name} {timezone.localtime(now):%Y-%m-%d %H:%M} 导出编号 {export.pk}"
        for piece in sheets.write_workbook(parts, watermark=_watermark(export, sheet, now), printed=printed):
            progress(sheet.rows, export.rows, "正在写文件")
            yield piece

    name = f"党员名册-{export.day:%Y%m%d}-{export.pk}.xlsx"
    file = store(name=name, chunks=pieces(), media_type=sheets.MEDIA_TYPE, now=now)
    with transaction.atomic():
        export.file, export.rows, export.masked, export.written_at = file, sheet.rows, sheet.masked, now
        export.expires_on = today + timedelta(days=values_on(today)["EXPORT_KEEP_DAYS"])
        export.save(update_fields=["file", "rows", "masked", "written_at", "expires_on"])
        _record("members.exported", export, by=by, now=now)
    return _closing(export)


def fetch_export(*, export: Export, by: Actor, now: datetime) -> tuple[StoredFile, Iterator[bytes]]:
    """The file and its content in pieces; it is recorded before the first of them is given out.

    NotPermitted where the rights over what it holds have ended since; Conflict where there is no file.
    """
    if not can_fetch(by, export):
        raise NotPermitted("文件里有您现在无权导出的党员，不能再下载。需要的，请按现在的权限重新导出。")
    if export.file is None:
        raise Conflict("文件还没有生成，或已到期删除。需要的，请重新导出。", code="export_without_file")
    pieces = chunks_of(export.file)
    _record("members.export_fetched", export, by=by, now=now)
    return export.file, pieces


@transaction.atomic
def remove_expired(*, now: datetime) -> int:
    """Delete the files past their time; the requests stay. Returns how many."""
    expired = list(StoredFile.objects.filter(export__in=Export.objects.expired(timezone.localdate(now))))
    for file in expired:
        remove(file)
    if expired:
        data = {"count": len(expired)}
        audit.record("members.exports_removed", by=SYSTEM, label="到期的导出文件", data=data, now=now)
    return len(expired)


def _scope(selection: Selection, by: Actor) -> Scope:
    """Where the actor may export; the place must be inside."""
    require(by, Right.MEMBERS_EXPORT, selection.organization.pk if selection.organization else None)
    return by.scope(Right.MEMBERS_EXPORT)


def _reserve(export: Export, rows: int, *, by: Actor, now: datetime) -> None:
    """More members than when it was asked for must fit into the day too."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=export.user_id)
        if rows > export.rows:
            check_rows(by, now=now, rows=rows - export.rows)
        export.rows = rows
        export.save(update_fields=["rows", "places"])


def _told(selection: Selection, scope: Scope) -> str:
    """Place, day and conditions in words."""
    return "；".join((f"{selection.place_words(scope)}党员名册", f"{day_words(selection.day)}在册", *selection.words))[
        :300
    ]


def _watermark(export: Export, sheet: MemberSheet, now: datetime) -> Iterator[str]:
    """The sheet 导出说明; read after the rows, so that it knows how many there were."""
    yield f"导出人：{export.user}（{export.user.username}）"
    yield f"导出时间：{day_words(timezone.localdate(now))} {timezone.localtime(now):%H:%M}"
    yield f"范围和条件：{export.told}"
    yield f"事由：{export.reason}"
    yield f"行数：党员 {sheet.rows} 行"
    yield f"导出编号：{export.pk}"
    yield "党组织按现在的设置列出。不含处分、组织处置和党费。"
    if sheet.masked:
        yield (
            f"其中 {sheet.masked} 行的公民身份号码、联系电话、现居住地已遮盖（已转出的只列姓名、日期、类别和组织），"
            "这份文件不能用来导入。"
        )


def _closing(export: Export) -> str:
    kept = f"文件保存到{day_words(export.expires_on)}。" if export.expires_on else ""
    return f"已写好 {export.rows} 行，可以下载。{kept}"


def _record(type_: str, export: Export, *, by: Actor, now: datetime) -> None:
    place = export.organization_id or (export.places[0] if len(export.places) == 1 else None)
    data = {"told": export.told, "rows": export.rows, "masked": export.masked}
    audit.record(
        type_, by=by, subject=export, organization_id=place, reason=export.reason, data=data, now=now
    )  # fmt: skip
