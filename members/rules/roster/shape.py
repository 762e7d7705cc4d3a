"""The county's roster file as data: its two sheets, the rows they hold and what can be wrong with them.

A row arrives as plain strings with its sheet and its row number; nothing here opens a file or asks a database.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from linshu import errors
from linshu.people.rules import masking
from organizations.rules.kinds import Kind

ORGANIZATIONS = "党组织"
MEMBERS = "党员"
COLUMNS: dict[str, tuple[str, ...]] = {
    ORGANIZATIONS: (
        "组织编码", "组织全称", "组织类型", "上级组织编码", "成立日期", "本届起始日期", "任期(年)",
    ),
    MEMBERS: (
        "序号", "姓名", "性别", "民族", "公民身份号码", "学历", "入党日期", "转正日期", "人员类别", "所在党组织编码",
        "所在党组织", "党小组编码", "党内职务", "联系电话", "现居住地", "是否流动党员", "流向", "备注",
    ),
}  # fmt: skip
SHOWN_VALUE = 40
LONG_NUMBER = re.compile(r"\d{7,}[\dXx]*")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet as text, by the columns of the template; ``numbers`` are those that Excel kept as a number.

    A column that the file does not have is not in ``cells``: the file says nothing of it. An empty cell is there, empty.
    """

    sheet: str
    number: int
    cells: Mapping[str, str]
    numbers: frozenset[str] = frozenset()
    written: Mapping[str, str] = field(default_factory=dict)  # by column, the heading as the office wrote it

    def get(self, column: str) -> str:
        """The trimmed text of a cell, empty where there is none."""
        return self.cells.get(column, "").strip()

    def heading(self, column: str) -> str:
        """The heading of a column as it stands in the file."""
        return self.written.get(column, column)


@dataclass(frozen=True)
class Sheet:
    """A sheet: the names in its first row and the rows below that hold anything."""

    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class RosterProblem:
    """Which sheet, row, column (as written) and value break which rule; personal values arrive masked.

    ``message`` says why, ``remedy`` what to do; both are sentences.
    """

    sheet: str
    row: int
    column: str
    value: str
    rule: str
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        value = f"“{self.value}”" if self.value else "（空）"
        return f"{self.sheet}第 {self.row} 行「{self.column}」{value}：{self.message}{self.remedy}（{self.rule}）"

    def as_error(self) -> errors.Problem:
        """The same for a DomainError: the place is the field."""
        return errors.Problem(
            f"{self.sheet} 第 {self.row} 行 {self.column}", self.message + self.remedy, self.rule, self.value
        )


@dataclass(frozen=True, slots=True)
class OrganizationRow:
    """A checked line of 党组织; ``term_from`` and ``term_years`` come together or not at all."""

    row: int
    code: str
    name: str
    kind: Kind
    parent_code: str
    established_on: date
    term_from: date | None = None
    term_years: int | None = None


@dataclass(frozen=True)
class MemberRow:
    """A checked line of 党员; sex as in GB/T 2261.1, category ``full`` or ``probationary``."""

    row: int
    name: str
    sex: str
    birth_date: date
    ethnicity: str
    id_number: str
    education: str
    joined_on: date
    full_on: date | None
    category: str
    branch_code: str
    group_code: str
    posts: tuple[str, ...]
    phone: str
    address: str
    is_mobile: bool
    destination: str
    note: str
    stated: frozenset[str] = frozenset(COLUMNS[MEMBERS])  # columns the file has: of others it says nothing

    @property
    def organization_code(self) -> str:
        """The lowest node: the group where there is one."""
        return self.group_code or self.branch_code


@dataclass(frozen=True, slots=True)
class Node:
    """An organisation that others may name, of the register or of the file; None is what could not be read."""

    name: str
    kind: Kind | None
    parent_code: str
    established_on: date | None


@dataclass
class Findings:
    """Problems refuse the whole file; warnings are told and let it pass."""

    problems: list[RosterProblem] = field(default_factory=list)
    warnings: list[RosterProblem] = field(default_factory=list)

    def refuse(self, row: Row, column: str, rule: str, message: str, remedy: str = "") -> None:
        """Note a problem of a cell."""
        self.problems.append(_problem(row, column, rule, message, remedy))

    def warn(self, row: Row, column: str, rule: str, message: str, remedy: str = "") -> None:
        """Note a warning of a cell."""
        self.warnings.append(_problem(row, column, rule, message, remedy))


def shown(column: str, value: str) -> str:
    """A value that may be printed: identity numbers, phones and addresses masked wherever they stand."""
    if column == "公民身份号码":
        return masking.id_number(value)
    if column == "联系电话":
        return masking.phone(value)
    if column == "现居住地":
        return masking.address(value)
    return LONG_NUMBER.sub(lambda found: f"{found[0][:3]}****", value)[:SHOWN_VALUE]


def _problem(row: Row, column: str, rule: str, message: str, remedy: str) -> RosterProblem:
    value = shown(column, row.get(column))
    return RosterProblem(row.sheet, row.number, row.heading(column), value, rule, message, remedy)


def check_shape(sheets: Sequence[Sheet]) -> list[RosterProblem]:
    """Both sheets are there, each with exactly its columns, each once, in any order."""
    found = {sheet.name: sheet for sheet in sheets}
    problems = [
        RosterProblem(name, 1, "工作表", "", "名册格式", f"文件里没有“{name}”工作表，请用名册模板填写。")
        for name in COLUMNS
        if name not in found
    ]
    for name in COLUMNS.keys() & found.keys():
        problems += _header_problems(found[name])
    return problems


def _header_problems(sheet: Sheet) -> list[RosterProblem]:
    wanted, seen = COLUMNS[sheet.name], sheet.header
    told = [(column, f"缺少“{column}”列，请按模板补上。") for column in wanted if column not in seen]
    told += [(column, "模板里没有这一列，请删去或改名。") for column in seen if column not in wanted]
    told += [(column, "这一列出现了两次，请只留一列。") for column in wanted if seen.count(column) > 1]
    return [
        RosterProblem(sheet.name, 1, shown("", column), shown("", column), "名册格式", message)
        for column, message in told
    ]


def check_formulas(rows: Sequence[Row], findings: Findings) -> None:
    """A cell that begins with ``=`` is a formula (or would become one on export): refused wherever it stands."""
    for row in rows:
        for column, text in row.cells.items():
            if text.lstrip().startswith("="):
                findings.refuse(row, column, "不得有公式", "单元格是公式。", "请改成公式的结果（选择性粘贴为数值）。")
