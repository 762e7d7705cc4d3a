"""Deadlines become groups and words. 2026年11月24日 is a Tuesday."""

from datetime import date

import pytest

from linshu.home.rules.urgency import Due, When, distance, due, order
from linshu.workdays.rules.calendar import Calendar, Day

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("broken", "due_on", "expected"),
    [
        (True, None, Due(When.LATE, "late", "不合规则")),
        (False, None, Due(When.LATER, "soon", "注意")),
        (True, date(2026, 11, 20), Due(When.LATE, "late", "逾期 2 个工作日")),
        (False, date(2026, 11, 23), Due(When.LATE, "late", "逾期 1 个工作日")),
        (True, date(2026, 12, 1), Due(When.LATE, "late", "还剩 5 个工作日")),
        (False, date(2026, 11, 24), Due(When.WEEK, "soon", "今天到期")),
        (False, date(2026, 11, 29), Due(When.WEEK, "soon", "还剩 3 个工作日")),
        (False, date(2026, 11, 30), Due(When.LATER, "plan", "还剩 4 个工作日")),
        (False, date(2026, 12, 8), Due(When.LATER, "plan", "还剩 10 个工作日")),
        (False, date(2026, 12, 9), Due(When.LATER, "plan", "还剩 15 天")),
        (True, date(2026, 9, 22), Due(When.LATE, "late", "逾期 63 天")),
    ],
)
def test_due(broken, due_on, expected):
    assert due(broken=broken, due_on=due_on, today=TODAY, calendar=Calendar()) == expected


def test_holidays_are_not_counted():
    """1 and 2 October off, 10 October worked, as the table says; a day off alone is counted as a day."""
    days = {date(2026, 10, 1): Day(False, "国庆节"), date(2026, 10, 2): Day(False), date(2026, 10, 10): Day(True)}
    calendar = Calendar(frozenset({2026}), days)
    assert distance(date(2026, 9, 30), date(2026, 10, 10), calendar) == "还剩 6 个工作日"
    assert distance(date(2026, 9, 30), date(2026, 10, 2), calendar) == "还剩 2 天"


def test_order_most_urgent_first_undated_last():
    keys = [
        order(When.LATER, None, "乙"),
        order(When.LATER, date(2026, 12, 31), "甲"),
        order(When.LATE, None, "丁"),
        order(When.WEEK, date(2026, 11, 26), "丙"),
        order(When.LATE, date(2026, 9, 22), "戊"),
    ]
    assert [key[2] for key in sorted(keys)] == ["戊", "丁", "丙", "甲", "乙"]
