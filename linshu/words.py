"""How sentences speak: days as 2026年11月24日, wherever a rule or an event put them in as 2026-11-24."""

import re
from datetime import date

# What follows 写成 shows how to type a day and stays as it is typed.
_DAY = re.compile(r"(?<!写成 )(?<![\d-])(\d{4}-\d\d-\d\d)(?![\d-])(?: (?=[\u4e00-\u9fff]))?")


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
