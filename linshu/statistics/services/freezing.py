"""Freezing the numbers of a year: once, or again with a reason; the earlier version stays."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from linshu import sheets
from linshu.audit import services as audit
from linshu.errors import Conflict, Invalid
from linshu.files.models import StoredFile
from linshu.files.services import chunks_of, store
from linshu.people.rules.accounts import reason as checked_reason
from linshu.scope import Actor, Right, require
from linshu.statistics.models import AnnualStatistics
from linshu.statistics.rules.numbers import Difference, Numbers, day_of, differences, fingerprint
from linshu.statistics.services.counting import numbers_of
from linshu.words import day_words
from organizations.models import Organization
from organizations.rules.kinds import Kind

SHEET = "年度统计"


@transaction.atomic
def freeze(*, county: Organization, year: int, reason: str = "", by: Actor, now: datetime) -> AnnualStatistics:
    """Count and keep the year. Conflict before the year has ended; Invalid where the place is no county, or a year is
    frozen again without a reason."""
    require(by, Right.STATISTICS_FREEZE, county.pk)
    if county.kind != Kind.COUNTY:
        raise Invalid.field("organization", "年度统计按县封存，请选择县。")
    if day_of(year) >= timezone.localdate(now):
        raise Conflict(f"{year} 年还没有结束，{year + 1} 年 1 月 1 日起才能封存。", code="year_not_over")
    Organization.objects.select_for_update(of=("self",)).get(pk=county.pk)  # two at once make two versions, not one
    version = AnnualStatistics.objects.filter(organization=county, year=year).count() + 1
    if version > 1 and not reason.strip():
        told = f"{year} 年度统计已经封存过，现有 {version - 1} 版。再次封存请写明缘由，至少 5 个字；原来的版本保留。"
        raise Invalid.field("reason", told, rule="再次封存须写明原因")
    why = checked_reason(reason) if version > 1 else ""
    numbers = numbers_of(county.pk, year)
    mark = fingerprint(numbers)
    watermark = _watermark(county, year, version, mark, why, by, now)
    name = f"{county.name}{year}年度统计-第{version}版.xlsx"
    pieces = sheets.write_workbook(
        [table(numbers)], watermark=watermark, printed=f"{county.name} 指纹 {mark[:16]}", care=""
    )
    file = store(name=name, chunks=pieces, media_type=sheets.MEDIA_TYPE, now=now)
    frozen = AnnualStatistics.objects.create(
        year=year, organization=county, version=version, numbers=numbers, fingerprint=mark, file=file, reason=why,
        frozen_at=now, frozen_by_id=by.user_id,
    )  # fmt: skip
    _record("statistics.frozen", frozen, by=by, now=now)
    return frozen


def changed_since(frozen: AnnualStatistics) -> list[Difference]:
    """复核: count the same day again with today's register, and tell what differs. The frozen numbers stay."""
    return differences(frozen.numbers, numbers_of(frozen.organization_id, frozen.year))


def fetch(*, frozen: AnnualStatistics, by: Actor, now: datetime) -> tuple[StoredFile, Iterator[bytes]]:
    """The workbook and its content in pieces; recorded before the first is given out."""
    require(by, Right.STATISTICS_READ, frozen.organization_id)
    pieces = chunks_of(frozen.file)
    _record("statistics.fetched", frozen, by=by, now=now)
    return frozen.file, pieces


def table(numbers: Numbers) -> sheets.SheetData:
    """The numbers as a sheet."""
    columns = ("组织编码", "组织", *(column["name"] for column in numbers["columns"]))
    rows = ([row["code"], "　" * row["depth"] + row["name"], *row["values"]] for row in numbers["rows"])
    return sheets.SheetData(SHEET, columns, rows, (20, 40))


def _watermark(
    county: Organization, year: int, version: int, mark: str, why: str, by: Actor, now: datetime
) -> Iterator[str]:
    moment = timezone.localtime(now)
    yield f"{county.name} {year} 年度统计，第 {version} 版"
    yield f"统计时点：{day_words(day_of(year))}"
    yield f"封存：{by.name}，{day_words(moment.date())} {moment:%H:%M}"
    if why:
        yield f"重新封存的事由：{why}"
    yield f"数字指纹（SHA-256）：{mark}"
    yield "各级数字含下级。本年增减按登记的组织关系统计，登记以前的变动不在其中。不含处分、组织处置和党费。"


def _record(type_: str, frozen: AnnualStatistics, *, by: Actor, now: datetime) -> None:
    data = {"year": frozen.year, "version": frozen.version, "fingerprint": frozen.fingerprint[:16]}
    audit.record(
        type_, by=by, subject=frozen, organization_id=frozen.organization_id, reason=frozen.reason, data=data, now=now
    )
