"""Rule checks of the register: sizes of branches, 总支 and groups, enough full members (rule book 1.1, 1.2)."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from linshu.figures.registry import Check, Counts, Finding, Level, Look, register_check
from linshu.scope import Right
from linshu.workdays.rules.calendar import add_months
from members.models import Membership
from members.providers.figures import roll
from members.rules.membership import most_at_once
from organizations.providers import readings
from organizations.providers.addresses import page
from organizations.providers.checks import posts_url
from organizations.providers.readings import Node
from organizations.rules.kinds import BRANCHES, Kind

SIZE_BASIS = "党员超过 50 人的社区支部升格为社区党总支"
MOST_BASIS = "《支部工作条例》第四条：党支部党员人数一般不超过 50 人"
LEAST_BASIS = "《支部工作条例》第四条：正式党员 3 人以上应当成立党支部"
GROUP_BASIS = "《支部工作条例》第十三条：党小组一般不少于 3 人"
COMMITTEE_BASIS = "《支部工作条例》：正式党员 7 人以上的党支部应当设立支部委员会"
REVIEW_BASIS = "总支党员回落到 50 人以下持续 6 个月的，研究是否调整；不自动降格"


@dataclass(frozen=True)
class Roll:
    """Members of a node, those of its groups counted in."""

    members: int = 0
    full: int = 0


def counted(look: Look) -> dict[int, Roll]:
    """Members and full members of each node with its groups; a 总支 with its branches."""
    return rolled(look, *roll(look))


def rolled(look: Look, own: Counts, own_full: Counts) -> dict[int, Roll]:
    """The same of counts that are known, each organisation's own."""
    nodes = look.once(readings.nodes)
    members: Counter[int] = Counter()
    full: Counter[int] = Counter()
    for organization_id, count in own.items():
        for node in readings.upwards(nodes, organization_id):
            members[node] += count
            full[node] += own_full.get(organization_id, 0)
    return {node: Roll(members[node], full[node]) for node in nodes}


def sizes(look: Look) -> Iterator[Finding]:
    """A community branch of more than 50 is due to become a 总支; from 45 on it is told."""
    rolls, values = look.once(counted), look.once(readings.values)
    most, warn = int(values["GENERAL_BRANCH_MIN"]), int(values["GENERAL_BRANCH_WARN"])
    limit = f"不超过 {most} 人"
    for node in readings.of_kinds(look, frozenset({Kind.BRANCH})):
        count = rolls[node.pk].members
        if count < warn:
            if look.met:
                said = f"党员 {count} 人，不超过 {most} 人。"
                yield Finding(node.pk, Level.OK, said, SIZE_BASIS, figure=count, limit=limit)
            continue
        level, said = Level.SOON, f"党员 {count} 人，接近升格为社区党总支的 {most} 人。"
        if count > most:
            level, said = Level.LATE, f"党员 {count} 人，超过 {most} 人，应升格为社区党总支。"
        url, task = _upgrade_url(look, node), "准备升格为社区党总支"
        yield Finding(node.pk, level, said, SIZE_BASIS, "办升格", url, task=task, figure=count, limit=limit)


def _upgrade_url(look: Look, branch: Node) -> str:
    """It is the community that becomes a 总支; where it is out of the reader's sight, the branch's own menu."""
    if branch.parent_id in look.once(readings.nodes):
        return page("organizations:upgrade", branch.parent_id)
    return _menu(branch)


def _menu(node: Node) -> str:
    return page("organizations:operations", node.pk)


def most(look: Look) -> Iterator[Finding]:
    """Any other branch has usually no more than 50 members."""
    rolls, top = look.once(counted), int(look.once(readings.values)["BRANCH_MAX_MEMBERS"])
    limit = f"一般不超过 {top} 人"
    for node in readings.of_kinds(look, BRANCHES - {Kind.BRANCH}):
        count = rolls[node.pk].members
        if count > top:
            said, task = f"党员 {count} 人，一般不超过 {top} 人，建议分设支部。", "分设支部"
            yield Finding(
                node.pk, Level.SOON, said, MOST_BASIS, "办拆分", _menu(node), task=task, figure=count, limit=limit
            )
        elif look.met:
            said = f"党员 {count} 人，不超过 {top} 人。"
            yield Finding(node.pk, Level.OK, said, MOST_BASIS, figure=count, limit=limit)


def least(look: Look) -> Iterator[Finding]:
    """A branch has three full members or more; below, it is to be merged or joined."""
    rolls, fewest = look.once(counted), int(look.once(readings.values)["BRANCH_MIN_FULL"])
    limit = f"不少于 {fewest} 人"
    for node in readings.of_kinds(look, BRANCHES):
        count = rolls[node.pk].full
        if count < fewest:
            said = f"正式党员 {count} 人，不足 {fewest} 人，建议并入其他支部或成立联合支部。"
            task = "合并支部或成立联合支部"
            yield Finding(
                node.pk, Level.LATE, said, LEAST_BASIS, "办合并", _menu(node), task=task, figure=count, limit=limit
            )
        elif look.met:
            said = f"正式党员 {count} 人，不少于 {fewest} 人。"
            yield Finding(node.pk, Level.OK, said, LEAST_BASIS, figure=count, limit=limit)


def groups(look: Look) -> Iterator[Finding]:
    """A 党小组 has usually three members or more."""
    rolls, fewest = look.once(counted), int(look.once(readings.values)["GROUP_MIN_MEMBERS"])
    limit = f"一般不少于 {fewest} 人"
    for node in readings.of_kinds(look, frozenset({Kind.GROUP})):
        count = rolls[node.pk].members
        if count < fewest:
            said, task = f"党小组 {count} 人，一般不少于 {fewest} 人。", "合并党小组"
            yield Finding(
                node.pk, Level.SOON, said, GROUP_BASIS, "办合并", _menu(node), task=task, figure=count, limit=limit
            )
        elif look.met:
            said = f"党小组 {count} 人。"
            yield Finding(node.pk, Level.OK, said, GROUP_BASIS, figure=count, limit=limit)


def committees(look: Look) -> Iterator[Finding]:
    """A branch of seven full members or more has a committee; its size is another rule's matter."""
    rolls, seated = look.once(counted), look.once(readings.committees)
    needed = int(look.once(readings.values)["COMMITTEE_MIN_FULL"])
    limit = f"{needed} 人以上应设支委会"
    for node in readings.of_kinds(look, BRANCHES):
        count = rolls[node.pk].full
        if count < needed:
            continue
        if node.pk in seated:
            if look.met:
                said = f"正式党员 {count} 人，已设支部委员会。"
                yield Finding(node.pk, Level.OK, said, COMMITTEE_BASIS, figure=count, limit=limit)
        else:
            said, url = f"正式党员 {count} 人，应设支部委员会，还没有登记委员。", posts_url(node.pk)
            yield Finding(
                node.pk, Level.LATE, said, COMMITTEE_BASIS, "去任命", url, task="设立支部委员会", figure=count,
                limit=limit,
            )  # fmt: skip


def reviews(look: Look) -> Iterator[Finding]:
    """A 总支 that had no more than 50 members all through six months: is it to be changed? Never by itself."""
    rolls, values = look.once(counted), look.once(readings.values)
    most, months = int(values["GENERAL_BRANCH_MIN"]), int(values["GENERAL_BRANCH_REVIEW_MONTHS"])
    since, limit = add_months(look.day, -months), f"超过 {most} 人；回落持续 {months} 个月的研究"
    generals = readings.of_kinds(look, frozenset({Kind.GENERAL_BRANCH}))
    small = {node.pk for node in generals if node.since and node.since <= since and rolls[node.pk].members <= most}
    peaks = _peaks(look, small, since)
    for node in generals:
        count = rolls[node.pk].members
        if peaks.get(node.pk, most + 1) > most:
            if look.met:
                yield Finding(node.pk, Level.OK, f"党员 {count} 人。", REVIEW_BASIS, figure=count, limit=limit)
            continue
        said, task = f"党员 {count} 人，不超过 {most} 人已满 {months} 个月，请研究是否调整。", "研究总支是否调整"
        yield Finding(
            node.pk, Level.SOON, said, REVIEW_BASIS, "办变动", _menu(node), task=task, figure=count, limit=limit
        )


def _peaks(look: Look, generals: Collection[int], since: date) -> dict[int, int]:
    """The most members each of these 总支 had on a day from ``since`` on, by the branches that now stand in it."""
    nodes = look.once(readings.nodes)
    home = {node: above for node in nodes for above in readings.upwards(nodes, node) if above in generals}
    rows = Membership.objects.filter(organization__in=home, valid_from__lte=look.day, valid_to__gt=since)
    spans: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for organization_id, valid_from, valid_to in rows.values_list("organization_id", "valid_from", "valid_to"):
        spans[home[organization_id]].append((max(valid_from, since), valid_to))
    return {node: most_at_once(spans[node]) for node in generals}


CHECKS = tuple(
    Check(code, name, Right.MEMBERS_READ, find)
    for code, name, find in (
        ("members.size", "支部人数", sizes),
        ("members.most", "支部人数上限", most),
        ("members.least", "正式党员人数", least),
        ("members.group", "党小组人数", groups),
        ("members.committee", "支委会", committees),
        ("members.review", "总支人数回落", reviews),
    )
)


def register_checks() -> None:
    """Add every check."""
    for check in CHECKS:
        register_check(check)
