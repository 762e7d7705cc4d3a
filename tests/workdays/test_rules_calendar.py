"""Working days, periods of months, deadlines: 民法典 201–203 and the make-up days of 2026."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linshu.workdays.rules.calendar import Calendar, Day, add_months, add_years

NATIONAL_DAY = {date(2026, 10, day): Day(False, "国庆节") for day in range(1, 8)}
MADE_UP = {date(2026, 9, 20): Day(True, "国庆节调休补班"), date(2026, 10, 10): Day(True, "国庆节调休补班")}
CALENDAR = Calendar(frozenset({2026}), NATIONAL_DAY | MADE_UP)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        (date(2026, 11, 24), 0, date(2026, 11, 24)),
        (date(2026, 11, 24), 3, date(2026, 11, 27)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),  # over the week-end
        (date(2026, 9, 30), 1, date(2026, 10, 8)),  # over the holiday
        (date(2026, 10, 9), 1, date(2026, 10, 10)),  # a Saturday made up
        (date(2026, 10, 8), -1, date(2026, 9, 30)),
    ],
)
def test_the_nth_working_day_after_a_day(start, number, end):
    assert CALENDAR.add_workdays(start, number) == end


def test_a_deadline_on_a_day_off_rolls_on_over_the_whole_holiday():
    assert CALENDAR.roll_forward(date(2026, 10, 1)) == date(2026, 10, 8)
    assert CALENDAR.roll_forward(date(2026, 10, 10)) == date(2026, 10, 10)
    assert CALENDAR.deadline_in_days(date(2026, 9, 16), 15) == date(2026, 10, 8)
    assert CALENDAR.deadline_in_months(date(2026, 9, 5), 1) == date(2026, 10, 8)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 11, 24), 2, date(2027, 1, 24)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
    ],
)
def test_months_end_on_the_corresponding_day_or_the_months_last(start, months, end):
    assert add_months(start, months) == end


def test_a_leap_day_has_its_anniversary_on_the_28th():
    assert add_years(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert add_years(date(2024, 2, 29), 4) == date(2028, 2, 29)


@given(DAYS, st.integers(1, 30))
def test_counting_and_adding_agree(start, number):
    end = CALENDAR.add_workdays(start, number)
    assert CALENDAR.is_workday(end)
    assert CALENDAR.workdays_between(start, end) == number
    assert CALENDAR.workdays_between(end, start) == -number


@given(DAYS, DAYS, DAYS)
def test_counts_of_adjoining_spans_add_up(first, second, third):
    first, second, third = sorted((first, second, third))
    parts = CALENDAR.workdays_between(first, second) + CALENDAR.workdays_between(second, third)
    assert parts == CALENDAR.workdays_between(first, third)


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2026, 11, 27), "还剩 3 个工作日（11月27日）"),
        (date(2026, 11, 24), "今天到期（11月24日）"),
        (date(2026, 11, 20), "已逾期 2 个工作日（11月20日）"),
    ],
)
def test_what_is_left_is_told_in_working_days(due, words):
    assert CALENDAR.remaining(date(2026, 11, 24), due) == words


def test_week_ends_do_not_read_as_zero_days_left_or_late():
    saturday, sunday = date(2026, 11, 28), date(2026, 11, 29)
    assert CALENDAR.remaining(saturday, sunday) == "还剩不到 1 个工作日（11月29日）"
    assert CALENDAR.remaining(sunday, saturday) == "已逾期（11月28日）"


def test_an_unloaded_year_counts_by_the_week_and_says_so():
    new_year = date(2027, 1, 1)
    assert CALENDAR.is_workday(new_year)
    assert not CALENDAR.is_loaded(2027)
    assert CALENDAR.warning(new_year, new_year + timedelta(days=365)) == (
        "2027年、2028年的放假安排尚未导入，工作日暂按周一至周五推算。"
    )
    assert CALENDAR.warning(date(2026, 12, 31)) == ""
