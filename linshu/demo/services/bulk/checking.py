"""All checks after the bulk writer: the tree, the counts, the rules, the log. What is wrong raises."""

from collections.abc import Iterator
from datetime import datetime

from django.db import connection
from django.utils import timezone

from linshu.audit import services as audit
from linshu.demo.rules.sizes import Size
from linshu.errors import Conflict
from linshu.figures.registry import LEVEL_WORDS, Level, Look, checks, figures
from linshu.scope import EVERYTHING
from organizations.tree import check

# Plain SQL against the figures of the same name, on a day.
COUNTS = {
    "members.total": "m.valid_to > %s",
    "members.full": "m.valid_to > %s AND m.category = 'full'",
    "members.probationary": "m.valid_to > %s AND m.category = 'probationary'",
    "members.mobile": "m.valid_to > %s AND m.is_mobile",
    "members.women": "m.valid_to > %s AND p.sex = '2'",
}
JOINED = (
    "SELECT count(*) FROM members_membership m JOIN people_person p ON p.id = m.person_id WHERE m.valid_from <= %s AND "
)


def run_checks(size: Size, *, now: datetime) -> Iterator[str]:
    """One sentence a check; Conflict at the first that fails."""
    yield _tree(size)
    yield _counts(size, now)
    yield from _rules(now)
    yield _log(now)


def _tree(size: Size) -> str:
    found = check()
    _require(not found, f"组织树有 {len(found)} 处不一致，第一处：{found[0].sentence}" if found else "")
    return f"组织树完好：{size.all_organizations} 个组织与沿革一致。"


def _counts(size: Size, now: datetime) -> str:
    day = timezone.localdate(now)
    look = Look(EVERYTHING, day)
    registered = {figure.code: figure for figure in figures()}
    for code, condition in COUNTS.items():
        counted = sum(registered[code].compute(look).values())
        with connection.cursor() as cursor:
            cursor.execute(JOINED + condition, [day, day])
            plain = cursor.fetchone()[0]
        _require(counted == plain, f"{registered[code].name}：数字为 {counted}，直接查库为 {plain}。")
        if code == "members.total":
            _require(counted == size.all_members, f"在册党员 {counted} 人，应为 {size.all_members} 人。")
    return f"数字与直接查库一致：{size.all_members} 名党员。"


def _rules(now: datetime) -> Iterator[str]:
    """Every rule check runs over everything."""
    look = Look(EVERYTHING, timezone.localdate(now))
    for each in checks():
        levels = [finding.level for finding in each.find(look)]
        told = "、".join(f"{LEVEL_WORDS[level]} {levels.count(level)}" for level in Level)
        yield f"规则检查“{each.name}”：{told}。"


def _log(now: datetime) -> str:
    audit.seal(now=now)
    verdict = audit.verify(now=now)
    first = verdict.problems[0] if verdict.problems else ""
    _require(not first, f"审计核验有 {len(verdict.problems)} 处问题，第一处：{first}")
    return f"审计链完好：{verdict.events} 条记录。"


def _require(holds: bool, problem: str) -> None:
    if not holds:
        raise Conflict(
            f"演示数据写入后没有通过检查。{problem}请删除这个数据库重新建立，并报告这个问题。", code="demo_check"
        )
