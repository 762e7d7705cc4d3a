"""The life of a job."""

import pytest

from linshu.jobs.rules.states import FINISHED, LEVELS, MOVES, WORDS, State, percent, sources


def test_the_table_knows_every_state():
    assert set(MOVES) == set(WORDS) == set(LEVELS) == set(State)


def test_finished_is_finished():
    assert {State.DONE, State.FAILED} == FINISHED
    assert not any(sources(target) & FINISHED for target in State)


def test_only_a_running_job_ends():
    assert sources(State.DONE) == sources(State.FAILED) == {State.RUNNING}


@pytest.mark.parametrize(
    ("done", "total", "expected"), [(0, 0, 0), (5, 0, 0), (0, 3, 0), (1, 3, 33), (3, 3, 100), (4, 3, 100)]
)
def test_percent(done, total, expected):
    assert percent(done, total) == expected
