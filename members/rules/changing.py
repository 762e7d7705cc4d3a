"""变更申请: what a branch asks for and the community decides, as one table (rule book 2.1)."""

from collections.abc import Iterator
from enum import StrEnum

from linshu.errors import Conflict


class Kind(StrEnum):
    """What is asked for."""

    CORRECT = "correct"
    DEATH = "death"


class State(StrEnum):
    """Where a request stands; all but the first are final."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What is done to a request."""

    APPROVE = "approve"
    RETURN = "return"
    WITHDRAW = "withdraw"


KIND_WORDS = {Kind.CORRECT: "更正信息", Kind.DEATH: "登记去世"}
STATE_WORDS = {
    State.SUBMITTED: "待核准", State.APPROVED: "已核准", State.RETURNED: "已退回", State.WITHDRAWN: "已撤回",
}  # fmt: skip
TABLE: dict[tuple[State, Step], State] = {
    (State.SUBMITTED, Step.APPROVE): State.APPROVED,
    (State.SUBMITTED, Step.RETURN): State.RETURNED,
    (State.SUBMITTED, Step.WITHDRAW): State.WITHDRAWN,
}


def target_of(state: State, step: Step) -> State:
    """Where the step leads; Conflict from a state that is final."""
    if (state, step) not in TABLE:
        raise Conflict(f"这件申请{STATE_WORDS[state]}，不能再办理。请刷新页面。", code="request_closed")
    return TABLE[state, step]


def steps(state: State, *, decides: bool, is_own: bool) -> Iterator[Step]:
    """Steps open to a reader: who asked may take it back and never decides on it himself."""
    for source, step in TABLE:
        if source == state and (is_own if step == Step.WITHDRAW else decides and not is_own):
            yield step
