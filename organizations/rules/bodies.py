"""Bodies of a community: their seats, sizes, exclusions (residents' committee law 8, 13, 14, 36)."""

from dataclasses import dataclass
from enum import StrEnum


class BodyKind(StrEnum):
    """Body of a community."""

    RESIDENTS_COMMITTEE = "residents_committee"
    CONSULTATIVE = "consultative_committee"
    MANAGEMENT = "management_committee"
    SUPERVISION = "supervision_committee"
    REPRESENTATIVES = "representatives"


@dataclass(frozen=True)
class BodySpec:
    """Chinese name and titles in order of rank."""

    label: str
    titles: tuple[str, ...]


BODIES: dict[BodyKind, BodySpec] = {
    BodyKind.RESIDENTS_COMMITTEE: BodySpec("居民委员会", ("主任", "副主任", "委员")),
    BodyKind.CONSULTATIVE: BodySpec("社区事务协商委员会", ("主任", "委员")),
    BodyKind.MANAGEMENT: BodySpec("社区事务管理委员会", ("主任", "委员")),
    BodyKind.SUPERVISION: BodySpec("居务监督委员会", ("主任", "委员")),
    BodyKind.REPRESENTATIVES: BodySpec("居民代表会议", ("居民代表",)),
}
