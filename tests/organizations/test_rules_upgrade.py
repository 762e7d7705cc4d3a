"""The life cycle of a 升格 over all states × actions, and what may become of the branches."""

from itertools import product

import pytest

from linshu.errors import Conflict, Invalid
from organizations.rules.upgrade import (
    ACTION_WORDS,
    ENDED,
    STATE_WORDS,
    TRANSITIONS,
    Action,
    BranchPlan,
    State,
    actions_in,
    check_elected,
    check_full_members,
    check_plans,
    needs_reason,
    target_of,
)

BRANCHES = {1: "第一支部", 2: "第二支部"}
STAYS = BranchPlan(1, "东片区支部", "东片区")


@pytest.mark.parametrize(("state", "action"), list(product(State, Action)))
def test_every_state_and_action(state, action):
    if (state, action) in TRANSITIONS:
        assert target_of(state, action) == TRANSITIONS[state, action]
        assert action in actions_in(state)
    else:
        assert action not in actions_in(state)
        with pytest.raises(Conflict):
            target_of(state, action)


def test_nothing_follows_an_end_and_everything_has_its_word():
    assert all(not actions_in(state) for state in ENDED)
    assert set(STATE_WORDS) == set(State) and set(ACTION_WORDS) == set(Action)


@pytest.mark.parametrize(
    ("plans", "message"),
    [
        ([STAYS], "逐个写明"),
        ([STAYS, STAYS], "逐个写明"),
        ([BranchPlan(1, into=2), BranchPlan(2, into=1)], "至少要有一个"),
        ([STAYS, BranchPlan(2, into=2)], "只能并入"),
        ([STAYS, BranchPlan(2)], "全称和简称"),
    ],
)
def test_plans_that_do_not_hold(plans, message):
    with pytest.raises(Invalid, match=message):
        check_plans(plans, BRANCHES)


def test_full_members_count_with_those_merged_in():
    plans = [STAYS, BranchPlan(2, into=1)]

    check_plans(plans, BRANCHES)
    check_full_members(plans, {1: 1, 2: 2}, least=3)
    with pytest.raises(Invalid, match="只有正式党员 2 名"):
        check_full_members(plans, {1: 1, 2: 1}, least=3)


@pytest.mark.parametrize(("count", "needed"), [(50, True), (51, False)])
def test_fifty_is_not_more_than_fifty(count, needed):
    assert needs_reason(count, minimum=50) is needed


def test_each_of_the_committee_holds_one_title():
    check_elected([("书记", 1, "陈华雪"), ("组织委员", 2, "魏军平")])

    with pytest.raises(Invalid, match="陈华雪同时选为书记、副书记") as refused:
        check_elected([("书记", 1, "陈华雪"), ("组织委员", 2, "魏军平"), ("副书记", 1, "陈华雪")])
    assert refused.value.problems[0].field == "results"
