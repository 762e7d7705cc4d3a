"""Deadlines become groups and words. 2026年11月24日 is a Tuesday."""

from datetime import date

import pytest

from linshu.home.rules.urgency import Due, When, due, order

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("broken", "due_on", "expected"),
    [
        (True, None, Due(When.LATE, "late", "不合规则")),
        (False, None, Due(When.LATER, "soon", "注意")),
        (True, date(2026, 11, 20), Due(When.LATE, "late", "逾期 4 天")),
        (False, date(2026, 11, 23), Due(When.LATE, "late", "逾期 1 天")),
        (True, date(2026, 12, 1), Due(When.LATE, "late", "还剩 7 天")),
        (False, date(2026, 11, 24), Due(When.WEEK, "soon", "今天到期")),
        (False, date(2026, 11, 29), Due(When.WEEK, "soon", "还剩 5 天")),
        (False, date(2026, 11, 30), Due(When.LATER, "plan", "还剩 6 天")),
    ],
)
def test_due(broken, due_on, expected):
    assert due(broken=broken, due_on=due_on, today=TODAY) == expected


def test_order_most_urgent_first_undated_last():
    keys = [
        order(When.LATER, None, "乙"),
        order(When.LATER, date(2026, 12, 31), "甲"),
        order(When.LATE, None, "丁"),
        order(When.WEEK, date(2026, 11, 26), "丙"),
        order(When.LATE, date(2026, 9, 22), "戊"),
    ]
    assert [key[2] for key in sorted(keys)] == ["戊", "丁", "丙", "甲", "乙"]
