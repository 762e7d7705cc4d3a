"""Checks of the sheet 党员 (domain rule book 1.2, 2.1, 11)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from linshu.people.rules.id_number import IdNumber
from linshu.workdays.rules.calendar import add_months
from members.rules.membership import Limits, full_on_problem, latest_birth
from members.rules.roster import cells
from members.rules.roster.shape import Findings, MemberRow, Node, RosterProblem, Row, check_formulas
from organizations.rules.kinds import BRANCHES, Kind

SEXES = {"男": "1", "女": "2"}
CATEGORIES = {"正式党员": "full", "预备党员": "probationary"}
YES_NO = {"是": "yes", "否": ""}


@dataclass(frozen=True)
class Checked:
    """A row and what it amounts to: a member without problems, or problems without a member."""

    row: Row
    member: MemberRow | None
    problems: tuple[RosterProblem, ...]
    warnings: tuple[RosterProblem, ...]


class RowCheck:
    """Everything that one row of 党员 alone can be wrong in.

    ``nodes`` are the organisations that may be named, by code; ``titles`` the 党内职务 of a branch; ``limits`` the numbers
    in force today.
    """

    def __init__(self, nodes: Mapping[str, Node], titles: Sequence[str], limits: Limits) -> None:
        self.nodes, self.titles, self.limits = nodes, tuple(titles), limits

    def check(self, row: Row) -> Checked:
        """The member, or what is wrong with the row."""
        findings = Findings()
        check_formulas([row], findings)
        member = _read(row, self.nodes, self.titles, findings, self.limits)
        return Checked(row, None if findings.problems else member, tuple(findings.problems), tuple(findings.warnings))


def read(rows: Sequence[Row], check: RowCheck, findings: Findings) -> list[MemberRow]:
    """Checked members in the order of the file."""
    checked = [check.check(row) for row in rows]
    for each in checked:
        findings.problems += each.problems
        findings.warnings += each.warnings
    _refuse_repeated(rows, findings)
    _refuse_second_secretaries(rows, findings)
    return [] if findings.problems else [each.member for each in checked if each.member]


def _read(
    row: Row, organizations: Mapping[str, Node], titles: Sequence[str], findings: Findings, limits: Limits
) -> MemberRow | None:
    number = cells.identity(row, findings, today=limits.day)
    name = cells.person_name(row, findings)
    sex = _sex(row, number, findings)
    joined, full, category = _dates(row, number, findings, limits)
    branch, group = _place(row, organizations, findings)
    posts = _posts(row, category, titles, findings)
    phone = cells.phone(row, findings)
    texts = {
        column: cells.optional(row, column, findings, longest=longest)
        for column, longest in {"民族": 20, "学历": 20, "现居住地": 120, "流向": 60, "备注": 200}.items()
    }
    mobile = _mobile(row, findings)
    if findings.problems or number is None or joined is None:
        return None
    return MemberRow(
        row=row.number, name=name or "", sex=sex or "", birth_date=number.birth_date, ethnicity=texts["民族"] or "",
        id_number=number.value, education=texts["学历"] or "", joined_on=joined, full_on=full, category=category or "",
        branch_code=branch, group_code=group, posts=posts, phone=phone or "", address=texts["现居住地"] or "",
        is_mobile=mobile, destination=texts["流向"] or "", note=texts["备注"] or "", stated=frozenset(row.cells),
    )  # fmt: skip


def _sex(row: Row, number: IdNumber | None, findings: Findings) -> str | None:
    sex = cells.word(row, "性别", findings, SEXES)
    if sex and number and number.sex != sex:
        findings.refuse(row, "性别", "GB 11643", "与公民身份号码第 17 位不符（奇数为男，偶数为女），请核对。")
    return sex


def _dates(
    row: Row, number: IdNumber | None, findings: Findings, limits: Limits
) -> tuple[date | None, date | None, str | None]:
    """Joined, full and category, in order with one another and with the birth date."""
    category = cells.word(row, "人员类别", findings, CATEGORIES)
    joined = cells.day(row, "入党日期", findings, today=limits.day)
    if joined and number:
        if joined <= number.birth_date:
            findings.refuse(row, "入党日期", "§2.1 入党日期", "入党日期早于出生日期，请核对。")
        elif number.birth_date > latest_birth(joined, limits.adult_years):
            findings.warn(row, "入党日期", "§2.2 申请入党年龄", f"入党时不满 {limits.adult_years} 岁，请对照档案核实。")
    if category == "probationary":
        _check_probation(row, joined, findings, limits)
        return joined, None, category
    full = cells.day(row, "转正日期", findings, today=limits.day)
    if joined and full:
        problem = full_on_problem(joined, full, limits)
        if problem and problem.is_warning:
            findings.warn(row, "转正日期", "§2.1 预备期", problem.message)
        elif problem:
            findings.refuse(row, "转正日期", "§2.1 预备期", problem.message)
    return joined, full, category


def _check_probation(row: Row, joined: date | None, findings: Findings, limits: Limits) -> None:
    if row.get("转正日期"):
        findings.refuse(row, "转正日期", "§2.1 预备期", "预备党员没有转正日期，请清空，或把类别改为正式党员。")
    longest = limits.longest_probation
    if joined and add_months(joined, longest) < limits.day:
        findings.warn(row, "入党日期", "§2.1 预备期", f"预备期连同延长最多 {longest} 个月，已经超过，请核实类别。")


def _place(row: Row, organizations: Mapping[str, Node], findings: Findings) -> tuple[str, str]:
    """Codes of branch and group: the branch is one, its name fits, and the group belongs to it."""
    branch_code, group_code = row.get("所在党组织编码"), row.get("党小组编码")
    branch, group = organizations.get(branch_code), organizations.get(group_code)
    if branch is None:
        findings.refuse(row, "所在党组织编码", "组织存在", "文件和系统里都没有这个组织，请核对编码。")
    elif branch.kind and branch.kind not in BRANCHES:
        findings.refuse(row, "所在党组织编码", "§1.1 党员编入支部", "党员只能编入党支部，请填支部的编码。")
    elif row.get("所在党组织") not in ("", branch.name):
        findings.refuse(row, "所在党组织", "名称与编码一致", f"编码对应的是“{branch.name}”，请核对。")
    if group_code and (group is None or group.kind not in (Kind.GROUP, None)):
        findings.refuse(row, "党小组编码", "组织存在", "文件和系统里都没有这个党小组，请核对编码。")
    elif group and group.parent_code != branch_code:
        findings.refuse(row, "党小组编码", "§1.1 党小组属于支部", "这个党小组不属于所在的支部，请核对。")
    return branch_code, group_code


def _posts(row: Row, category: str | None, titles: Sequence[str], findings: Findings) -> tuple[str, ...]:
    """党内职务, several joined by 、; only a full member may be elected."""
    posts = tuple(dict.fromkeys(each for each in row.get("党内职务").split("、") if each))
    if any(each not in titles for each in posts):
        findings.refuse(row, "党内职务", "用词", f"只能填：{'、'.join(titles)}；兼任的用顿号隔开。")
    if posts and category == "probationary":
        message = "预备党员没有被选举权，书记和委员须为正式党员。"
        findings.refuse(row, "党内职务", "§1.2 书记须为正式党员", message)
    return posts


def _mobile(row: Row, findings: Findings) -> bool:
    mobile = cells.word(row, "是否流动党员", findings, YES_NO)
    if mobile and not row.get("流向"):
        findings.refuse(row, "流向", "§2.4 流动党员登记", "流动党员须写明流向，请填到县区。")
    if mobile == "" and row.get("流向"):
        findings.refuse(row, "流向", "§2.4 流动党员登记", "不是流动党员，却有流向，请核对。")
    return bool(mobile)


def _refuse_repeated(rows: Sequence[Row], findings: Findings) -> None:
    first: dict[str, int] = {}
    for row in rows:
        value = row.get("公民身份号码").upper()
        if value and first.setdefault(value, row.number) != row.number:
            message = f"与第 {first[value]} 行的证号重复，一个人只能登记一次。"
            findings.refuse(row, "公民身份号码", "一人一条", message)


def _refuse_second_secretaries(rows: Sequence[Row], findings: Findings) -> None:
    first: dict[str, int] = {}
    for row in rows:
        if "书记" not in row.get("党内职务").split("、"):
            continue
        branch = row.get("所在党组织编码")
        if first.setdefault(branch, row.number) != row.number:
            message = f"第 {first[branch]} 行已是这个支部的书记，一个支部只有一名书记。"
            findings.refuse(row, "党内职务", "§1.2 书记一名", message)
