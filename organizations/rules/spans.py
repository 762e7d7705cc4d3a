"""Days of posts, seats, terms and grids: half-open spans that never begin or end in the future."""

from calendar import monthrange
from datetime import date

from linshu.errors import Invalid


def add_months(day: date, months: int) -> date:
    """Corresponding day; where the month has none, its last (rule book, general rules). Never rolled over days off."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """Corresponding day ``years`` later: 29 February becomes 28 February in a common year."""
    return add_months(day, 12 * years)


def check_day(day: date, *, today: date, field: str = "on") -> None:
    """What is registered has happened."""
    if day > today:
        raise Invalid.field(
            field,
            f"日期 {day} 晚于今天。登记的是已经发生的事，请在当日或之后办理。",
            rule="不登记将来的变动",
            value=day,
        )


def check_end(end: date, *, begun: date, today: date, field: str = "on") -> None:
    """An end lies after the beginning and not in the future."""
    check_day(end, today=today, field=field)
    if end <= begun:
        raise Invalid.field(
            field,
            f"截止日 {end} 应晚于起始日 {begun}。如果起始日登记错了，请先更正起始日。",
            rule="截止日晚于起始日",
            value=end,
        )
