"""The life of a job as one table, and when it counts as interrupted."""

from datetime import datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    """Where a job is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


WORDS = {State.QUEUED: "排队中", State.RUNNING: "进行中", State.DONE: "已完成", State.FAILED: "未完成"}
LEVELS = {State.QUEUED: "wait", State.RUNNING: "plan", State.DONE: "ok", State.FAILED: "late"}

MOVES: dict[State, frozenset[State]] = {
    # A running job is started again when its worker fell silent, and queued again when the database was busy.
    State.QUEUED: frozenset({State.RUNNING}),
    State.RUNNING: frozenset({State.RUNNING, State.QUEUED, State.DONE, State.FAILED}),
    State.DONE: frozenset(),
    State.FAILED: frozenset(),
}
FINISHED = frozenset(state for state, following in MOVES.items() if not following)

MOST_ATTEMPTS = 3
BEAT = timedelta(seconds=10)
SILENT_AFTER = timedelta(minutes=2)
# Waking is quick; a job that still waits after this was perhaps lost by the broker.
WAKE_AGAIN_AFTER = timedelta(minutes=1)


def sources(target: State) -> frozenset[State]:
    """The states from which a job may come into ``target``."""
    return frozenset(state for state, following in MOVES.items() if target in following)


def percent(done: int, total: int) -> int:
    """How far, 0 to 100; 0 while nobody knows how much there is."""
    return min(100, max(0, done * 100 // total)) if total > 0 else 0


def silent_since(now: datetime) -> datetime:
    """A running job whose last beat is older was left by its worker."""
    return now - SILENT_AFTER
