"""Titles, terms and days, as the rule book 1.2 words them."""

from datetime import date

import pytest

from linshu.errors import Conflict, Invalid
from linshu.workdays.rules.calendar import add_months, add_years
from organizations.rules import posts, terms
from organizations.rules.kinds import Kind


def test_a_branch_has_one_secretary_and_any_number_of_committee_members():
    secretary, member = posts.spec_of(Kind.BRANCH, "书记"), posts.spec_of(Kind.BRANCH, "委员")
    posts.check_room("书记", [], secretary.most)
    with pytest.raises(Conflict):
        posts.check_room("书记", ["王一"], secretary.most)
    posts.check_room("委员", ["王一", "李二", "赵三"], member.most)


@pytest.mark.parametrize(("size", "fine"), [(0, True), (2, False), (3, True), (5, True), (6, False), (8, False)])
def test_a_committee_has_three_to_five(size, fine):
    assert (posts.committee_problem(size, 3, 5, 7) == "") is fine


@pytest.mark.parametrize(("full_on", "fine"), [(date(2025, 11, 24), True), (date(2025, 11, 25), False)])
def test_a_secretary_has_been_a_full_member_for_a_year(full_on, fine):
    assert (posts.seniority_problem("方兰", full_on, date(2026, 11, 24), 1) == "") is fine


def test_a_community_has_no_posts_it_is_led():
    assert posts.titles_of(Kind.COMMUNITY) == ()
    with pytest.raises(Invalid) as refused:
        posts.spec_of(Kind.COMMUNITY, "书记")
    assert "牵头党组织" in refused.value.message


def test_every_kind_but_the_community_has_titles():
    assert {kind for kind in Kind if not posts.titles_of(kind)} == {Kind.COMMUNITY}


@pytest.mark.parametrize(
    ("kind", "title", "member", "full", "allowed"),
    [
        (Kind.BRANCH, "书记", True, True, True),
        (Kind.BRANCH, "书记", True, False, False),
        (Kind.BRANCH, "书记", False, False, False),
        (Kind.BRANCH, "组织委员", True, False, False),
        (Kind.GROUP, "组长", True, False, True),
        (Kind.STREET, "书记", False, False, True),
        (Kind.STREET, "书记", True, False, False),
        (Kind.TEMPORARY_BRANCH, "书记", False, False, True),
    ],
)
def test_committee_posts_are_for_full_members(kind, title, member, full, allowed):
    spec = posts.spec_of(kind, title)
    if allowed:
        posts.check_holder(kind, spec, member=member, full=full)
    else:
        with pytest.raises(Invalid):
            posts.check_holder(kind, spec, member=member, full=full)


@pytest.mark.parametrize(
    ("begun", "years", "due"),
    [
        (date(2023, 12, 10), 5, date(2028, 12, 10)),
        (date(2024, 2, 29), 5, date(2029, 2, 28)),  # no corresponding day: end of the month
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2021, 10, 1), 5, date(2026, 10, 1)),  # a public holiday: terms are not rolled over
    ],
)
def test_a_term_ends_on_the_corresponding_day(begun, years, due):
    assert terms.due(begun, years) == due == add_years(begun, years)


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2027, 1, 15), -1, date(2026, 12, 15)),
    ],
)
def test_months_without_the_day_end_on_their_last(day, months, result):
    assert add_months(day, months) == result


def test_beyond_the_calendar_is_its_first_or_last_day():
    assert add_months(date(1, 1, 1), -720) == date.min
    assert add_months(date(9999, 12, 31), 1) == date.max


def test_an_extension_is_a_year_at_most():
    due = date(2026, 10, 1)
    terms.check_extension(due, date(2027, 10, 1), most_months=12)
    for wrong in (date(2027, 10, 2), due, date(2026, 9, 30)):
        with pytest.raises(Invalid):
            terms.check_extension(due, wrong, most_months=12)


def test_an_early_election_is_a_year_at_most_and_approved():
    due = date(2026, 10, 1)
    terms.check_early(due, due, document_no="", most_months=12)
    terms.check_early(due, date(2025, 10, 1), document_no="甲街〔2025〕1号", most_months=12)
    for on, document_no in ((date(2025, 9, 30), "甲街〔2025〕1号"), (date(2026, 9, 30), "")):
        with pytest.raises(Invalid):
            terms.check_early(due, on, document_no=document_no, most_months=12)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (Kind.GENERAL_BRANCH, "TERM_YEARS_COMMUNITY"),
        (Kind.BRANCH, "TERM_YEARS_COMMUNITY"),
        (Kind.AREA_BRANCH, "TERM_YEARS_COMMUNITY"),
        (Kind.PROJECT_BRANCH, "TERM_YEARS_OTHER"),
        (Kind.STREET, "TERM_YEARS_PARTY_COMMITTEE"),
    ],
)
def test_years_depend_on_the_kind(kind, code):
    assert terms.years_code(kind) == code


@pytest.mark.parametrize("kind", [Kind.TEMPORARY_BRANCH, Kind.FUNCTIONAL_BRANCH, Kind.GROUP, Kind.COMMUNITY])
def test_temporary_organisations_and_groups_hold_no_elections(kind):
    with pytest.raises(Invalid):
        terms.years_code(kind)


@pytest.mark.parametrize(
    ("day", "state", "words"),
    [
        (date(2026, 10, 2), "ended", "已届满"),
        (date(2026, 10, 1), "ending", "30 日内"),
        (date(2026, 9, 1), "ending", "30 日内"),
        (date(2026, 8, 31), "ending", "90 日内"),
        (date(2026, 7, 2), "ending", "180 日内"),
        (date(2026, 4, 4), "ending", "180 日内"),
        (date(2026, 4, 3), "running", "任期内"),
    ],
)
def test_a_term_turns_amber_180_days_before_and_red_the_day_after(day, state, words):
    assert terms.state_on(day, date(2026, 10, 1), (180, 90, 30)) == state
    assert words in terms.sentence_on(day, date(2026, 10, 1), (180, 90, 30))
