"""Days of posts, seats, terms and grids: half-open spans that never begin or end in the future."""

from datetime import date

from linshu.errors import Invalid


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
