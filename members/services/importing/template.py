"""The empty roster: sheets and headings as the import reads them, cells made ready for typing, and how to fill it in."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from members.rules.roster.headings import REQUIRED
from members.rules.roster.shape import COLUMNS, MEMBERS, ORGANIZATIONS
from organizations.rules.kinds import KINDS, Kind
from organizations.rules.posts import titles_of

NAME = "党员名册模板.xlsx"
MANUAL = "填表说明"
TYPED_ROWS = 5000
TEXT = "@"  # Excel rounds a long number unless the cell is text before it is typed
CHOICES = {"性别": "男,女", "人员类别": "正式党员,预备党员", "是否流动党员": "是,否"}
HOW = {
    "序号": "可不填，导入时不使用。",
    "姓名": "与身份证一致；少数民族姓名用“·”连接。",
    "性别": "男或女，须与公民身份号码一致。",
    "民族": "写全称，汉族写“汉族”。",
    "公民身份号码": "18 位，单元格已设为文本，请勿改成数字；末位是 X 的写大写。",
    "学历": "如大学本科、大学专科、高中、初中。",
    "入党日期": "支部大会通过接收为预备党员的日期，写成年-月-日。",
    "转正日期": "正式党员必填；预备党员留空。1969 年 4 月至 1977 年 8 月入党的可与入党日期相同。",
    "人员类别": "正式党员或预备党员。",
    "所在党组织编码": "党员所在支部的编码；不清楚编码的，可只填“所在党组织”。",
    "所在党组织": "支部全称，或只有一个支部使用的简称；与编码都填的，两者须一致。",
    "党小组编码": "编入党小组的填写，可填编码或党小组名称；没有的留空。",
    "党内职务": f"{'、'.join(titles_of(Kind.BRANCH))}；兼任的用顿号隔开，没有的留空。",
    "联系电话": "11 位手机号；没有的留空。",
    "现居住地": "写到门牌。",
    "是否流动党员": "是或否；留空按“否”。",
    "流向": "流动党员必填，写到县区；不是流动党员的留空。",
    "备注": "不超过 200 个字。",
    "组织编码": "全县唯一，设立后不改。",
    "组织全称": "批准设立时的全称。",
    "组织类型": f"只能填：{'、'.join(spec.label for spec in KINDS.values())}。",
    "上级组织编码": "上级组织的编码；县委留空。",
    "成立日期": "写成年-月-日。",
    "本届起始日期": "有任期的填写；社区和党小组留空。",
    "任期(年)": "与本届起始日期一同填写。",
}
GENERAL = (
    "没有列出的人保持原样：导入不删除任何人。去世、转出请在系统里办理。",
    "没有的列可以整列删去，删去的列不改动系统里的内容；留着列而不填，是把内容清空。",
    "只新增或更正党员的，不必填“党组织”表。",
    "不要写公式；不要加密码；另存为 .xlsx 或 .csv。",
)


def template() -> bytes:
    """The workbook."""
    book = Workbook()
    book.remove(book.active)
    for name in (MEMBERS, ORGANIZATIONS):
        _write_sheet(book.create_sheet(name), COLUMNS[name])
    _write_manual(book.create_sheet(MANUAL))
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _write_sheet(sheet: Worksheet, columns: tuple[str, ...]) -> None:
    sheet.append(columns)
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns, start=1):
        letter = get_column_letter(place)
        sheet[f"{letter}1"].font = Font(bold=True)
        sheet.column_dimensions[letter].width = 22 if column in ("公民身份号码", "所在党组织", "组织全称") else 14
        for row in range(2, 202):
            sheet[f"{letter}{row}"].number_format = TEXT
        sheet.column_dimensions[letter].number_format = TEXT
        if column in CHOICES:
            choice = DataValidation(type="list", formula1=f'"{CHOICES[column]}"', allow_blank=True)
            choice.add(f"{letter}2:{letter}{TYPED_ROWS}")
            sheet.add_data_validation(choice)


def _write_manual(sheet: Worksheet) -> None:
    sheet.append(("工作表", "列", "是否必填", "怎样填"))
    for name in (MEMBERS, ORGANIZATIONS):
        required = {column for group in REQUIRED[name] for column in group if len(group) == 1}
        either = {column for group in REQUIRED[name] for column in group if len(group) > 1}
        for column in COLUMNS[name]:
            need = "必填" if column in required else "两列填一列" if column in either else "可不填"
            sheet.append((name, column, need, HOW[column]))
    for sentence in GENERAL:
        sheet.append(("", "", "", sentence))
    for letter, width in zip("ABCD", (10, 18, 12, 90), strict=True):
        sheet.column_dimensions[letter].width = width
        sheet[f"{letter}1"].font = Font(bold=True)
    for row in sheet.iter_rows(min_row=2, min_col=4, max_col=4):
        row[0].alignment = Alignment(wrap_text=True, vertical="top")
