"""Rows side by side, sub-totals, order, and how many are said."""

import pytest

from linshu.dashboard.rules.comparing import Place, counted, heading, rows_of, share, sorted_rows
from organizations.rules.kinds import Kind

COUNTY = Place(1, None, Kind.COUNTY, "县")
PLACES = [
    Place(2, 1, Kind.STREET, "甲街道"),
    Place(3, 2, Kind.COMMUNITY, "甲一"),
    Place(4, 3, Kind.BRANCH, "甲一支部"),
    Place(5, 2, Kind.JOINT_BRANCH, "甲联合支部"),
    Place(6, 1, Kind.STREET, "乙街道"),
    Place(7, 6, Kind.GENERAL_BRANCH, "乙一"),
]


def names(rows) -> list[str]:
    return [row.place.name for row in rows]


def test_streets_are_sub_totals_of_what_stands_under_them():
    rows = rows_of(COUNTY, PLACES)
    assert names(rows) == ["甲街道", "甲一", "甲联合支部", "乙街道", "乙一"]
    assert [row.place.name for row in rows if row.is_sub] == ["甲街道", "乙街道"]
    assert rows[1].above == "甲街道"


def test_below_a_street_the_communities_stand_alone():
    assert names(rows_of(PLACES[0], PLACES)) == ["甲一", "甲联合支部"]
    assert names(rows_of(PLACES[1], PLACES)) == ["甲一支部"]


def test_sorted_rows_have_no_sub_totals():
    rows = rows_of(COUNTY, PLACES)
    assert names(sorted_rows(rows, {3: 5, 7: 9}, descending=True)) == ["乙一", "甲一", "甲联合支部"]
    assert names(sorted_rows(rows, {3: 5, 7: 9}, descending=False)) == ["甲联合支部", "甲一", "乙一"]


def test_heading_names_what_is_compared():
    assert heading(rows_of(COUNTY, PLACES)) == "两个社区"
    assert heading(rows_of(PLACES[1], PLACES)) == "一个支部"
    assert heading(rows_of(PLACES[2], PLACES)) == "没有下级组织"
    assert heading(rows_of(Place(9, None, Kind.COUNTY, "县"), [Place(2, 9, Kind.STREET, "街道")])) == "没有下级组织"


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (2, "两"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五"), (99, "九十九"), (240, " 240 ")],
)
def test_numbers_in_words(number, words):
    assert counted(number) == words


def test_bars_are_shares_of_the_longest_and_can_be_seen():
    assert share(56, 56) == 100 and share(28, 56) == 50 and share(1, 1000) == 1 and share(0, 56) == share(0, 0) == 0
