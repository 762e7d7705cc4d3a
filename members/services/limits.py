"""The numbers of the rule book that a member's dates are held against."""

from datetime import date

from linshu.parameters.services import values_on
from members.rules.membership import Limits


def limits_on(day: date) -> Limits:
    """In force on the day: one query."""
    values = values_on(day)
    extension = (values[f"PROBATION_EXTENSION_{end}_MONTHS"] for end in ("MIN", "MAX"))
    return Limits(day, values["DEV_MIN_AGE"], values["PROBATION_MONTHS"], *extension)
