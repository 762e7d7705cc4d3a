"""What people type into a reason may hold a number that the log must not: masked as everywhere (rule book 11)."""

import re
from typing import Any

# Eighteen characters with a birth date in the middle; a code of an organisation has none there.
ID_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])(\d{6})(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])", re.ASCII
)
SHORTEST = 11  # digits of a telephone number
PHONE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)", re.ASCII)


def masked(value: Any) -> Any:
    """The value with identity and telephone numbers masked, in texts at any depth."""
    if isinstance(value, str):
        if len(value) < SHORTEST:
            return value
        return PHONE.sub(r"\1****\2", ID_NUMBER.sub(r"\1************", value))
    if isinstance(value, dict):
        return {name: masked(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [masked(inner) for inner in value]
    return value
