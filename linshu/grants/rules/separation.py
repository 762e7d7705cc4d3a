"""三权分立 (rule book 11): system, security and audit are three people, and none of them does the Party's business."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from linshu.errors import Invalid, NotPermitted, Problem
from linshu.grants.rules.roles import ROLES, Family, Role

NAMES = {
    Family.BUSINESS: "业务",
    Family.SYSTEM: "系统管理",
    Family.SECURITY: "安全管理",
    Family.AUDIT: "安全审计",
}
NEED_PERSON = frozenset({"member", "supervisor"})  # they act for themselves, or from a seat


@dataclass(frozen=True)
class Wish:
    """A role to be given, half-open dates; ``held`` are the roles the account holds on any day of them."""

    role: Role
    valid_from: date
    valid_to: date
    at_county: bool
    has_person: bool
    held: tuple[Role, ...] = ()


def refuse_own(*, giver_user_id: int | None, receiver_user_id: int) -> None:
    """Nobody changes his own grants."""
    if giver_user_id == receiver_user_id:
        raise NotPermitted("不能给自己授权，也不能收回自己的角色。请由另一位安全管理员办理。")


def role_of(code: str) -> Role:
    """The role of the catalogue."""
    if code not in ROLES:
        raise Invalid.field("role", "没有这个角色，请从列表里选。", rule="ROLE", value=code)
    return ROLES[code]


def check(wish: Wish, *, today: date) -> None:
    """All that speaks against giving the role, at once."""
    found = [*_dates(wish, today), *_families(wish.role, wish.held), *_place(wish), *_person(wish)]
    if found:
        raise Invalid(" ".join(problem.message for problem in found), problems=found)


def _dates(wish: Wish, today: date) -> Iterable[Problem]:
    if wish.valid_from < today:
        yield Problem(
            "valid_from", "授权不能从过去的日子算起：那时的操作没有授权。", "GRANT_DATES", str(wish.valid_from)
        )
    if wish.valid_to <= wish.valid_from:
        yield Problem("valid_to", "截止日应晚于起始日。", "GRANT_DATES", str(wish.valid_to))


def _families(role: Role, held: tuple[Role, ...]) -> Iterable[Problem]:
    for other in held:
        if other.family != role.family:
            yield Problem(
                "role",
                f"三权分立：该账号已有{NAMES[other.family]}类角色“{other.name}”，"
                f"不能再有{NAMES[role.family]}类角色“{role.name}”。请先收回前者，或用另一个账号。",
                "GB/T 22239",
                role.code,
            )
            return


def _place(wish: Wish) -> Iterable[Problem]:
    if wish.role.family != Family.BUSINESS and not wish.at_county:
        yield Problem("organization", f"“{wish.role.name}”管整个系统，只能授在县一级。", "GRANT_PLACE")


def _person(wish: Wish) -> Iterable[Problem]:
    if wish.role.code in NEED_PERSON and not wish.has_person:
        yield Problem("role", f"“{wish.role.name}”须先把账号与本人对应起来，才知道是谁的记录。", "GRANT_PERSON")
