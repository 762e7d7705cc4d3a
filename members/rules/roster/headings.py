"""Headings of a roster: which line they stand in, and which column each of them means, whatever the office wrote."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from members.rules.roster.shape import MEMBERS, ORGANIZATIONS

ALIASES: dict[str, dict[str, tuple[str, ...]]] = {
    MEMBERS: {
        "序号": ("编号", "序", "NO", "NO."),
        "姓名": ("党员姓名", "名字", "本人姓名"),
        "性别": (),
        "民族": ("族别",),
        "公民身份号码": ("身份证号", "身份证号码", "公民身份证号码", "公民身份证号", "居民身份证号码", "居民身份证号", "身份证", "证件号码", "身份号码"),
        "出生日期": ("出生年月", "出生年月日", "出生时间", "生日"),
        "学历": ("文化程度", "最高学历", "学历情况", "受教育程度"),
        "入党日期": ("入党时间", "入党年月", "入党年月日", "加入党组织日期", "加入党组织时间", "加入中共组织日期", "加入中共组织时间", "加入中国共产党日期", "加入中国共产党时间"),
        "转正日期": ("转正时间", "转正年月", "转为正式党员日期", "转为正式党员时间", "转正年月日"),
        "人员类别": ("党员类别", "党员类型", "类别", "人员类型", "党员身份"),
        "所在党组织编码": ("党组织编码", "支部编码", "党支部编码", "所在支部编码", "所属支部编码", "组织编码", "党组织代码", "支部代码", "所在党支部编码", "所在党组织代码"),
        "所在党组织": ("所在支部", "所在党支部", "所属支部", "所属党支部", "所属党组织", "支部名称", "党支部名称", "党支部", "支部", "党组织名称", "所在党组织名称", "组织关系所在党支部", "组织关系所在支部", "所在支部名称"),
        "党小组编码": ("小组编码", "党小组代码"),
        "党小组": ("所在党小组", "所属党小组", "党小组名称", "小组"),
        "党内职务": ("职务", "党内任职", "支部职务", "党组织职务", "党务职务"),
        "联系电话": ("手机", "手机号", "手机号码", "联系方式", "电话", "电话号码", "本人电话", "移动电话", "联系手机"),
        "现居住地": ("家庭住址", "现住址", "住址", "家庭地址", "居住地址", "现居住地址", "居住地", "详细住址", "地址", "现家庭住址"),
        "是否流动党员": ("流动党员", "是否为流动党员", "是否流动", "是否系流动党员"),
        "流向": ("流动去向", "外出流向", "流入地", "流动地点", "外出地点", "流出地点", "去向"),
        "备注": ("备注说明", "说明", "其他"),
    },
    ORGANIZATIONS: {
        "组织编码": ("党组织编码", "编码", "组织代码", "党组织代码"),
        "组织全称": ("党组织全称", "组织名称", "党组织名称", "全称"),
        "组织类型": ("组织类别", "党组织类别", "类型", "党组织类型"),
        "上级组织编码": ("上级编码", "上级党组织编码", "上级组织代码"),
        "成立日期": ("成立时间", "建立日期", "批准成立日期"),
        "本届起始日期": ("本届起始时间", "换届日期", "本届开始日期", "换届时间"),
        "任期(年)": ("任期", "任期年数", "任期年限"),
    },
}  # fmt: skip
REQUIRED: dict[str, tuple[tuple[str, ...], ...]] = {  # of each group one column must be there
    MEMBERS: (
        ("姓名",), ("公民身份号码",), ("人员类别",), ("入党日期",), ("转正日期",), ("所在党组织编码", "所在党组织"),
    ),
    ORGANIZATIONS: (("组织编码",), ("组织全称",), ("组织类型",), ("上级组织编码",), ("成立日期",)),
}  # fmt: skip
LEAST = 3  # known headings that make a line the line of headings
KEYS = {MEMBERS: "姓名", ORGANIZATIONS: "组织全称"}
IGNORED = re.compile(r"[\s*:]|\u200b|\ufeff")
BRACKETS = re.compile(r"\([^()]*\)$")


@dataclass(frozen=True)
class Headings:
    """A line of headings: the column that each place means (empty where none), and the words as written."""

    kind: str
    number: int
    columns: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def written(self) -> dict[str, str]:
        """By column, the heading as the office wrote it."""
        return {column: word for column, word in zip(self.columns, self.words, strict=True) if column}

    @property
    def unknown(self) -> list[str]:
        """Headings that mean none of the columns."""
        return [word for column, word in zip(self.columns, self.words, strict=True) if word and not column]

    @property
    def missing(self) -> list[str]:
        """Columns without which no row can be read."""
        return ["或".join(group) for group in REQUIRED[self.kind] if not set(group) & set(self.columns)]

    @property
    def repeated(self) -> list[str]:
        """Headings that mean a column which an earlier one means already."""
        seen: set[str] = set()
        told = []
        for column, word in zip(self.columns, self.words, strict=True):
            if column in seen:
                told.append(word)
            seen |= {column} - {""}
        return told


def recognise(number: int, texts: Sequence[str]) -> Headings | None:
    """The headings in a line, where it is one: at least three of a kind, 姓名 or 组织全称 among them."""
    found = [_read(kind, number, texts) for kind in (MEMBERS, ORGANIZATIONS)]
    best = max(found, key=lambda each: len(set(each.columns) - {""}))
    return best if KEYS[best.kind] in best.columns and len(set(best.columns) - {""}) >= LEAST else None


def _read(kind: str, number: int, texts: Sequence[str]) -> Headings:
    columns = [column_of(kind, text) for text in texts]
    words = [" ".join(text.split()) for text in texts]
    while words and not words[-1]:
        words.pop()
    return Headings(kind, number, tuple(columns[: len(words)]), tuple(words))


def column_of(kind: str, text: str) -> str:
    """The column a heading means: line breaks, spaces, full-width letters and a remark in brackets aside."""
    word = _plain(text)
    return MEANINGS[kind].get(word) or MEANINGS[kind].get(BRACKETS.sub("", word), "")


def _plain(text: str) -> str:
    return IGNORED.sub("", unicodedata.normalize("NFKC", text)).upper()


MEANINGS = {
    kind: {_plain(alias): column for column, others in columns.items() for alias in (column, *others)}
    for kind, columns in ALIASES.items()
}
