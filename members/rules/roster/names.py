"""Short names: what the tree and the lists show, taken from the full name of an organisation."""

from organizations.rules.kinds import Kind

PARTY = "中共"
ENDINGS = {
    Kind.COUNTY: ("委员会", "委"),
    Kind.STREET: ("工作委员会", "党工委"),
    Kind.GENERAL_BRANCH: ("总支部委员会", "总支"),
}


def short_name(name: str, kind: Kind, parent_name: str) -> str:
    """中共振兴社区东片区支部委员会 below 中共振兴社区总支部委员会 becomes 东片区支部; what cannot be shortened stays."""
    short = name.removeprefix(PARTY)
    ending, shorter = ENDINGS.get(kind, ("支部委员会", "支部"))
    if short.endswith(ending):
        short = short.removesuffix(ending) + shorter
    if kind in ENDINGS or kind == Kind.COMMUNITY:
        return short
    stem = _shared(short, parent_name.removeprefix(PARTY))
    return short[len(stem) :] or short


def _shared(name: str, parent_name: str) -> str:
    """The part of the parent's own name that the child repeats, without 支部, 总支 and the like."""
    for ending in ("总支部委员会", "支部委员会", "支部", "工作委员会", "委员会"):
        parent_name = parent_name.removesuffix(ending)
    return parent_name if name.startswith(parent_name) else ""
