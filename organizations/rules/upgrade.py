"""升格 of a 社区 to a 社区党总支 (rule book 1.1): one table gives buttons, allowed actions and tests."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from linshu.errors import Conflict, Invalid
from organizations.rules.names import Named


class State(StrEnum):
    """How far the 升格 is."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    BUILT = "built"
    ELECTED = "elected"
    FILED = "filed"
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    """A step."""

    APPROVE = "approve"
    BUILD = "build"
    ELECT = "elect"
    FILE = "file"
    WITHDRAW = "withdraw"


TRANSITIONS: Mapping[tuple[State, Action], State] = {
    (State.PROPOSED, Action.APPROVE): State.APPROVED,
    (State.APPROVED, Action.BUILD): State.BUILT,
    (State.BUILT, Action.ELECT): State.ELECTED,
    (State.ELECTED, Action.FILE): State.FILED,
    (State.PROPOSED, Action.WITHDRAW): State.WITHDRAWN,
    (State.APPROVED, Action.WITHDRAW): State.WITHDRAWN,
}
STATE_WORDS = {
    State.PROPOSED: "已建议",
    State.APPROVED: "街道已批复",
    State.BUILT: "已建片区支部",
    State.ELECTED: "已选举",
    State.FILED: "已报批备案",
    State.WITHDRAWN: "已撤回",
}
ACTION_WORDS = {
    Action.APPROVE: "登记街道批复",
    Action.BUILD: "升格并建立片区支部",
    Action.ELECT: "登记选举结果",
    Action.FILE: "登记报批备案",
    Action.WITHDRAW: "撤回建议",
}
ENDED = frozenset({State.FILED, State.WITHDRAWN})
PATH = (State.PROPOSED, State.APPROVED, State.BUILT, State.ELECTED, State.FILED)


def target_of(state: State, action: Action) -> State:
    """Where the step leads; Conflict where it cannot be taken now."""
    if (state, action) not in TRANSITIONS:
        raise Conflict(
            f"升格现在的状态是“{STATE_WORDS[state]}”，不能“{ACTION_WORDS[action]}”。请刷新页面，按当前步骤办理。",
            code="wrong_state",
        )
    return TRANSITIONS[state, action]


def actions_in(state: State) -> list[Action]:
    """Steps that can be taken now, in order."""
    return [action for (here, action) in TRANSITIONS if here == state]


@dataclass(frozen=True)
class BranchPlan(Named):
    """What becomes of a 社区党支部: a 片区党支部 with new names, or merged ``into`` another branch of the community."""

    branch: int
    name: str = ""
    short_name: str = ""
    into: int | None = None


def check_plans(plans: Collection[BranchPlan], branches: Mapping[int, str]) -> None:
    """Every branch is planned once; a merged one goes into one that stays."""
    if {plan.branch for plan in plans} != set(branches) or len(plans) != len(branches):
        names = "、".join(branches.values())
        raise Invalid.field("branches", f"请逐个写明现有支部的去向：{names}。", rule="支部去向齐全")
    staying = {plan.branch for plan in plans if plan.into is None}
    if not staying:
        raise Invalid.field("branches", "至少要有一个支部改为片区支部。", rule="总支下设支部")
    for plan in plans:
        if plan.into is not None and plan.into not in staying:
            raise Invalid.field(
                "branches", f"{branches[plan.branch]}只能并入改为片区支部的支部，请重选。", rule="并入留下的支部"
            )
        if plan.into is None and not (plan.name and plan.short_name):
            raise Invalid.field("branches", f"请填{branches[plan.branch]}改为片区支部后的全称和简称。", rule="名称")


def check_full_members(plans: Collection[BranchPlan], full: Mapping[int, int], *, least: int) -> None:
    """Each 片区支部 has enough full members, those of the branches merged into it counted."""
    counts = {plan.branch: full.get(plan.branch, 0) for plan in plans if plan.into is None}
    for plan in plans:
        if plan.into is not None:
            counts[plan.into] += full.get(plan.branch, 0)
    for plan in plans:
        if plan.into is None and counts[plan.branch] < least:
            raise Invalid.field(
                "branches",
                f"{plan.name}只有正式党员 {counts[plan.branch]} 名，片区支部应有 {least} 名以上。请并入另一个支部。",
                rule="正式党员 3 人以上应当成立党支部",
                value=counts[plan.branch],
            )


def check_elected(results: Collection[tuple[str, int, str]]) -> None:
    """Results as (title, person id, name): a committee has as many members as seats (rule book 1.2)."""
    titles: dict[int, list[str]] = {}
    names = {person: name for _, person, name in results}
    for title, person, _ in results:
        titles.setdefault(person, []).append(title)
    for person, held in titles.items():
        if len(held) > 1:
            message = (
                f"{names[person]}同时选为{'、'.join(held)}。班子成员一人一职，请为每个职务另选一人，没有选出的留空。"
            )
            raise Invalid.field("results", message, rule="班子成员一人一职", value=names[person])


def needs_reason(count: int, *, minimum: int) -> bool:
    """More than ``minimum`` members make a 总支; with fewer it takes a stated need (rule book 1.1)."""
    return count <= minimum
