"""The life of an import, exhaustively."""

from itertools import product

import pytest

from linshu.errors import Conflict
from members.rules.importing import (
    ACTION_WORDS,
    BY_PEOPLE,
    ENDED,
    STATE_WORDS,
    TRANSITIONS,
    Action,
    State,
    actions_in,
    stem,
    target_of,
)


@pytest.mark.parametrize(("state", "action"), list(product(State, Action)))
def test_a_step_leads_where_the_table_says_or_is_refused_in_words(state, action):
    if (state, action) in TRANSITIONS:
        assert target_of(state, action) == TRANSITIONS[state, action]
        return
    with pytest.raises(Conflict, match=f"{STATE_WORDS[state]}.*{ACTION_WORDS[action]}"):
        target_of(state, action)


def test_people_confirm_what_is_ready_and_discard_what_is_not_written():
    assert actions_in(State.READY) == [Action.CONFIRM, Action.DISCARD, Action.ASSIGN]
    assert actions_in(State.REFUSED) == actions_in(State.READING) == [Action.DISCARD]
    assert actions_in(State.FAILED) == [Action.CONFIRM, Action.DISCARD]
    assert actions_in(State.WRITTEN) == [Action.SETTLE]
    assert not actions_in(State.WRITING) and not actions_in(State.DISCARDED)


def test_every_state_that_has_not_ended_leads_somewhere_and_is_reached():
    assert {state for state, _ in TRANSITIONS} == set(State) - {State.DISCARDED} > set(State) - ENDED
    assert set(TRANSITIONS.values()) == set(State)
    assert {action for _, action in TRANSITIONS} == set(Action) and set(Action) > BY_PEOPLE


@pytest.mark.parametrize(
    "name",
    [
        "甲街道.xlsx",
        "甲街道-有问题的行.xlsx",
        "甲街道-核对结果.xlsx",
        "甲街道 (1).csv",
        "甲街道-有问题的行（2）.xlsx",
        "甲街道",
    ],
)
def test_a_file_and_its_reports_are_called_alike(name):
    assert stem(name) == "甲街道" != stem("甲街道2.xlsx")
