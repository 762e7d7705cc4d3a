"""Ages are counted to the day, and every age is in exactly one band."""

from datetime import date, timedelta

import pytest

from members.rules.ages import AGES, BANDS, ELDERLY, Ages

DAY = date(2026, 11, 24)


def bands_of(born: date) -> list[str]:
    inside = []
    for band in BANDS:
        after, until = band.born(DAY)
        if born <= until and (after is None or born > after):
            inside.append(band.code)
    return inside


@pytest.mark.parametrize(
    ("born", "code"),
    [
        (date(1990, 11, 25), "0-35"),
        (date(1990, 11, 24), "36-45"),
        (date(1980, 11, 25), "36-45"),
        (date(1980, 11, 24), "46-59"),
        (date(1966, 11, 25), "46-59"),
        (date(1966, 11, 24), "60-69"),
        (date(1956, 11, 25), "60-69"),
        (date(1956, 11, 24), "70"),
    ],
)
def test_the_birthday_itself_counts(born, code):
    assert bands_of(born) == [code]


def test_everybody_is_in_one_band():
    days = [DAY - timedelta(days=each) for each in range(0, 90 * 366, 17)]
    assert all(len(bands_of(born)) == 1 for born in days)


def test_words_and_codes():
    assert [each.name for each in (*BANDS, ELDERLY)] == [
        "35 岁及以下", "36 至 45 岁", "46 至 59 岁", "60 至 69 岁", "70 岁及以上", "60 岁及以上",
    ]  # fmt: skip
    assert AGES["36-45"] == Ages(36, 45) and AGES["60"] is ELDERLY
