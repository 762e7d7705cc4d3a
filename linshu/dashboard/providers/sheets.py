"""The tables of a dashboard as sheets of a workbook."""

from collections.abc import Iterator, Sequence

from linshu.dashboard.providers import findings
from linshu.dashboard.providers.board import Board
from linshu.sheets import SheetData

FINDING_COLUMNS = ("组织", "所在社区", "结果", "要办的事", "现在的情况", "依据", "现有", "规则", "期限")
FINDING_WIDTHS = (28, 20, 8, 28, 48, 48, 8, 16, 12)


def board_sheets(board: Board) -> list[SheetData]:
    """Everything on the page, table by table."""
    lines = findings.rows(board.ground, board.found)
    last = board.compared_with
    strip = [(each.name, each.number, each.before, each.unit, each.note) for each in board.strip]
    ends = [(each.words, each.count, each.first, each.last) for each in board.endings]
    years = [(each.point.day, each.point.total, each.point.full, each.point.probationary) for each in board.trend.years]
    parts = [
        (some.name, each.name, each.cell.number, each.percent, each.before, some.left_out + some.note)
        for some in board.structures
        for each in some.parts
    ]
    return [
        SheetData("合计", ("指标", "数", f"{last}", "单位", "说明"), strip, (20, 10, 14, 8, 60)),
        SheetData(board.caption, ("名称", "上级", *_heads(board)), list(_table(board)), (24, 20)),
        findings_sheet(lines),
        SheetData("届期", ("届满情况", "组织数", "最早届满", "最晚届满"), ends, (20, 10, 14, 14)),
        SheetData("历年党员", ("截至", "党员", "正式党员", "预备党员"), years, (14, 10, 12, 12)),
        SheetData("结构", ("结构", "分组", "人数", "占比（%）", f"{last}", "说明"), parts, (14, 18, 10, 12, 14, 60)),
    ]


def findings_sheet(lines: Sequence[findings.Line]) -> SheetData:
    """The list of findings, as the page tells it."""
    return SheetData("规则检查", FINDING_COLUMNS, list(map(_finding, lines)), FINDING_WIDTHS)


def _heads(board: Board) -> list[str]:
    return [f"{each.head}（{each.unit}）" for each in board.table.columns]


def _table(board: Board) -> Iterator[tuple[object, ...]]:
    for line in board.table.lines:
        yield line.name, line.above, *(cell.number for cell in line.cells)
    yield "合计", "", *(cell.number for cell in board.table.total.cells)
    if board.table.note:
        yield (board.table.note,)


def _finding(line: findings.Line) -> tuple[object, ...]:
    found = line.found.finding
    return (
        line.place, line.above, line.found.level_word, line.title, found.sentence, found.basis, found.figure,
        found.limit, found.due_on,
    )  # fmt: skip
