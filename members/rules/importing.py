"""The life of an import: one table gives buttons, allowed actions and tests; and what a row of it amounts to."""

import re
from collections.abc import Mapping
from enum import StrEnum

from linshu.errors import Conflict


class State(StrEnum):
    """How far an import is."""

    READING = "reading"
    REFUSED = "refused"
    READY = "ready"
    WRITING = "writing"
    WRITTEN = "written"
    FAILED = "failed"
    DISCARDED = "discarded"


class Action(StrEnum):
    """What happens to it: people choose branches, confirm, discard, settle what was left out; the worker does the rest."""

    STAGE = "stage"
    REFUSE = "refuse"
    CONFIRM = "confirm"
    FINISH = "finish"
    FAIL = "fail"
    DISCARD = "discard"
    ASSIGN = "assign"
    SETTLE = "settle"


class Verdict(StrEnum):
    """What a row of the file is to the register."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    PROBLEM = "problem"


TRANSITIONS: Mapping[tuple[State, Action], State] = {
    (State.READING, Action.STAGE): State.READY,
    (State.READING, Action.REFUSE): State.REFUSED,
    (State.READING, Action.DISCARD): State.DISCARDED,
    (State.READY, Action.CONFIRM): State.WRITING,
    (State.READY, Action.DISCARD): State.DISCARDED,
    (State.READY, Action.ASSIGN): State.READING,
    (State.REFUSED, Action.DISCARD): State.DISCARDED,
    (State.WRITING, Action.FINISH): State.WRITTEN,
    (State.WRITING, Action.FAIL): State.FAILED,
    (State.FAILED, Action.CONFIRM): State.WRITING,
    (State.FAILED, Action.DISCARD): State.DISCARDED,
    (State.WRITTEN, Action.SETTLE): State.WRITTEN,
}
STATE_WORDS = {
    State.READING: "正在核对",
    State.REFUSED: "不能导入",
    State.READY: "待确认",
    State.WRITING: "正在写入",
    State.WRITTEN: "已导入",
    State.FAILED: "没有写入",
    State.DISCARDED: "已放弃",
}
ACTION_WORDS = {
    Action.STAGE: "完成核对",
    Action.REFUSE: "退回",
    Action.CONFIRM: "确认导入",
    Action.FINISH: "完成写入",
    Action.FAIL: "停止写入",
    Action.DISCARD: "放弃",
    Action.ASSIGN: "指定支部",
    Action.SETTLE: "不再处理没有写入的行",
}
VERDICT_WORDS = {
    Verdict.NEW: "新增",
    Verdict.CHANGED: "变更",
    Verdict.SAME: "无变化",
    Verdict.PROBLEM: "有问题",
}
BY_PEOPLE = frozenset({Action.CONFIRM, Action.DISCARD, Action.ASSIGN, Action.SETTLE})
FAULTS, RESULT = "有问题的行", "核对结果"  # how reports of a file are named
ADDED = re.compile(rf"(?:-{FAULTS}|-{RESULT}|\s*[(（]\d+[)）])+$")
IN_PREVIEW = frozenset({State.READY, State.FAILED})
ENDED = frozenset({State.WRITTEN, State.DISCARDED})


def stem(name: str) -> str:
    """What a file and the reports of it are called alike: without ending, without what browsers and reports add."""
    return ADDED.sub("", name.rpartition(".")[0] or name)


def target_of(state: State, action: Action) -> State:
    """Where the step leads; Conflict where it cannot be taken now."""
    if (state, action) not in TRANSITIONS:
        raise Conflict(
            f"这次导入现在的状态是“{STATE_WORDS[state]}”，不能“{ACTION_WORDS[action]}”。请刷新页面后再办理。",
            code="wrong_state",
        )
    return TRANSITIONS[state, action]


def actions_in(state: State) -> list[Action]:
    """What people can do now, in order."""
    return [action for (here, action) in TRANSITIONS if here == state and action in BY_PEOPLE]
