"""Rule checks of the register: size of a branch, enough full members, a committee where one is due (rule book 1.1, 1.2)."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q

from linshu.figures.registry import Check, Finding, Level, Look, register_check
from linshu.parameters.services import values_on
from linshu.scope import Right
from members.models import Membership
from members.providers.figures import register_url
from organizations.models import Organization, Post
from organizations.rules.kinds import BRANCHES, Kind
from organizations.rules.posts import TITLES

SIZE_BASIS = "党员超过 50 人的社区支部升格为社区党总支"
LEAST_BASIS = "《支部工作条例》第四条：正式党员 3 人以上应当成立党支部"
COMMITTEE_BASIS = "《支部工作条例》：正式党员 7 人以上的党支部应当设立支部委员会"


@dataclass(frozen=True)
class Branch:
    """A branch with its groups counted in."""

    id: int
    kind: Kind
    members: int
    full: int
    committee: int


def register_checks() -> None:
    """Add every check."""
    register_check(Check("members.size", "支部人数", Right.MEMBERS_READ, sizes))
    register_check(Check("members.least", "正式党员人数", Right.MEMBERS_READ, least))
    register_check(Check("members.committee", "支委会", Right.MEMBERS_READ, committees))


def sizes(look: Look) -> Iterator[Finding]:
    """A community branch of more than 50 is due to become a 总支; from 45 on it is told."""
    values = values_on(look.day)
    most, warn = values["GENERAL_BRANCH_MIN"], values["GENERAL_BRANCH_WARN"]
    for branch in look.once(_branches):
        if branch.kind != Kind.BRANCH:
            continue
        count = branch.members
        if count > most:
            told = Level.LATE, f"党员 {count} 人，超过 {most} 人，应升格为社区党总支。"
        elif count >= warn:
            told = Level.SOON, f"党员 {count} 人，接近升格为社区党总支的 {most} 人。"
        else:
            told = Level.OK, f"党员 {count} 人，不超过 {most} 人。"
        yield _finding(branch, *told, SIZE_BASIS, "准备升格为社区党总支")


def least(look: Look) -> Iterator[Finding]:
    """A branch has three full members or more; below, it is to be merged or joined."""
    fewest = values_on(look.day)["BRANCH_MIN_FULL"]
    for branch in look.once(_branches):
        if branch.full < fewest:
            sentence = f"正式党员 {branch.full} 人，不足 {fewest} 人，建议并入其他支部或成立联合支部。"
            yield _finding(branch, Level.LATE, sentence, LEAST_BASIS, "合并支部或成立联合支部")
        else:
            yield _finding(branch, Level.OK, f"正式党员 {branch.full} 人，不少于 {fewest} 人。", LEAST_BASIS)


def committees(look: Look) -> Iterator[Finding]:
    """A branch of seven full members or more has a committee."""
    values = values_on(look.day)
    needed, size = values["COMMITTEE_MIN_FULL"], values["COMMITTEE_SIZE_MIN"]
    for branch in look.once(_branches):
        if branch.full < needed:
            continue
        if branch.committee < size:
            sentence = f"正式党员 {branch.full} 人，应设支部委员会；现有委员 {branch.committee} 人，至少 {size} 人。"
            yield _finding(branch, Level.LATE, sentence, COMMITTEE_BASIS, "设立支部委员会")
        else:
            yield _finding(branch, Level.OK, f"支部委员会 {branch.committee} 人。", COMMITTEE_BASIS)


def _finding(branch: Branch, level: Level, sentence: str, basis: str, task: str = "") -> Finding:
    if level == Level.OK:
        return Finding(branch.id, level, sentence, basis)
    return Finding(branch.id, level, sentence, basis, "看名册", register_url({}, branch.id), task=task)


def _branches(look: Look) -> list[Branch]:
    """Open branches in scope with the counts of the day; three queries."""
    members: Counter[int] = Counter()
    full: Counter[int] = Counter()
    rows = Membership.objects.within(look.scope).on(look.day).order_by()
    grouped = rows.values_list("organization_id", "organization__parent_id", "organization__kind")
    counted = grouped.annotate(count=Count("pk"), full=Count("pk", filter=Q(full_on__lte=look.day)))
    for node, parent, kind, count, full_count in counted:
        branch = parent if kind == Kind.GROUP else node
        members[branch] += count
        full[branch] += full_count
    committee = _committees(look)
    nodes = Organization.objects.within(look.scope).open().filter(kind__in=BRANCHES).values_list("pk", "kind")
    return [Branch(pk, Kind(kind), members[pk], full[pk], len(committee[pk])) for pk, kind in nodes]


def _committees(look: Look) -> dict[int, set[int]]:
    """Persons who sit in the committee of each organisation."""
    titles = {spec.title for spec in TITLES[Kind.BRANCH] if spec.committee}
    found: dict[int, set[int]] = defaultdict(set)
    rows = Post.objects.within(look.scope).on(look.day).filter(title__in=titles)
    for organization_id, person_id in rows.values_list("organization_id", "person_id"):
        found[organization_id].add(person_id)
    return found
