"""What may be so and should be looked at: asked for before it is written, and told as long as it stands there."""

from collections.abc import Sequence

from linshu.errors import Invalid, Problem
from members.models import Membership
from members.rules.facts import FIELDS, OF_MEMBERSHIP, PERSONAL, Facts, warnings
from members.rules.membership import Limits

RULE = "请核实"


def facts_of(row: Membership) -> Facts:
    """What the register says, in plain values."""
    person = row.person
    of_person = {name: getattr(person, name) for name in PERSONAL}
    return Facts(**of_person, **{name: getattr(row, name) for name in OF_MEMBERSHIP})


def concerns_of(row: Membership, limits: Limits) -> list[str]:
    """Everything about the member that should be held against the files, in sentences."""
    return warnings(facts_of(row), tuple(FIELDS), limits)


def check_verified(concerns: Sequence[str], *, verified: bool) -> None:
    """Invalid on the field ``verified``, which somebody sets who has looked."""
    if concerns and not verified:
        told = [Problem("verified", f"{each}核实无误的，勾选“已核实”再提交。", RULE) for each in concerns]
        raise Invalid("".join(concerns), problems=told)
