"""党内职务: which titles an organisation has, how many of each, and who may hold them (rule book 1.2)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from linshu.errors import Conflict, Invalid
from linshu.workdays.rules.calendar import add_years
from organizations.rules.kinds import BRANCHES, KINDS, Kind

SECRETARY = "书记"
COMMITTEE_POSTS = ("组织委员", "宣传委员", "纪检委员")
GROUP_LEADER = "组长"
RIVALS = ((SECRETARY, "副书记"), (GROUP_LEADER, "副组长"))


@dataclass(frozen=True)
class TitleSpec:
    """A title: at most how many hold it at a time (0 = any number; ``most_code`` names the parameter that says so),
    and whether it makes one a committee member."""

    title: str
    most: int = 0
    committee: bool = False
    most_code: str = ""


_SECRETARY = TitleSpec(SECRETARY, 1, committee=True)
_COMMITTEE = (
    TitleSpec("组织委员", 1, committee=True),
    TitleSpec("宣传委员", 1, committee=True),
    TitleSpec("纪检委员", 1, committee=True),
    TitleSpec("委员", committee=True),
)
_BRANCH = (_SECRETARY, TitleSpec("副书记", 1, committee=True, most_code="DEPUTY_SECRETARY_MAX"), *_COMMITTEE)
_PARTY_COMMITTEE = (_SECRETARY, TitleSpec("副书记", committee=True), *_COMMITTEE)

# A 社区 is no Party organisation: it is led by its 牵头党组织 (rule book 1.1), so it has no posts.
TITLES: dict[Kind, tuple[TitleSpec, ...]] = {
    Kind.COUNTY: _PARTY_COMMITTEE,
    Kind.STREET: _PARTY_COMMITTEE,
    Kind.COMMUNITY: (),
    Kind.GENERAL_BRANCH: _PARTY_COMMITTEE,
    **dict.fromkeys(sorted(BRANCHES), _BRANCH),
    Kind.TEMPORARY_BRANCH: _BRANCH,
    Kind.FUNCTIONAL_BRANCH: _BRANCH,
    Kind.GROUP: (TitleSpec(GROUP_LEADER, 1), TitleSpec("副组长", 1)),
}
# Members of the organs of county and street, and of temporary and functional organisations, may belong to
# branches outside this register: there an unknown person is accepted, a probationary member is not.
ROLL_ELSEWHERE = frozenset({Kind.COUNTY, Kind.STREET, Kind.TEMPORARY_BRANCH, Kind.FUNCTIONAL_BRANCH})
# Who sits in the committee of a branch; there is one where somebody is a 委员 of it.
SEATED = frozenset(spec.title for spec in TITLES[Kind.BRANCH] if spec.committee)
COMMITTEE_MEMBERS = frozenset(title for title in SEATED if title.endswith("委员"))

SECRETARY_KINDS = frozenset(kind for kind, specs in TITLES.items() if _SECRETARY in specs)


def titles_of(kind: Kind) -> tuple[str, ...]:
    """Titles of a kind of organisation, in order of rank."""
    return tuple(spec.title for spec in TITLES[kind])


def spec_of(kind: Kind, title: str) -> TitleSpec:
    """The title there; Invalid where the kind has none of that name."""
    for spec in TITLES[kind]:
        if spec.title == title:
            return spec
    names = "、".join(titles_of(kind))
    hint = f"可以任命：{names}。" if names else "社区由牵头党组织领导，请在牵头党组织任命。"
    raise Invalid.field("title", f"{KINDS[kind].label}不设“{title}”。{hint}", rule="职务设置", value=title)


def check_holder(kind: Kind, spec: TitleSpec, *, member: bool, full: bool) -> None:
    """Committee posts are for full members: probationary members may not be elected (rule book 1.2)."""
    if not spec.committee or full or (not member and kind in ROLL_ELSEWHERE):
        return
    why = "还是预备党员，没有被选举权" if member else "不在党员名册里"
    raise Invalid.field(
        "person", f"{spec.title}须由正式党员担任，所选人员{why}。请另选一名正式党员。", rule="书记、委员须为正式党员"
    )


def check_room(title: str, holders: Sequence[str], most: int) -> None:
    """Conflict when the title is taken by as many as there may be (0 = any number)."""
    if most and len(holders) >= most:
        raise Conflict(f"{title}已由{'、'.join(holders)}担任。请刷新页面，先免去原任，再任命新任。", code="post_taken")


def rival_of(title: str) -> str:
    """The title that nobody may hold beside this one in the same organisation; empty for most."""
    return next((b if a == title else a for a, b in RIVALS if title in (a, b)), "")


def check_apart(name: str, title: str, held: Iterable[str]) -> None:
    """A deputy stands in for somebody else: nobody holds both posts of one organisation (rule book 1.2)."""
    rival = rival_of(title)
    if rival and rival in held:
        raise Invalid.field(
            "title", f"{name}在这段时间任{rival}，不能同时任{title}。请先免去{rival}，或另选一人。", rule="正副职不由一人担任",
            value=title,
        )  # fmt: skip


def committee_problem(size: int, least: int, usual: int, most: int) -> str:
    """Sentence for a 支委会 outside its usual size, empty inside; no committee at all is another rule's matter."""
    if size == 0 or least <= size <= usual:
        return ""
    return f"支部委员会现有 {size} 人，一般为 {least} 至 {usual} 人，最多 {most} 人。"


def vacant_titles(held: Iterable[str]) -> list[str]:
    """Posts of a 支委会 that nobody holds; without the titles told apart (委员 only), none is called vacant."""
    have = set(held)
    return [title for title in COMMITTEE_POSTS if title not in have] if have & set(COMMITTEE_POSTS) else []


def standing_problem(name: str, *, member: bool) -> str:
    """A 书记 is a full member: who is no member of the register, or a probationary one, may not be."""
    why = "还是预备党员" if member else "不在党员名册里"
    return f"{name}任书记，但{why}；书记须为正式党员。"


def seniority_problem(name: str, full_on: date, day: date, years: int) -> str:
    """A 书记 usually has been a full member for so many years; Party age counts from the day of becoming full."""
    if add_years(full_on, years) <= day:
        return ""
    return f"{name}任书记，党龄不满 {years} 年。"
