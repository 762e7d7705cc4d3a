"""How many rows with personal data an account may take out of the portal in a day.

Counted are members exported, and the rows of a roster that somebody else uploaded (its report holds what the file held:
whole numbers). The limits are EXPORT_ROWS_PER_DAY and its higher ones of streets and the county.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum
from django.utils import timezone

from linshu.audit.models import Event
from linshu.errors import Conflict
from linshu.parameters.services import values_on
from linshu.scope import Actor, Right
from members.models import Export
from organizations.models import Organization
from organizations.rules.kinds import Kind

LIMITS = {Kind.COUNTY: "EXPORT_ROWS_PER_DAY_COUNTY", Kind.STREET: "EXPORT_ROWS_PER_DAY_STREET"}
REPORT_FETCHED = "members.import_fetched"


@dataclass(frozen=True)
class Allowance:
    """Rows a day: the most, and how many were taken out today."""

    most: int
    used: int

    @property
    def left(self) -> int:
        return max(0, self.most - self.used)


def allowance_of(by: Actor, *, now: datetime) -> Allowance:
    """What the account may still take out today. Who may export over a county or a street may take out more."""
    today = timezone.localdate(now)
    values = values_on(today)
    scope = by.scope(Right.MEMBERS_EXPORT)
    kinds = set(Organization.objects.filter(pk__in=scope.roots).values_list("kind", flat=True))
    codes = ["EXPORT_ROWS_PER_DAY", *(code for kind, code in LIMITS.items() if kind in kinds)]
    exported = Export.objects.of(by.user_id).on(today).aggregate(rows=Sum("rows"))["rows"] or 0
    fetched = Event.objects.done(REPORT_FETCHED, by=by, on=today).values_list("data", flat=True)
    return Allowance(max(values[code] for code in codes), exported + sum(data.get("counted", 0) for data in fetched))


def check_rows(by: Actor, *, now: datetime, rows: int) -> None:
    """Conflict unless so many rows are left for today; the caller holds the lock on the account."""
    allowance = allowance_of(by, now=now)
    if rows > allowance.left:
        raise Conflict(
            f"这次要导出 {rows} 行，今天还能导出 {allowance.left} 行（每日上限 {allowance.most} 行，已导出 "
            f"{allowance.used} 行）。请缩小范围，或明天再导出；确有需要的，请安全管理员调整每日上限。",
            code="export_limit",
        )
