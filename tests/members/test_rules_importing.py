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
    assert actions_in(State.READY) == [Action.CONFIRM, Action.DISCARD]
    assert actions_in(State.REFUSED) == actions_in(State.READING) == [Action.DISCARD]
    assert actions_in(State.FAILED) == [Action.CONFIRM, Action.DISCARD]
    assert not any(actions_in(state) for state in (State.WRITING, *ENDED))


def test_every_state_that_has_not_ended_leads_somewhere_and_is_reached():
    assert {state for state, _ in TRANSITIONS} == set(State) - ENDED
    assert set(TRANSITIONS.values()) == set(State) - {State.READING}
    assert {action for _, action in TRANSITIONS} == set(Action) and set(Action) > BY_PEOPLE
