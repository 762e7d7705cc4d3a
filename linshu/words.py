"""How sentences speak, days as 2026年11月24日 wherever a rule or an event put them in as 2026-11-24; and how what was typed is kept."""

import re
from datetime import date

# What follows 写成 shows how to type a day and stays as it is typed.
_DAY = re.compile(r"(?<!写成 )(?<![\d-])(\d{4}-\d\d-\d\d)(?![\d-])(?: (?=[\u4e00-\u9fff]))?")
# Signs that take no room: soft hyphen, zero-width and joining signs, marks of direction, variants, tags. Copied from
# a chat or a web page, they make two names out of one that looks the same.
INVISIBLE = dict.fromkeys(
    [
        0x00AD, 0x034F, 0x061C, 0x180E, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070),
        *range(0xFE00, 0xFE10), *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0200),
    ]
)  # fmt: skip
SPACES = dict.fromkeys((0x00A0, 0x3000, *range(0x2000, 0x200B), 0x202F), " ")
WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # full-width ASCII
WIDE_LETTERS = {code: narrow for code, narrow in WIDE.items() if chr(narrow).isalnum()}
TEXT = INVISIBLE | SPACES | WIDE_LETTERS


def tidy(text: str) -> str:
    """A text of one line as it is kept: no invisible signs, single spaces, half-width digits and letters."""
    return " ".join(text.translate(TEXT).split())


def day_words(day: date) -> str:
    """2026年11月24日."""
    return f"{day.year}年{day.month}月{day.day}日"


def spoken(sentence: str) -> str:
    """The sentence with its days in words; what only looks like a day (2026-02-30) is left alone."""
    return _DAY.sub(_said, sentence)


def _said(found: re.Match[str]) -> str:
    try:
        return day_words(date.fromisoformat(found[1]))
    except ValueError:
        return found[0]
