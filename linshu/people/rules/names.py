"""How names of people are kept."""

import re

from linshu.words import tidy

DOTS = re.compile(r"\s*[·・•．.‧∙⋅●▪]\s*")
HAN = re.compile(r"[㐀-䶿一-鿿〇\U00020000-\U0003ffff]")
LOST_TWO = re.compile(r"(?<=[㐀-䶿一-鿿〇\U00020000-\U0003ffff])\s+(?=[㐀-䶿一-鿿〇\U00020000-\U0003ffff])")


def person_name(text: str) -> str:
    """张　三 becomes 张三, 买买提・艾力 买买提·艾力; names in Latin letters keep one space; nothing invisible stays."""
    told = tidy(text)
    if not HAN.search(told):
        return told
    return DOTS.sub("·", LOST_TWO.sub("", told)).strip("·")
