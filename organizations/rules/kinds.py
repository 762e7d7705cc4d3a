"""Kinds of organisation and which may stand under which (domain rule book 1.1)."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Kind of a node of the organisation tree."""

    COUNTY = "county"
    STREET = "street"
    COMMUNITY = "community"
    GENERAL_BRANCH = "general_branch"
    BRANCH = "branch"
    AREA_BRANCH = "area_branch"
    JOINT_BRANCH = "joint_branch"
    PROJECT_BRANCH = "project_branch"
    MOBILE_BRANCH = "mobile_branch"
    TEMPORARY_BRANCH = "temporary_branch"
    FUNCTIONAL_BRANCH = "functional_branch"
    GROUP = "group"


class GroupKind(StrEnum):
    """Kind of a 党小组 (the seed: 各类党小组)."""

    AREA = "area"
    BUILDING = "building"
    TRADE = "trade"
    RETIRED = "retired"
    MOBILE = "mobile"
    INTEREST = "interest"


@dataclass(frozen=True)
class KindSpec:
    """Chinese term, kinds it may stand under, and whether members may belong to it."""

    label: str
    parents: frozenset[Kind]
    is_branch: bool = False
    holds_members: bool = False


_HOSTS = frozenset({Kind.STREET, Kind.COMMUNITY, Kind.GENERAL_BRANCH})


def _branch(label: str, *parents: Kind) -> KindSpec:
    return KindSpec(label, frozenset(parents), is_branch=True, holds_members=True)


KINDS: dict[Kind, KindSpec] = {
    Kind.COUNTY: KindSpec("县委", frozenset()),
    Kind.STREET: KindSpec("街道党工委", frozenset({Kind.COUNTY})),
    Kind.COMMUNITY: KindSpec("社区", frozenset({Kind.STREET})),
    Kind.GENERAL_BRANCH: KindSpec("社区党总支", frozenset({Kind.STREET})),
    Kind.BRANCH: _branch("社区党支部", Kind.COMMUNITY),
    Kind.AREA_BRANCH: _branch("片区党支部", Kind.GENERAL_BRANCH),
    Kind.JOINT_BRANCH: _branch("联合党支部", *_HOSTS),
    Kind.PROJECT_BRANCH: _branch("项目党支部", *_HOSTS),
    Kind.MOBILE_BRANCH: _branch("流动党员党支部", *_HOSTS),
    # The organisational relation does not move to temporary and functional branches (rule book 1.1): no members.
    Kind.TEMPORARY_BRANCH: KindSpec("临时党支部", _HOSTS),
    Kind.FUNCTIONAL_BRANCH: KindSpec("功能型党组织", _HOSTS),
    Kind.GROUP: KindSpec("党小组", frozenset(), holds_members=True),
}
BRANCHES = frozenset(kind for kind, spec in KINDS.items() if spec.is_branch)
KINDS[Kind.GROUP] = KindSpec("党小组", BRANCHES, holds_members=True)

COMMUNITIES = frozenset({Kind.COMMUNITY, Kind.GENERAL_BRANCH})
GROUP_KINDS: dict[GroupKind, str] = {
    GroupKind.AREA: "片区",
    GroupKind.BUILDING: "楼栋",
    GroupKind.TRADE: "行业",
    GroupKind.RETIRED: "离退休",
    GroupKind.MOBILE: "流动",
    GroupKind.INTEREST: "兴趣",
}


def place_of(kind: Kind, name: str, short_name: str) -> str:
    """As an office says it, and plain without the parent's name: 振兴社区东片区支部."""
    return name.removeprefix("中共").removesuffix("委员会") if KINDS[kind].holds_members else short_name


def may_stand_under(kind: Kind, parent: Kind | None) -> bool:
    """A county stands alone; every other kind under one of its parents."""
    return not KINDS[kind].parents if parent is None else parent in KINDS[kind].parents
