"""What may be done to a member, in which state of his registration, with which right: the menu 办理变动 as a table."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache


class State(StrEnum):
    """Of a person's last membership."""

    ON_ROLL = "on_roll"
    LEFT = "left"
    DEAD = "dead"


class Hand(StrEnum):
    """In which capacity somebody acts; ``members.access`` names the right behind each."""

    OFFICE = "office"
    BRANCH = "branch"
    REVEALER = "revealer"
    CORRECTOR = "corrector"


class Action(StrEnum):
    """Verbs of pages, services and API."""

    CORRECT = "correct"
    REGROUP = "regroup"
    MARK_MOBILE = "mark_mobile"
    MARK_HOME = "mark_home"
    RECORD_DEATH = "record_death"
    UNDO_DEATH = "undo_death"
    PROPOSE = "propose"
    PROPOSE_DEATH = "propose_death"
    REVEAL = "reveal"


@dataclass(frozen=True)
class Member:
    """What the table asks of a member: an open change request holds back another one."""

    state: State
    is_mobile: bool
    has_request: bool = False


@dataclass(frozen=True)
class Rule:
    """An action: how pages call it, whose it is, on which state it works, and what may hold it back for now."""

    label: str
    remark: str
    hands: frozenset[Hand]
    state: State = State.ON_ROLL
    held_back: Callable[[Member], str] = lambda member: ""


def _waiting(member: Member) -> str:
    return "已有一件变更申请待核准，办结或撤回后才能再报。" if member.has_request else ""


def _at_home(member: Member) -> str:
    return "" if member.is_mobile else "不是流动党员，不用登记返回。"


_OFFICE = frozenset({Hand.OFFICE})
_BRANCH = frozenset({Hand.BRANCH})
TABLE: dict[Action, Rule] = {
    Action.CORRECT: Rule("更正信息", "改登记错了的、或者变了的内容。", frozenset({Hand.OFFICE, Hand.BRANCH})),
    Action.PROPOSE: Rule("报请更正", "姓名、证号、日期、类别等，报社区核准后更改。", _BRANCH, held_back=_waiting),
    Action.REGROUP: Rule("调整党小组", "编入本支部的另一个党小组，历史保留。", _OFFICE),
    Action.MARK_MOBILE: Rule("登记流动", "登记为流动党员，或改流向。", _OFFICE),
    Action.MARK_HOME: Rule("登记返回", "流动党员回到本地。", _OFFICE, held_back=_at_home),
    Action.RECORD_DEATH: Rule("登记去世", "终止登记，并免去一切职务。", _OFFICE),
    Action.PROPOSE_DEATH: Rule("报告去世", "报社区核准后登记。", _BRANCH, held_back=_waiting),
    Action.UNDO_DEATH: Rule("撤销去世登记", "登记错了的，恢复为在册。", frozenset({Hand.CORRECTOR}), state=State.DEAD),
    Action.REVEAL: Rule("查看完整信息", "凭事由看证号、手机、住址。", frozenset({Hand.REVEALER})),
}


@dataclass(frozen=True)
class Offer:
    """A line of the menu: ``why_not`` tells what it waits for, empty when it can be done now."""

    action: Action
    label: str
    remark: str
    why_not: str


def offers(member: Member, hands: frozenset[Hand]) -> Iterator[Offer]:
    """What the hands may do to the member, now or once what holds it back is over.

    Who does a thing by himself is not offered to ask for it.
    """
    for action, rule in TABLE.items():
        asks = action in (Action.PROPOSE, Action.PROPOSE_DEATH) and Hand.OFFICE in hands
        if rule.state == member.state and rule.hands & hands and not asks:
            yield Offer(action, rule.label, rule.remark, rule.held_back(member))


@cache
def open_actions(member: Member, hands: frozenset[Hand]) -> tuple[Action, ...]:
    """What the hands may do to the member now; kept, because a page asks the same for every row."""
    return tuple(offer.action for offer in offers(member, hands) if not offer.why_not)
