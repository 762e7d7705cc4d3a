"""The entry of the navigation."""

from linshu.grants.services import GrantedActor
from linshu.scope import Actor, Right
from linshu.web.registry import Entry, register_entry

OF_THE_COUNTY = frozenset({"county_admin", "county_viewer"})


def register_shell() -> None:
    """Beside 待办, for who surveys a county or a street."""
    register_entry(Entry("top", "全县看板", "dashboard:board", Right.DASHBOARD_READ, order=30, label_for=label))


def label(actor: Actor) -> str:
    """As the role sees it."""
    roles = actor.roles if isinstance(actor, GrantedActor) else ()
    return "全县看板" if OF_THE_COUNTY & {role.code for role in roles} else "本街道看板"
