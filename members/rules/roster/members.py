"""Checks of the rows of 党员 (domain rule book 1.2, 2.1, 11)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from linshu.people.rules.id_number import IdNumber
from members.rules.membership import Limits
from members.rules.roster import cells, dialects
from members.rules.roster.dating import Dating, read_dates
from members.rules.roster.places import CODE, GROUP, GROUP_CODE, NAME, Places
from members.rules.roster.shape import Findings, MemberRow, Node, RosterProblem, Row, check_formulas

SEXES = {"男": "1", "女": "2", "男性": "1", "女性": "2", "1": "1", "2": "2"}
YES_NO = dict.fromkeys(("是", "√", "✓", "✔", "有", "对", "流动"), "yes") | dict.fromkeys(
    ("否", "×", "✕", "无", "不是", "没有", "非", "/", "-", "—", ""), ""
)
TEXTS = {"学历": 20, "现居住地": 120, "流向": 60, "备注": 200}
NO_POST = frozenset({"党员", "普通党员", "正式党员", "预备党员"})
OF_BRANCH = re.compile(r"^党?支部")
JOINED = re.compile(r"[、,，;；/\s]+|兼(?:任)?")
IMPLIED = {NAME: CODE, GROUP: GROUP_CODE, "流向": "是否流动党员"}  # a column that says what another would


@dataclass(frozen=True)
class Checked:
    """A row and what it amounts to: a member without problems, or problems without a member.

    ``member.stated`` are the columns that the file has: of the others it says nothing.
    """

    row: Row
    member: MemberRow | None
    problems: tuple[RosterProblem, ...]
    warnings: tuple[RosterProblem, ...]


class RowCheck:
    """Everything that one row of 党员 alone can be wrong in.

    ``nodes`` are the organisations that may be named, by code; ``titles`` the 党内职务 of a branch; ``limits`` the numbers
    in force today; ``chosen`` the codes of branches that somebody chose for texts.
    """

    def __init__(
        self,
        nodes: Mapping[str, Node],
        titles: Sequence[str],
        limits: Limits,
        chosen: Mapping[str, str] | None = None,
    ) -> None:
        self.places, self.titles, self.limits = Places(nodes, chosen), tuple(titles), limits

    def check(self, row: Row) -> Checked:
        """The member, or what is wrong with the row."""
        findings = Findings()
        check_formulas([row], findings)
        formulas = {each.column for each in findings.problems}
        first = len(formulas)
        member = self._member(row, findings)
        others = (each for each in findings.problems[first:] if each.column not in formulas)
        return Checked(row, member, (*findings.problems[:first], *others), tuple(findings.warnings))

    def _member(self, row: Row, findings: Findings) -> MemberRow | None:
        number = cells.identity(row, findings, today=self.limits.day)
        name = cells.person_name(row, findings)
        _check_birth(row, number, findings)
        sex = _sex(row, number, findings)
        dating = read_dates(row, number, findings, self.limits)
        branch = self.places.branch(row, findings)
        group = self.places.group(row, branch, findings)
        posts = self._posts(row, dating, findings)
        phone = cells.phone(row, findings)
        texts = {column: cells.optional(row, column, findings, longest=most) or "" for column, most in TEXTS.items()}
        ethnicity = _ethnicity(row, findings)
        mobile = _mobile(row, texts["流向"], findings)
        if findings.problems or number is None or dating.joined is None:
            return None
        return MemberRow(
            row=row.number, name=name or "", sex=sex, birth_date=number.birth_date, ethnicity=ethnicity,
            id_number=number.value, education=texts["学历"], joined_on=dating.joined, full_on=dating.full,
            category=dating.category, branch_code=branch, group_code=group, posts=posts, phone=phone or "",
            address=texts["现居住地"], is_mobile=mobile, destination=texts["流向"], note=texts["备注"],
            stated=_stated(row),
        )  # fmt: skip

    def _posts(self, row: Row, dating: Dating, findings: Findings) -> tuple[str, ...]:
        """党内职务, several of them divided somehow; only a full member may be elected."""
        told = [self._title(each) for each in JOINED.split(dialects.clean(row.get("党内职务")))]
        posts = tuple(dict.fromkeys(each for each in told if not dialects.is_nothing(each) and each not in NO_POST))
        if any(each not in self.titles for each in posts):
            message = f"只能填：{'、'.join(self.titles)}。"
            findings.refuse(row, "党内职务", "用词", message, "兼任的用顿号隔开；没有党内职务的请留空。")
        if posts and dating.category == "probationary":
            message = "预备党员没有被选举权，书记和委员须为正式党员。"
            findings.refuse(row, "党内职务", "§1.2 书记须为正式党员", message, "请核对人员类别和职务。")
        return posts

    def _title(self, text: str) -> str:
        """支部书记 and 党支部书记 are 书记."""
        return text if text in self.titles else OF_BRANCH.sub("", text)


def read(rows: Sequence[Row], check: RowCheck, findings: Findings) -> list[MemberRow]:
    """Checked members in the order of the file."""
    checked = [check.check(row) for row in rows]
    for each in checked:
        findings.problems += each.problems
        findings.warnings += each.warnings
    _refuse_repeated(rows, findings)
    _refuse_second_secretaries(rows, findings)
    return [] if findings.problems else [each.member for each in checked if each.member]


def _stated(row: Row) -> frozenset[str]:
    return frozenset(row.cells) | {implied for column, implied in IMPLIED.items() if column in row.cells}


def _check_birth(row: Row, number: IdNumber | None, findings: Findings) -> None:
    """出生日期 is in the number; where the file has both, they agree, as far as it says."""
    column = "出生日期"
    text = row.get(column)
    if number is None or dialects.is_nothing(text) or cells.OCTOBER.fullmatch(text):
        return
    try:
        found = dialects.day(text)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        findings.warn(row, column, "日期", "看不出是哪一天，按公民身份号码登记。", "请核对。")
    elif (found.value if found.whole else found.value.replace(day=1)) != (
        number.birth_date if found.whole else number.birth_date.replace(day=1)
    ):
        findings.refuse(
            row, column, "GB 11643", "与公民身份号码第 7 至 14 位的出生日期不符。", "请对照证件，改正其中写错的一个。"
        )


def _sex(row: Row, number: IdNumber | None, findings: Findings) -> str:
    """As the column says, where the file has it; else as the number says."""
    if "性别" not in row.cells:
        return number.sex if number else ""
    sex = cells.word(row, "性别", findings, SEXES, "男、女")
    if sex and number and number.sex != sex:
        message = "与公民身份号码第 17 位不符（奇数为男，偶数为女）。"
        findings.refuse(row, "性别", "GB 11643", message, "请对照证件核对。")
    return sex or ""


def _ethnicity(row: Row, findings: Findings) -> str:
    told = cells.optional(row, "民族", findings, longest=20) or ""
    return dialects.ethnicity(told)


def _mobile(row: Row, destination: str, findings: Findings) -> bool:
    """是否流动党员 and 流向 say the same; without the first column, whoever has a 流向 is mobile."""
    if "是否流动党员" not in row.cells:
        return bool(destination)
    mobile = cells.word(row, "是否流动党员", findings, YES_NO, "是、否")
    if mobile and not destination:
        findings.refuse(row, "流向", "§2.4 流动党员登记", "流动党员须写明流向。", "请填到县区。")
    if mobile == "" and destination:
        message = "不是流动党员，却有流向。"
        findings.refuse(row, "流向", "§2.4 流动党员登记", message, "请核对，或清空流向。")
    return bool(mobile)


def _refuse_repeated(rows: Sequence[Row], findings: Findings) -> None:
    first: dict[str, int] = {}
    for row in rows:
        value = dialects.identity(row.get("公民身份号码"))
        if value and first.setdefault(value, row.number) != row.number:
            message = f"与第 {first[value]} 行的证号重复，一个人只能登记一次。"
            findings.refuse(row, "公民身份号码", "一人一条", message, "请删去其中一行。")


def _refuse_second_secretaries(rows: Sequence[Row], findings: Findings) -> None:
    first: dict[str, int] = {}
    for row in rows:
        if "书记" not in row.get("党内职务").split("、"):
            continue
        branch = row.get("所在党组织编码")
        if first.setdefault(branch, row.number) != row.number:
            message = f"第 {first[branch]} 行已是这个支部的书记，一个支部只有一名书记。"
            findings.refuse(row, "党内职务", "§1.2 书记一名", message, "请核对。")
