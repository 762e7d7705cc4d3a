"""Rosters as offices send them: a title above, headings of their own, blanks, totals and signatures below."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from tests.members.rosters import members

# the office's own headings, in its own order, for the columns of the template
OFFICE = {
    "序号": "序\n号", "姓名": "姓  名", "性别": "性别", "民族": "民 族", "出生日期": "出生\n年月", "公民身份号码": "身份证号码",
    "学历": "文化程度", "入党日期": "入党时间", "转正日期": "转正时间", "人员类别": "党员类别", "所在党组织": "所属党支部",
    "党内职务": "职务", "联系电话": "联系方式（手机）", "现居住地": "家庭住址", "单位": "工作单位及职务", "备注": "备　注",
}  # fmt: skip
CORNERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def office_lines(people: Sequence[Mapping[str, Any]], headings: Mapping[str, str] = OFFICE) -> list[list[Any]]:
    """The lines of such a sheet, from rows by the template's columns."""
    width = len(headings)
    table = [[person.get(column, "") for column in headings] for person in people]
    empty: list[Any] = [""] * width
    return [
        ["2026年党员名册", *empty[1:]],
        ["填报单位（盖章）：甲街道", *empty[1:]],
        empty,
        list(headings.values()),
        *table[:1],
        empty,
        *table[1:],
        [len(table) + 1, *empty[1:]],
        ["合计", f"{len(table)} 人", *empty[2:]],
        ["填表人：某某", "", "", "审核人：某某", *empty[4:]],
        ["注：本表由各支部填报。", *empty[1:]],
    ]


def office_workbook(lines: Sequence[Sequence[Any]], sheet: str = "Sheet1", cover: bool = True) -> bytes:
    """The lines as .xlsx, the title merged over the sheet, behind a cover sheet."""
    book = Workbook()
    if cover:
        book.active.title = "封面"
        book.active.append(["甲街道党员花名册"])
        worksheet = book.create_sheet(sheet)
    else:
        worksheet = book.active
        worksheet.title = sheet
    for line in lines:
        worksheet.append([value if value != "" else None for value in line])
    worksheet.merge_cells(f"A1:{CORNERS[len(lines[0]) - 1]}1")
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def office_text(lines: Sequence[Sequence[Any]], encoding: str, separator: str = ",") -> bytes:
    """The lines as a text table, the way Excel and WPS save one."""
    told = [
        separator.join(f'"{value}"' if "\n" in str(value) else str(value) for value in line) + "\r\n" for line in lines
    ]
    return "".join(told).encode(encoding)


def office_people() -> list[dict[str, Any]]:
    """The good members, in the words of an office; the branch by its name."""
    people = members()
    for person in people:
        person["所在党组织"] = person["所在党组织"].removeprefix("中共").replace("支部委员会", "党支部")
        person["入党日期"] = person["入党日期"].replace("-", ".")
        person["单位"] = "退休"
    return people
