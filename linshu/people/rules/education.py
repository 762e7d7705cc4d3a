"""学历 in levels: offices write it in many ways (大学本科, 在职研究生, 中专), figures need a few."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Level:
    """A level with its name; an education that contains one of the words is of it."""

    code: str
    name: str
    words: tuple[str, ...] = ()


# From low to high, as structures are drawn.
LEVELS = (
    Level("primary", "小学及以下", ("小学", "文盲", "私塾")),
    Level("junior", "初中", ("初中",)),
    Level("secondary", "高中中专", ("高中", "中专", "中等", "中技", "中师", "技校", "职高")),
    Level("college", "大专", ("大专", "专科", "高职")),
    Level("bachelor", "本科", ("本科", "大学", "学士")),
    Level("postgraduate", "研究生", ("研究生", "硕士", "博士")),
)
UNKNOWN = Level("unknown", "学历不详")  # blank, or none of the words
NAMES = {level.code: level.name for level in (*LEVELS, UNKNOWN)}
# Which words decide where several stand: 大学专科 is 大专, 中等专科 is 中专, 研究生（大学同等学力） is 研究生.
DECIDING = ("postgraduate", "secondary", "college", "bachelor", "junior", "primary")
BY_CODE = {level.code: level for level in LEVELS}
