"""The table of a year's holidays as an office writes it: CSV with the columns date, is_workday, name."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from linshu.errors import Invalid, Problem
from linshu.workdays.rules.calendar import SATURDAY, Day

COLUMNS = ("date", "is_workday", "name")
YES_NO = {"1": True, "0": False, "true": True, "false": False, "是": True, "否": False}
NAME_LENGTH = 40
YEARS = range(2000, 2101)
# Days off every year by 《全国年节及纪念日放假办法》: a table without them is only a part.
FIXED = ((1, 1), (5, 1), (10, 1))


@dataclass(frozen=True)
class _Row:
    number: int
    day: date
    entry: Day


def decode(content: bytes) -> str:
    """UTF-8 with or without a mark, else GB 18030, as Excel in China saves it."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Invalid.field("table", "文件的文字编码无法识别。请在 Excel 中另存为“CSV UTF-8”后再导入。")


def read_table(text: str) -> dict[int, dict[date, Day]]:
    """Per year the days that differ from Monday to Friday or have a name; Invalid names every row and column."""
    reader = csv.reader(io.StringIO(text))
    if tuple(cell.strip() for cell in next(reader, [])) != COLUMNS:
        raise _refused([Problem("table", "第 1 行：表头应为 date,is_workday,name 三列。", "header")])
    problems: list[Problem] = []
    rows = [row for number, cells in enumerate(reader, 2) if cells and (row := _read_row(number, cells, problems))]
    problems += _repeated(rows)
    if not rows and not problems:
        problems.append(Problem("table", "表中没有任何日期。请至少列出一年的放假和补班安排。", "empty"))
    years = _by_year(rows)
    problems += [problem for year, days in sorted(years.items()) for problem in _incomplete(year, days)]
    if problems:
        raise _refused(problems)
    return {year: {day: entry for day, entry in days.items() if differs(day, entry)} for year, days in years.items()}


def differs(day: date, entry: Day) -> bool:
    """Does the table tell more of the day than the week does?"""
    return bool(entry.name) or entry.is_workday != (day.weekday() < SATURDAY)


def _read_row(number: int, cells: list[str], problems: list[Problem]) -> _Row | None:
    before = len(problems)
    if len(cells) != len(COLUMNS):
        problems.append(_problem(number, "", f"应有 3 列，实有 {len(cells)} 列。", "columns"))
        return None
    day_text, worked_text, name = (cell.strip() for cell in cells)
    day = _read_day(day_text)
    worked = YES_NO.get(worked_text.lower())
    if day is None:
        problems.append(_problem(number, "date", f"“{day_text}”不是日期，应写成 2027-01-01。", "date", day_text))
    elif day.year not in YEARS:
        problems.append(_problem(number, "date", f"{day_text} 不在 2000 年到 2100 年之间。", "year", day_text))
    if worked is None:
        problems.append(
            _problem(number, "is_workday", f"“{worked_text}”应填 1（上班）或 0（放假）。", "bool", worked_text)
        )
    if len(name) > NAME_LENGTH:
        problems.append(_problem(number, "name", f"名称最多 {NAME_LENGTH} 个字。", "length"))
    if day is None or worked is None or len(problems) > before:
        return None
    return _Row(number, day, Day(worked, name))


def _read_day(text: str) -> date | None:
    for shape in ("%Y-%m-%d", "%Y/%m/%d"):  # Excel rewrites ISO dates with slashes
        try:
            return datetime.strptime(text, shape).date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            continue
    return None


def _repeated(rows: list[_Row]) -> list[Problem]:
    first: dict[date, int] = {}
    problems = []
    for row in rows:
        if row.day in first:
            problems.append(
                _problem(row.number, "date", f"{row.day} 与第 {first[row.day]} 行重复。", "repeated", row.day)
            )
        first.setdefault(row.day, row.number)
    return problems


def _by_year(rows: list[_Row]) -> dict[int, dict[date, Day]]:
    years: dict[int, dict[date, Day]] = {}
    for row in rows:
        years.setdefault(row.day.year, {})[row.day] = row.entry
    return years


def _incomplete(year: int, days: Mapping[date, Day]) -> list[Problem]:
    missing = [date(year, month, day) for month, day in FIXED]
    missing = [day for day in missing if day not in days or days[day].is_workday]
    if not missing:
        return []
    listed = "、".join(f"{day.month}月{day.day}日" for day in missing)
    return [Problem("table", f"{year}年缺 {listed} 的放假安排，表不完整，请补全后再导入。", "incomplete", str(year))]


def _problem(number: int, column: str, message: str, rule: str, value: object = "") -> Problem:
    place = f"第 {number} 行 {column} 列" if column else f"第 {number} 行"
    return Problem("table", f"{place}：{message}", rule, str(value))


def _refused(problems: list[Problem]) -> Invalid:
    return Invalid(f"工作日历没有导入：表中有 {len(problems)} 处错误，请按行列改正后重新导入。", problems=problems)
