"""Pinyin keys of a name. Surnames such as 曾, 仇, 单, 解, 查 have readings that a dictionary misses: all are kept."""

from itertools import islice, product

from pypinyin import Style, lazy_pinyin, pinyin

SURNAMES = {
    "曾": "zeng",
    "仇": "qiu",
    "单": "shan",
    "解": "xie",
    "查": "zha",
    "盖": "ge",
    "区": "ou",
    "朴": "piao",
    "任": "ren",
    "华": "hua",
}
MOST_READINGS = 8


def initials(name: str) -> str:
    """Initials of every reading, blank-separated and framed by blanks: `` chx `` finds 陈华雪."""
    readings = pinyin(name, style=Style.FIRST_LETTER, heteronym=True, errors="ignore", strict=False)
    if name[:1] in SURNAMES and readings:
        readings[0] = [SURNAMES[name[0]][0], *readings[0]]
    joined = ("".join(letters).lower() for letters in product(*readings))
    return f" {' '.join(dict.fromkeys(islice(joined, MOST_READINGS)))} "


def sort_key(name: str) -> str:
    """Pinyin of the surname's own reading, then the rest, then the characters to tell homophones apart."""
    syllables = lazy_pinyin(name)
    if name[:1] in SURNAMES and syllables:
        syllables[0] = SURNAMES[name[0]]
    return f"{' '.join(syllables)} {name}"[:120]
