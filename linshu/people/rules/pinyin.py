"""Pinyin keys of a name. Surnames such as 曾, 仇, 单, 解, 查 have readings that a dictionary misses: all are kept."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain, islice, product

from pypinyin import Style, lazy_pinyin, pinyin
from pypinyin.core import Pinyin

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
WORDS = Pinyin().seg  # most words of a name are single characters: few, met again and again
KEPT = 20_000


def keys(name: str) -> tuple[str, str]:
    """Initials and sort key: the name is cut into words once."""
    words = WORDS(name)
    return _initials(name, words), _sort_key(name, words)


def initials(name: str) -> str:
    """Initials of every reading, blank-separated and framed by blanks: `` chx `` finds 陈华雪."""
    return _initials(name, WORDS(name))


def sort_key(name: str) -> str:
    """Pinyin of the surname's own reading, then the rest, then the characters to tell homophones apart."""
    return _sort_key(name, WORDS(name))


def _initials(name: str, words: Iterable[str]) -> str:
    readings = list(chain.from_iterable(map(_letters, words)))
    if name[:1] in SURNAMES and readings:
        readings[0] = [SURNAMES[name[0]][0], *readings[0]]
    joined = ("".join(letters).lower() for letters in product(*readings))
    return f" {' '.join(dict.fromkeys(islice(joined, MOST_READINGS)))} "


def _sort_key(name: str, words: Iterable[str]) -> str:
    syllables = list(chain.from_iterable(map(_syllables, words)))
    if name[:1] in SURNAMES and syllables:
        syllables[0] = SURNAMES[name[0]]
    return f"{' '.join(syllables)} {name}"[:120]


@lru_cache(maxsize=KEPT)
def _letters(word: str) -> list[list[str]]:
    return pinyin(word, style=Style.FIRST_LETTER, heteronym=True, errors="ignore", strict=False)


@lru_cache(maxsize=KEPT)
def _syllables(word: str) -> list[str]:
    return lazy_pinyin(word)
