"""Rule checks of the bodies of a community and of its grids (residents' committee law; rule book 1.1)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from linshu.figures.registry import Check, Finding, Level, Look, register_check
from linshu.parameters.services import Values
from linshu.scope import Right
from organizations.providers import readings
from organizations.providers.addresses import page
from organizations.providers.checks import EDIT, term_finding, warning_days
from organizations.providers.readings import Convened, Drawn
from organizations.registry import coverages
from organizations.rules import bodies, coverage
from organizations.rules.bodies import BODIES, BodyKind
from organizations.rules.exclusions import BASIS, Judgement, Verdict, overall
from organizations.rules.kinds import COMMUNITIES
from organizations.rules.terms import TermState, state_on

LAW = "《城市居民委员会组织法》"
MUST_HAVE = {
    BodyKind.RESIDENTS_COMMITTEE: f"{LAW}第二章：社区设居民委员会",
    BodyKind.SUPERVISION: f"{LAW}第三十六条：社区应当建立居务监督委员会",
}
SIZES = {
    BodyKind.RESIDENTS_COMMITTEE: ("RESIDENTS_COMMITTEE_MIN", "RESIDENTS_COMMITTEE_MAX", Level.LATE),
    BodyKind.SUPERVISION: ("SUPERVISION_COMMITTEE_MIN", "SUPERVISION_COMMITTEE_MAX", Level.SOON),
}
SIZE_BASIS = {
    BodyKind.RESIDENTS_COMMITTEE: f"{LAW}第八条：居民委员会五至九人，应当有妇女成员",
    BodyKind.SUPERVISION: "参照村务监督委员会 3 至 5 人",
}
TERM_BASIS = f"{LAW}第十四条：每届任期五年"
REPRESENTATIVES_BASIS = f"{LAW}第十三条：一般每二十户至五十户推选一人"
GRID_BASIS = "全覆盖：每个网格有所属支部或党小组、中心户、服务岗"
GRID_SIZE_BASIS = "规则参数“网格户数”"


def body_url(body: Convened) -> str:
    """Page of the body."""
    return page("organizations:body", body.organization_id, body.pk)


def existence(look: Look) -> Iterator[Finding]:
    """A community has a 居民委员会 and a 居务监督委员会."""
    have = {(body.organization_id, body.kind) for body in look.once(readings.bodies)}
    for node in readings.of_kinds(look, COMMUNITIES):
        for kind, basis in MUST_HAVE.items():
            label, limit = BODIES[kind].label, "有 1 个"
            if (node.pk, kind) in have:
                if look.met:
                    yield Finding(node.pk, Level.OK, f"有{label}。", basis, figure=1, limit=limit)
            else:
                url = reverse("organizations:establish-body", args=[node.pk])
                said, task = f"没有{label}。", f"建立{label}"
                yield Finding(
                    node.pk, Level.LATE, said, basis, "去登记", url, task=task, figure=0, limit=limit, right=EDIT
                )


@dataclass(frozen=True)
class Size:
    """What is said of the number of members of a body."""

    level: Level
    sentence: str
    basis: str
    figure: int
    limit: str


def size(look: Look) -> Iterator[Finding]:
    """Numbers of members; a woman among the 居民委员会; 居民代表 for the households."""
    values = look.once(readings.values)
    households: Counter[int] = Counter()
    for grid in look.once(readings.grids):
        households[grid.organization_id] += grid.households
    for body in look.once(readings.bodies):
        sexes = [each.sex for each in body.seats]
        told = list(_sizes(body.kind, sexes, households[body.organization_id], values))
        problems = [each for each in told if each.level != Level.OK]
        for each in problems or (told[:1] if look.met else ()):
            url = body_url(body) if problems else ""
            action, task = ("看成员", f"调整{body.label}人员") if problems else ("", "")
            yield Finding(
                body.organization_id, each.level, each.sentence, each.basis, action, url, task=task,
                figure=each.figure, limit=each.limit,
            )  # fmt: skip


def _sizes(kind: BodyKind, sexes: list[str], households: int, values: Values) -> Iterator[Size]:
    count = len(sexes)
    if kind in SIZES:
        least_code, most_code, level = SIZES[kind]
        least, most = int(values[least_code]), int(values[most_code])
        problem = bodies.size_problem(kind, count, least, most)
        said = problem or f"{BODIES[kind].label} {count} 人。"
        yield Size(level if problem else Level.OK, said, SIZE_BASIS[kind], count, f"{least} 至 {most} 人")
    if kind == BodyKind.RESIDENTS_COMMITTEE and (problem := bodies.women_problem(sexes)):
        yield Size(Level.LATE, problem, SIZE_BASIS[kind], 0, "妇女不少于 1 人")
    if kind == BodyKind.REPRESENTATIVES:
        least, most = int(values["REPRESENTATIVE_HOUSEHOLDS_MIN"]), int(values["REPRESENTATIVE_HOUSEHOLDS_MAX"])
        if problem := bodies.representatives_problem(count, households, least, most):
            yield Size(Level.SOON, problem, REPRESENTATIVES_BASIS, count, f"每 {least} 至 {most} 户 1 人")


def body_term(look: Look) -> Iterator[Finding]:
    """Terms of the bodies."""
    warn = warning_days(look)
    for body in look.once(readings.bodies):
        if not look.met and state_on(look.day, body.term_due_on, warn) == TermState.RUNNING:
            continue
        label, url = body.label, body_url(body)
        yield term_finding(body.organization_id, body.term_due_on, look.day, warn, TERM_BASIS, url, label)


def exclusion(look: Look) -> Iterator[Finding]:
    """Conflicts are red, 未申报 amber; only a body whose members have all declared passes. Names are on its page."""
    judged = look.once(readings.judged)
    for body in look.once(readings.bodies):
        if body.kind in BASIS:
            yield from _excluded(body, list(judged.get(body.pk, {}).values()), met=look.met)


def _excluded(body: Convened, found: list[Judgement], *, met: bool) -> Iterator[Finding]:
    node, basis, label, url = body.organization_id, BASIS[body.kind], body.label, body_url(body)
    counts = Counter(each.verdict for each in found)
    conflicts, undeclared = counts[Verdict.CONFLICT], counts[Verdict.UNDECLARED]
    if conflicts:
        said, task, limit = f"{label}有 {conflicts} 人与他人有回避关系。", f"处理{label}回避", "没有回避关系"
        yield Finding(node, Level.LATE, said, basis, "去处理", url, task=task, figure=conflicts, limit=limit)
    if undeclared:
        said, task, limit = f"{label}有 {undeclared} 人未申报近亲属。", f"补齐{label}近亲属申报", "人人申报"
        yield Finding(node, Level.SOON, said, basis, "去申报", url, task=task, figure=undeclared, limit=limit)
    if met and overall(found) == Verdict.PASSED:
        said = f"{label} {len(found)} 人均已申报，无回避关系。"
        yield Finding(node, Level.OK, said, basis, figure=0, limit="没有回避关系")


def _grid_url(grid: Drawn) -> str:
    return reverse("organizations:change-grid", args=[grid.organization_id, grid.pk])


def grid_coverage(look: Look) -> Iterator[Finding]:
    """Each grid has everything a grid must have; the community's finding names what is missing where."""
    missing, complete = look.once(readings.gaps), Counter[int]()
    limit = f"{len(coverages())} 项都落实"
    for grid in look.once(readings.grids):
        lacks = missing.get(grid.pk)
        if lacks is None:
            complete[grid.organization_id] += 1
            continue
        said, task = f"{grid.number} 号网格没有落实{'、'.join(lacks)}。", f"落实 {grid.number} 号网格"
        yield Finding(
            grid.organization_id, Level.LATE, said, GRID_BASIS, "去落实", _grid_url(grid), task=task,
            figure=len(coverages()) - len(lacks), limit=limit, right=EDIT,
        )  # fmt: skip
    for organization_id, number in complete.items() if look.met else ():
        said = f"{number} 个网格已覆盖。"
        yield Finding(organization_id, Level.OK, said, GRID_BASIS, figure=len(coverages()), limit=limit)


def grid_size(look: Look) -> Iterator[Finding]:
    """Grids outside the usual number of households."""
    values = look.once(readings.values)
    least, most = int(values["GRID_HOUSEHOLDS_MIN"]), int(values["GRID_HOUSEHOLDS_MAX"])
    limit = f"{least} 至 {most} 户"
    for grid in look.once(readings.grids):
        problem = coverage.size_problem(grid.households, least, most)
        if problem:
            said, task = f"{grid.number} 号网格 {problem}", f"调整 {grid.number} 号网格户数"
            yield Finding(
                grid.organization_id, Level.SOON, said, GRID_SIZE_BASIS, "去调整", _grid_url(grid), task=task,
                figure=grid.households, limit=limit, right=EDIT,
            )  # fmt: skip


def register_checks() -> None:
    """Add these checks."""
    for code, name, find in (
        ("bodies", "社区机构", existence),
        ("body_size", "机构人数", size),
        ("body_term", "机构届期", body_term),
        ("exclusion", "近亲属回避", exclusion),
        ("grid_coverage", "网格覆盖", grid_coverage),
        ("grid_size", "网格户数", grid_size),
    ):
        register_check(Check(code, name, Right.ORGANIZATIONS_READ, find))
