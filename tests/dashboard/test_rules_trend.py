"""Year ends from beginnings and ends: against a brute force over days and trees."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linshu.dashboard.rules.trend import NEVER, Span, movers, points, year_end, years_known, years_under
from organizations.rules.kinds import Kind
from organizations.rules.periods import OPEN_END, Period

YEARS = range(2018, 2024)
days = st.dates(date(2017, 1, 1), date(2024, 12, 31))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(days, days | st.just(OPEN_END), days | st.none()), max_size=20))
def test_points_count_as_the_day_itself_does(memberships):
    memberships = [each for each in memberships if each[0] < each[1]]
    spans = [Span(begun.year, ended.year, full.year if full else NEVER, 1) for begun, ended, full in memberships]
    for point in points(spans, YEARS, {}):
        there = [full for begun, ended, full in memberships if begun <= point.day < ended]
        assert point.total == len(there)
        assert point.full == sum(1 for full in there if full is not None and full <= point.day)


def period(node: int, parent: int | None, begun: date, ended: date = OPEN_END) -> Period:
    return Period(node, parent, Kind.BRANCH, "", "", begun, ended)


# 1 ─ 2 ─ 4, 1 ─ 3; node 4 moves from 2 to 3 in 2020; node 5 stands under 2 from 2021.
LONG_AGO = date(2010, 1, 1)
MOVED = date(2020, 5, 1)
TREE = [
    period(1, None, LONG_AGO),
    period(2, 1, LONG_AGO),
    period(3, 1, LONG_AGO),
    period(4, 2, LONG_AGO, MOVED),
    period(4, 3, MOVED),
    period(5, 2, date(2021, 12, 31)),
]


def test_where_nodes_stood():
    under = years_under(2, TREE, YEARS)
    assert under[2] == set(YEARS) and under[4] == {2018, 2019} and under[5] == {2021, 2022, 2023}
    assert under[1] == under[3] == set()
    assert movers(under, TREE, YEARS) == {4}
    assert movers(years_under(1, TREE, YEARS), TREE, YEARS) == set()


def test_a_moved_node_counts_where_it_stood():
    spans = [Span(2015, NEVER, 2016, 3, node=4), Span(2015, NEVER, 2016, 1)]
    assert [each.total for each in points(spans, YEARS, years_under(2, TREE, YEARS))] == [4, 4, 1, 1, 1, 1]


def test_the_years_the_register_knows():
    assert years_known(2018, date(2021, 3, 1), 10) == [2018, 2019, 2020]
    assert years_known(1990, date(2021, 12, 31), 2) == [2019, 2020]
    assert years_known(2021, date(2021, 3, 1), 10) == []
    assert year_end(2020) == date(2020, 12, 31)
