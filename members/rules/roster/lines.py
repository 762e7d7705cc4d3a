"""Lines below the headings that are no rows: totals, signatures, remarks, headings printed again."""

import re
from collections.abc import Mapping

from members.rules.roster.headings import KEYS, column_of
from members.rules.roster.shape import MEMBERS

FOOTER = re.compile(
    r"(合\s*计|总\s*计|小\s*计|共\s*计|填\s*表|填\s*报|制\s*表|审\s*核|审\s*批|复\s*核|联系人|负责人|单位负责人|支部书记签字"
    r"|备\s*注[:：]|说\s*明|注[:：]|注\d|※|党支部[（(]盖章|盖章|日\s*期[:：]|签\s*字)"
)
BLANK = "空行"
IDENTITY = {MEMBERS: "公民身份号码"}


def why_no_row(kind: str, cells: Mapping[str, str]) -> str:
    """Why the line is left out, in a word or two; empty for a row. ``cells`` are trimmed and by column."""
    filled = {column: text for column, text in cells.items() if text}
    if kind != MEMBERS:
        return ""
    if filled.keys() == {"序号"} and filled["序号"].isdecimal():
        return BLANK
    if column_of(kind, filled.get(KEYS[kind], "")) == KEYS[kind] and len(filled) > 1:
        return "重复的表头"
    if filled.get(IDENTITY[kind]):
        return ""
    first = next(iter(filled.values()))
    if FOOTER.match(first) or (len(filled) <= 2 and any(FOOTER.match(text) for text in filled.values())):
        return "表尾"
    if len(filled) == 1 and KEYS[kind] not in filled:
        return "只有一格文字"
    return ""
