"""三权分立: 系统、安全、审计三类角色分给三个人，也不兼业务；谁都不能给自己授权。"""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest

from linshu.errors import Invalid, NotPermitted
from linshu.grants.rules.roles import ROLES, Family
from linshu.grants.rules.separation import Wish, check, refuse_own, role_of
from linshu.grants.rules.words import WORDS, rights_of
from linshu.scope import Right

TODAY = date(2026, 11, 24)
WISH = Wish(ROLES["community_officer"], TODAY, date(2027, 11, 24), at_county=False, has_person=False)


def problems(wish: Wish) -> dict[str, str]:
    try:
        check(wish, today=TODAY)
    except Invalid as error:
        return {problem.field: problem.message for problem in error.problems}
    return {}


def test_an_ordinary_wish_is_granted():
    assert problems(WISH) == {}


@pytest.mark.parametrize(("one", "other"), [*combinations(ROLES.values(), 2)], ids=lambda role: role.code)
def test_two_roles_of_one_account_are_of_one_family(one, other):
    wish = replace(WISH, role=one, held=(other,), at_county=True, has_person=True)

    assert ("role" in problems(wish)) is (one.family != other.family)


def test_the_message_names_both_roles():
    wish = replace(WISH, role=ROLES["security_auditor"], held=(ROLES["system_admin"],), at_county=True)

    message = problems(wish)["role"]
    assert "系统管理员" in message and "安全审计员" in message and "三权分立" in message


@pytest.mark.parametrize("code", [code for code, role in ROLES.items() if role.family != Family.BUSINESS])
def test_security_roles_are_given_at_the_county(code):
    assert "县一级" in problems(replace(WISH, role=ROLES[code]))["organization"]
    assert problems(replace(WISH, role=ROLES[code], at_county=True)) == {}


@pytest.mark.parametrize("code", ["member", "supervisor"])
def test_who_acts_for_himself_is_linked_to_a_person(code):
    assert "对应起来" in problems(replace(WISH, role=ROLES[code]))["role"]
    assert problems(replace(WISH, role=ROLES[code], has_person=True)) == {}


def test_no_grant_begins_in_the_past():
    assert "valid_from" in problems(replace(WISH, valid_from=TODAY - timedelta(days=1)))


def test_a_grant_lasts_at_least_a_day():
    assert "valid_to" in problems(replace(WISH, valid_to=TODAY))
    assert problems(replace(WISH, valid_to=TODAY + timedelta(days=1))) == {}


def test_everything_wrong_is_told_at_once():
    wish = replace(WISH, role=ROLES["system_admin"], valid_to=TODAY, held=(ROLES["county_admin"],))

    assert set(problems(wish)) == {"role", "organization", "valid_to"}


def test_nobody_grants_himself():
    with pytest.raises(NotPermitted, match="不能给自己授权"):
        refuse_own(giver_user_id=7, receiver_user_id=7)
    refuse_own(giver_user_id=7, receiver_user_id=8)


def test_an_unknown_role_is_refused():
    with pytest.raises(Invalid, match="没有这个角色"):
        role_of("emperor")


def test_every_right_has_words():
    assert set(WORDS) == set(Right)
    assert rights_of(ROLES["security_auditor"]) == ["看审计日志"]


def test_administrators_see_no_business_row():
    business = set(Right) - {
        Right.ACCOUNTS_MANAGE, Right.GRANTS_MANAGE, Right.AUDIT_READ, Right.PARAMETERS_READ, Right.PARAMETERS_SECURITY,
    }  # fmt: skip
    for role in ROLES.values():
        assert role.family == Family.BUSINESS or not role.rights & business, role.code
