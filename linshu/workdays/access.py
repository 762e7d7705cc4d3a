"""Who may read and change the calendar."""

from linshu.errors import NotPermitted
from linshu.scope import Actor, Right


def can_change(actor: Actor) -> bool:
    """The county keeps the calendar."""
    return actor.may(Right.CALENDAR_CHANGE)


def require_reader(actor: Actor) -> None:
    """Deadlines are the offices' matter: who holds a role of one reads the calendar, the three administrators do not."""
    if not actor.reach():
        raise NotPermitted
