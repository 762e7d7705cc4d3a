"""Who may do what to an account."""

from typing import Any

from linshu.errors import NotPermitted
from linshu.people.models import User
from linshu.scope import Actor, Right, require


def require_manager(actor: Actor, account: User) -> None:
    """The system administrator manages every account but his own: nobody frees himself of a duty or locks all out."""
    require(actor, Right.ACCOUNTS_MANAGE)
    if actor.user_id == account.pk:
        raise NotPermitted("不能管理自己的账号。请由另一位系统管理员办理。")


def allowed_actions(actor: Actor, account: User) -> list[str]:
    """What may be done to the account now; ``account`` comes ``with_signs()``. Nothing to one's own."""
    if actor.user_id == account.pk:
        return []
    signs: dict[str, Any] = vars(account)
    managing = {
        "reset_password": True,
        "disable": account.is_active,
        "enable": not account.is_active,
        "reset_second_factor": signs["has_device"],
        "unlock": signs["has_failures"],
    }
    allowed = [verb for verb, sensible in managing.items() if sensible and actor.may(Right.ACCOUNTS_MANAGE)]
    may_link = account.person_id is None and actor.may(Right.GRANTS_MANAGE)
    return [*allowed, "link"] if may_link else allowed
