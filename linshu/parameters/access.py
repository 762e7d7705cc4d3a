"""Who may change which number."""

from linshu.parameters.rules.definitions import Definition
from linshu.scope import Actor, Right


def right_to_change(definition: Definition) -> Right:
    """Security parameters belong to the security administrator, the others to the county."""
    return Right.PARAMETERS_SECURITY if definition.security else Right.PARAMETERS_CHANGE


def can_change(actor: Actor, definition: Definition) -> bool:
    """The actor holds the right to change this number."""
    return actor.may(right_to_change(definition))
