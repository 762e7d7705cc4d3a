"""What leaves the portal as a file is recorded, and says in itself who took it."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from linshu.audit import services as audit
from linshu.scope import Actor, Right, require
from linshu.words import day_words
from organizations.models import Organization


@transaction.atomic
def export(*, organization_id: int, what: str, day: date, by: Actor, now: datetime) -> list[str]:
    """Record that the tables of a place are taken along; returns the lines of the watermark.

    NotPermitted without the right to the dashboard of the place.
    """
    require(by, Right.DASHBOARD_READ, organization_id)
    place = Organization.objects.get(pk=organization_id)
    data = {"place": place.name, "what": what, "day": day.isoformat()}
    audit.record("dashboard.exported", by=by, organization_id=place.pk, label=place.name, data=data, now=now)
    return [
        f"导出人：{by.name}",
        f"导出时间：{day_words(timezone.localdate(now))} {timezone.localtime(now):%H:%M}",
        f"范围：{place.name}及其下级",
        f"内容：{what}，{day_words(day)}的情况",
    ]
