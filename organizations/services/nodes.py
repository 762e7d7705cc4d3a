"""The node that something is about to hang on: still open, and what it was on the day."""

from datetime import date, datetime

from django.utils import timezone

from linshu.errors import Conflict, Invalid
from organizations.models import Organization, OrganizationPeriod
from organizations.rules.kinds import COMMUNITIES, Kind
from organizations.rules.spans import check_day


def today_of(now: datetime) -> date:
    """The office's day at that moment."""
    return timezone.localdate(now)


def period_on(organization: Organization, on: date, *, now: datetime) -> OrganizationPeriod:
    """The node's period on a day up to today, read under the tree lock; Conflict when it has been closed since."""
    check_day(on, today=today_of(now))
    if Organization.objects.filter(pk=organization.pk, closed_on__isnull=False).exists():
        raise Conflict(f"{organization}已经撤销，不能再登记。请刷新页面，到接续它的组织办理。", code="closed")
    period = OrganizationPeriod.objects.on(on).filter(organization=organization).first()
    if period is None:
        raise Invalid.field(
            "on", f"{organization}在 {on} 尚未成立，请填成立之后的日期。", rule="日期不早于成立日", value=on
        )
    return period


def community_on(organization: Organization, on: date, *, now: datetime) -> OrganizationPeriod:
    """The same of a community (社区 or 社区党总支): bodies and grids stand nowhere else."""
    period = period_on(organization, on, now=now)
    if period.kind not in COMMUNITIES:
        raise Invalid.field(
            "organization", f"{organization}不是社区。机构和网格设在社区，请先选社区。", rule="设在社区"
        )
    return period


def kind_on(organization: Organization, on: date, *, now: datetime) -> Kind:
    """Kind of the open node on the day."""
    return Kind(period_on(organization, on, now=now).kind)
