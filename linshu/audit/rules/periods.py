"""Days of the office as moments."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OFFICE = ZoneInfo("Asia/Shanghai")


def bounds(first: date | None, last: date | None) -> tuple[datetime | None, datetime | None]:
    """From the start of ``first`` until before the day after ``last``."""
    start = datetime.combine(first, time(), OFFICE) if first else None
    end = datetime.combine(last + timedelta(days=1), time(), OFFICE) if last else None
    return start, end
