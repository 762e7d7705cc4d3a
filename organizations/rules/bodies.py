"""Bodies of a community: their seats, sizes, exclusions (residents' committee law 8, 13, 14, 36)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from linshu.errors import Invalid
from organizations.rules.spans import add_years


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

TERM_YEARS = 5  # law 14; 13 and 36 give representatives and supervisors the same term
CHAIR = "主任"
CHAIRED = frozenset(kind for kind, spec in BODIES.items() if CHAIR in spec.titles)
SHARES_TERM = frozenset({BodyKind.SUPERVISION, BodyKind.REPRESENTATIVES})
ADULT_YEARS = 18  # law 16
LEAST_MEMBERS, MOST_MEMBERS = 5, 9  # law 8
HOUSEHOLDS_LEAST, HOUSEHOLDS_MOST = 20, 50  # law 13: 一般 one representative for so many households
WOMAN = "2"


def term_due(kind: BodyKind, begun: date, committee_due: date | None) -> date:
    """When the term ends: five years, or with the 居民委员会 in office for the bodies that share its term."""
    if kind in SHARES_TERM and committee_due is not None and committee_due > begun:
        return committee_due
    return add_years(begun, TERM_YEARS)


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


def size_problems(sexes: list[str]) -> list[str]:
    """What is wrong with the make-up of a 居民委员会 of members of these sexes (law 8)."""
    problems = []
    if not LEAST_MEMBERS <= len(sexes) <= MOST_MEMBERS:
        problems.append(f"居民委员会现有 {len(sexes)} 人，应为 {LEAST_MEMBERS} 至 {MOST_MEMBERS} 人。")
    if WOMAN not in sexes:
        problems.append("居民委员会没有妇女成员，应当有妇女成员。")
    return problems


def representatives_problem(count: int, households: int) -> str:
    """居民代表 against the households of the community; empty when within the range or households are unknown."""
    least = -(-households // HOUSEHOLDS_MOST)
    most = max(households // HOUSEHOLDS_LEAST, least)
    if not households or least <= count <= most:
        return ""
    return f"全社区 {households} 户，现有居民代表 {count} 人，一般每 20 至 50 户推选 1 人，即 {least} 至 {most} 人。"
