"""Small rosters to break one thing in."""

from io import BytesIO
from typing import Any

from openpyxl import Workbook

from linshu.people.rules.id_number import check_digit
from members.rules.roster.shape import COLUMNS, MEMBERS, ORGANIZATIONS, Row, Sheet


def numbered(first_17: str) -> str:
    """The fictional number with its check digit."""
    return first_17 + check_digit(first_17)


WOMAN, MAN, YOUTH = numbered("37139919570109002"), numbered("37139919691207007"), numbered("37139920000101001")


def organizations() -> list[dict[str, Any]]:
    """A county, a street, a 总支 with an area branch and its group, and a community with a branch."""
    rows = (
        ("A", "中共测试县委员会", "县委", "", "1949-10-01", "", ""),
        ("A-1", "中共甲街道工作委员会", "街道党工委", "A", "2001-03-01", "", ""),
        ("A-1-1", "中共甲社区总支部委员会", "社区党总支", "A-1", "2011-06-18", "2023-12-10", "5"),
        ("A-1-1-1", "中共甲社区东片区支部委员会", "片区党支部", "A-1-1", "2011-06-18", "2023-12-10", "5"),
        ("A-1-1-1-1", "甲社区东片区第1党小组", "党小组", "A-1-1-1", "2011-07-01", "", ""),
        ("A-1-2", "乙社区", "社区", "A-1", "2010-05-01", "", ""),
        ("A-1-2-1", "中共乙社区第一支部", "社区党支部", "A-1-2", "2010-05-18", "", ""),
    )
    return [dict(zip(COLUMNS[ORGANIZATIONS], row, strict=True)) for row in rows]


def member(number: str = WOMAN, **changes: Any) -> dict[str, Any]:
    """A full member of the area branch's group, 书记; ``changes`` by column."""
    row = {
        "序号": "1", "姓名": "陈华雪", "性别": "女", "民族": "汉族", "公民身份号码": number, "学历": "研究生",
        "入党日期": "1992-05-26", "转正日期": "1993-05-26", "人员类别": "正式党员", "所在党组织编码": "A-1-1-1",
        "所在党组织": "中共甲社区东片区支部委员会", "党小组编码": "A-1-1-1-1", "党内职务": "书记",
        "联系电话": "19900000001", "现居住地": "临沭县滨海路15号", "是否流动党员": "否", "流向": "", "备注": "",
    }  # fmt: skip
    return row | changes


def members() -> list[dict[str, Any]]:
    """A 书记, a mobile member, a probationary one in the other community."""
    elsewhere = {
        "所在党组织编码": "A-1-2-1", "所在党组织": "中共乙社区第一支部", "党小组编码": "", "党内职务": "",
        "转正日期": "", "人员类别": "预备党员", "入党日期": "2026-03-15",
    }  # fmt: skip
    mobile = {"是否流动党员": "是", "流向": "上海市松江区", "党内职务": "", "党小组编码": ""}
    return [
        member(),
        member(MAN, 姓名="魏军平", 性别="男", 联系电话="19900000002", **mobile),
        member(YOUTH, 姓名="许志远", 性别="男", 联系电话="19900000003", **elsewhere),
    ]


def sheets(nodes: list[dict[str, Any]], people: list[dict[str, Any]]) -> list[Sheet]:
    """As the reader hands them to the rules; headings are line 1."""
    return [_sheet(ORGANIZATIONS, nodes), _sheet(MEMBERS, people)]


def _sheet(name: str, rows: list[dict[str, Any]]) -> Sheet:
    told = [
        Row(name, number, {column: str(value) for column, value in row.items()}) for number, row in enumerate(rows, 2)
    ]
    return Sheet(name, COLUMNS[name], tuple(told))


def workbook(nodes: list[dict[str, Any]] | None = None, people: list[dict[str, Any]] | None = None) -> bytes:
    """The roster as a file, with the columns that its first row has."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in ((ORGANIZATIONS, nodes), (MEMBERS, people)):
        given = rows if rows is not None else (organizations() if name == ORGANIZATIONS else members())
        sheet = book.create_sheet(name)
        columns = [column for column in COLUMNS[name] if not given or column in given[0]]
        sheet.append(columns)
        for row in given:
            sheet.append([row[column] if row[column] != "" else None for column in columns])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def row(**changes: Any) -> Row:
    """A single row of 党员 as the reader hands it on; ``None`` takes a column out of the file."""
    told = {column: value for column, value in member(**changes).items() if value is not None}
    return Row(MEMBERS, 2, told)
