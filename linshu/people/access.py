"""Who may do what to an account."""

from linshu.errors import NotPermitted
from linshu.people.models import User
from linshu.scope import Actor, Right, require


def require_manager(actor: Actor, account: User) -> None:
    """The system administrator manages every account but his own: nobody frees himself of a duty or locks all out."""
    require(actor, Right.ACCOUNTS_MANAGE)
    if actor.user_id == account.pk:
        raise NotPermitted("不能管理自己的账号。请由另一位系统管理员办理。")
