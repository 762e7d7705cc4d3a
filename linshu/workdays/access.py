"""Who may change the calendar."""

from linshu.scope import Actor, Right


def can_change(actor: Actor) -> bool:
    """The county keeps the calendar; everybody reads it."""
    return actor.may(Right.CALENDAR_CHANGE)
