"""Bodies of a community and coverage of grids (residents' committee law 8, 13, 14, 16, 36; rule book 1.1)."""

from datetime import date

import pytest

from linshu.errors import Invalid
from organizations.rules import bodies, coverage
from organizations.rules.bodies import BodyKind

MAN, WOMAN = "1", "2"


@pytest.mark.parametrize(("count", "fine"), [(4, False), (5, True), (9, True), (10, False), (0, False)])
def test_a_residents_committee_has_five_to_nine_members(count, fine):
    assert (bodies.size_problem(BodyKind.RESIDENTS_COMMITTEE, count, 5, 9) == "") is fine


@pytest.mark.parametrize(("sexes", "fine"), [([WOMAN, MAN], True), ([MAN] * 5, False), ([], False)])
def test_among_them_a_woman(sexes, fine):
    assert (bodies.women_problem(sexes) == "") is fine


@pytest.mark.parametrize(
    ("count", "households", "fine"),
    [
        (20, 1000, True),
        (50, 1000, True),
        (19, 1000, False),
        (51, 1000, False),
        (1, 15, True),
        (3, 0, True),
        (0, 15, False),
    ],
)
def test_a_representative_stands_for_20_to_50_households(count, households, fine):
    assert (bodies.representatives_problem(count, households, 20, 50) == "") is fine


@pytest.mark.parametrize("kind", list(BodyKind))
def test_a_term_is_five_years(kind):
    assert bodies.term_due(kind, date(2024, 2, 29), 5, None) == date(2029, 2, 28)


@pytest.mark.parametrize(("kind", "shares"), [(kind, kind in bodies.SHARES_TERM) for kind in BodyKind])
def test_supervisors_and_representatives_go_with_the_residents_committee(kind, shares):
    due = bodies.term_due(kind, date(2025, 1, 1), 5, date(2028, 6, 1))
    assert due == (date(2028, 6, 1) if shares else date(2030, 1, 1))


def test_a_representative_names_his_residents_group():
    bodies.check_title(BodyKind.REPRESENTATIVES, "居民代表", constituency="第一居民小组")
    with pytest.raises(Invalid):
        bodies.check_title(BodyKind.REPRESENTATIVES, "居民代表", constituency="")
    with pytest.raises(Invalid):
        bodies.check_title(BodyKind.SUPERVISION, "副主任", constituency="")


def test_from_eighteen_on():
    bodies.check_age(date(2008, 11, 24), date(2026, 11, 24))
    with pytest.raises(Invalid):
        bodies.check_age(date(2008, 11, 25), date(2026, 11, 24))


def test_what_a_grid_lacks_is_a_gap():
    covered = {"所属支部或党小组": {1, 2}, "党员中心户": {2, 3}}
    assert coverage.gaps([1, 2, 3, 4], covered) == {
        1: ["党员中心户"],
        3: ["所属支部或党小组"],
        4: ["所属支部或党小组", "党员中心户"],
    }


@pytest.mark.parametrize(("households", "fine"), [(299, False), (300, True), (500, True), (501, False)])
def test_a_grid_outside_the_usual_size_is_told(households, fine):
    assert (coverage.size_problem(households, 300, 500) == "") is fine
