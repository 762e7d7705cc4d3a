"""Bodies of a community: their seats, sizes, exclusions (residents' committee law 8, 13, 14, 36)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from linshu.errors import Invalid
from linshu.workdays.rules.calendar import add_years


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

CHAIR = "主任"
CHAIRED = frozenset(kind for kind, spec in BODIES.items() if CHAIR in spec.titles)
SHARES_TERM = frozenset({BodyKind.SUPERVISION, BodyKind.REPRESENTATIVES})  # law 13 and 36
ADULT_YEARS = 18  # law 16
WOMAN = "2"


def term_due(kind: BodyKind, begun: date, years: int, committee_due: date | None) -> date:
    """When the term ends: so many years on, or with the 居民委员会 in office for the bodies that share its term."""
    if kind in SHARES_TERM and committee_due is not None and committee_due > begun:
        return committee_due
    return add_years(begun, years)


def check_title(kind: BodyKind, title: str, *, constituency: str) -> None:
    """The body has the title; a 居民代表 stands for a 居民小组."""
    spec = BODIES[kind]
    if title not in spec.titles:
        names = "、".join(spec.titles)
        raise Invalid.field("title", f"{spec.label}不设“{title}”。可以选：{names}。", rule="机构职务", value=title)
    if kind == BodyKind.REPRESENTATIVES and not constituency:
        raise Invalid.field(
            "constituency", "居民代表由居民小组推选，请填所在居民小组。", rule="《城市居民委员会组织法》第十三条"
        )


def check_age(birth_date: date, on: date) -> None:
    """Residents may be elected from 18 years on."""
    if add_years(birth_date, ADULT_YEARS) > on:
        raise Invalid.field(
            "person", f"当选人在 {on} 未满 18 周岁，没有被选举权。", rule="《城市居民委员会组织法》第十六条"
        )


def size_problem(kind: BodyKind, count: int, least: int, most: int) -> str:
    """Sentence for a body outside its size, empty inside."""
    if least <= count <= most:
        return ""
    return f"{BODIES[kind].label}现有 {count} 人，应为 {least} 至 {most} 人。"


def women_problem(sexes: Sequence[str]) -> str:
    """A 居民委员会 has women among its members (law 8)."""
    return "" if WOMAN in sexes else "居民委员会没有妇女成员，应当有妇女成员。"


def representatives_problem(count: int, households: int, least: int, most: int) -> str:
    """居民代表 against the households, usually one for ``least`` to ``most``; empty when so or households unknown."""
    few = -(-households // most)
    many = max(households // least, few)
    if not households or few <= count <= many:
        return ""
    return f"全社区 {households} 户，现有居民代表 {count} 人，一般每 {least} 至 {most} 户推选 1 人，即 {few} 至 {many} 人。"
