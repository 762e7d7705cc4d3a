"""Rule checks of the bodies of a community and of its grids (residents' committee law; rule book 1.1)."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Sum
from django.urls import reverse

from linshu.figures.registry import Check, Finding, Level, Look, register_check
from linshu.parameters.services import Values, values_on
from linshu.scope import Right
from organizations.models import Body, Grid, Organization, Seat
from organizations.providers.checks import WARN_CODES, term_finding
from organizations.rules import bodies, coverage
from organizations.rules.bodies import BODIES, BodyKind
from organizations.rules.exclusions import BASIS, Verdict, overall
from organizations.rules.kinds import COMMUNITIES
from organizations.services.grids import uncovered
from organizations.services.seats import judgements

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


def body_url(body: Body) -> str:
    """Page of the body."""
    return reverse("organizations:body", args=[body.organization_id, body.pk])


def _bodies(look: Look) -> list[Body]:
    return list(Body.objects.within(look.scope).on(look.day).select_related("organization"))


def existence(look: Look) -> Iterator[Finding]:
    """A community has a 居民委员会 and a 居务监督委员会."""
    have = {(body.organization_id, body.kind) for body in look.once(_bodies)}
    for node in Organization.objects.within(look.scope).open().filter(kind__in=COMMUNITIES):
        for kind, basis in MUST_HAVE.items():
            label = BODIES[kind].label
            if (node.pk, kind) in have:
                yield Finding(node.pk, Level.OK, f"有{label}。", basis)
            else:
                url = reverse("organizations:establish-body", args=[node.pk])
                yield Finding(node.pk, Level.LATE, f"没有{label}。", basis, "去登记", url, task=f"建立{label}")


def size(look: Look) -> Iterator[Finding]:
    """Numbers of members; a woman among the 居民委员会; 居民代表 for the households."""
    sexes: dict[int, list[str]] = defaultdict(list)
    for body_id, sex in Seat.objects.within(look.scope).on(look.day).values_list("body_id", "person__sex"):
        sexes[body_id].append(sex)
    rows = Grid.objects.within(look.scope).on(look.day).order_by().values_list("organization_id")
    households = dict(rows.annotate(households=Sum("households")))
    values = values_on(look.day)
    for body in look.once(_bodies):
        kind = BodyKind(body.kind)
        problems = list(_size_problems(kind, sexes[body.pk], households.get(body.organization_id, 0), values))
        for level, sentence, basis in problems:
            task = f"调整{body.get_kind_display()}人员"
            yield Finding(body.organization_id, level, sentence, basis, "看成员", body_url(body), task=task)
        if not problems and kind in SIZES:
            sentence = f"{body.get_kind_display()} {len(sexes[body.pk])} 人。"
            yield Finding(body.organization_id, Level.OK, sentence, SIZE_BASIS[kind])


def _size_problems(
    kind: BodyKind, sexes: list[str], households: int, values: Values
) -> Iterator[tuple[Level, str, str]]:
    if kind in SIZES:
        least_code, most_code, level = SIZES[kind]
        sentence = bodies.size_problem(kind, len(sexes), int(values[least_code]), int(values[most_code]))
        if sentence:
            yield level, sentence, SIZE_BASIS[kind]
    if kind == BodyKind.RESIDENTS_COMMITTEE and (sentence := bodies.women_problem(sexes)):
        yield Level.LATE, sentence, SIZE_BASIS[kind]
    if kind == BodyKind.REPRESENTATIVES:
        least, most = int(values["REPRESENTATIVE_HOUSEHOLDS_MIN"]), int(values["REPRESENTATIVE_HOUSEHOLDS_MAX"])
        if sentence := bodies.representatives_problem(len(sexes), households, least, most):
            yield Level.SOON, sentence, REPRESENTATIVES_BASIS


def body_term(look: Look) -> Iterator[Finding]:
    """Terms of the bodies."""
    values = values_on(look.day)
    warn = [int(values[code]) for code in WARN_CODES]
    for body in look.once(_bodies):
        label, url = body.get_kind_display(), body_url(body)
        yield term_finding(body.organization_id, body.term_due_on, look.day, warn, TERM_BASIS, url, label)


def exclusion(look: Look) -> Iterator[Finding]:
    """Conflicts are red, 未申报 amber; only a body whose members have all declared passes. Names are on its page."""
    judged = judgements(Seat.objects.within(look.scope), look.day)
    for body in look.once(_bodies):
        kind = BodyKind(body.kind)
        if kind not in BASIS:
            continue
        found = list(judged.get(body.pk, {}).values())
        counts = {verdict: sum(1 for each in found if each.verdict == verdict) for verdict in Verdict}
        worst, label, url = overall(found), body.get_kind_display(), body_url(body)
        if worst == Verdict.CONFLICT:
            sentence = f"{label}有 {counts[Verdict.CONFLICT]} 人与他人有回避关系。"
            yield Finding(
                body.organization_id, Level.LATE, sentence, BASIS[kind], "去处理", url, task=f"处理{label}回避"
            )
        if counts[Verdict.UNDECLARED]:
            sentence, task = f"{label}有 {counts[Verdict.UNDECLARED]} 人未申报近亲属。", f"补齐{label}近亲属申报"
            yield Finding(body.organization_id, Level.SOON, sentence, BASIS[kind], "去申报", url, task=task)
        if worst == Verdict.PASSED:
            yield Finding(body.organization_id, Level.OK, f"{label} {len(found)} 人均已申报，无回避关系。", BASIS[kind])


def grid_coverage(look: Look) -> Iterator[Finding]:
    """Each grid has everything a grid must have; the community's finding names what is missing where."""
    grids = list(Grid.objects.within(look.scope).on(look.day))
    missing = uncovered([grid.pk for grid in grids], look.day)
    complete: dict[int, int] = defaultdict(int)
    for grid in grids:
        if grid.pk in missing:
            lacks, task = "、".join(missing[grid.pk]), f"落实 {grid.number} 号网格"
            url = reverse("organizations:change-grid", args=[grid.organization_id, grid.pk])
            sentence = f"{grid.number} 号网格没有落实{lacks}。"
            yield Finding(grid.organization_id, Level.LATE, sentence, GRID_BASIS, "去落实", url, task=task)
        else:
            complete[grid.organization_id] += 1
    for organization_id, number in complete.items():
        yield Finding(organization_id, Level.OK, f"{number} 个网格已覆盖。", GRID_BASIS)


def grid_size(look: Look) -> Iterator[Finding]:
    """Grids outside the usual number of households."""
    values = values_on(look.day)
    least, most = int(values["GRID_HOUSEHOLDS_MIN"]), int(values["GRID_HOUSEHOLDS_MAX"])
    for grid in Grid.objects.within(look.scope).on(look.day):
        problem = coverage.size_problem(grid.households, least, most)
        if problem:
            url = reverse("organizations:change-grid", args=[grid.organization_id, grid.pk])
            sentence, task = f"{grid.number} 号网格 {problem}", f"调整 {grid.number} 号网格户数"
            yield Finding(grid.organization_id, Level.SOON, sentence, GRID_SIZE_BASIS, "去调整", url, task=task)


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
