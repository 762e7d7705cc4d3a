"""Who may see more than the masks."""

from linshu.scope import Actor, Right
from members.models import Membership


def can_reveal(actor: Actor, membership: Membership) -> bool:
    """May the actor see identity number, phone and address in full? Only of a member on the register now, and with the right there."""
    return membership.is_open and actor.may(Right.MEMBERS_REVEAL, membership.organization_id)
