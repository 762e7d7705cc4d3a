"""How offices write things: one text in, the register's way of writing it out. Nothing here refuses anything."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from linshu.people.rules.names import person_name
from linshu.words import INVISIBLE, SPACES, WIDE, tidy

SYMBOLS = INVISIBLE | SPACES | WIDE
NOTHING = frozenset({"无", "/", "\\", "-", "--", "—", "——", "－", "空", "暂无", "没有", "N/A", "NULL", "None", "null"})
GUARDED = re.compile(r"'(?=[=+\-@\t])")  # how an exported text that begins like a formula is made harmless
NATIONS = re.compile(
    "汉|蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇"
    "|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺"
)
DAY = re.compile(
    r"(\d{4})[年./\-_,、。—](\d{1,2})[月./\-_,、。—](\d{1,2})[日号]?(?:[T]?0{1,2}:00(?::00(?:\.0+)?)?)?", re.ASCII
)
PACKED_DAY = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)", re.ASCII)
MONTH = re.compile(r"(\d{4})[年./\-_,、。—](\d{1,2})月?份?", re.ASCII)
PACKED_MONTH = re.compile(r"((?:19|20)\d\d)(\d\d)", re.ASCII)
SERIAL = re.compile(r"[1-5]\d{4}", re.ASCII)
EPOCH, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)  # day 0 of Excel's two calendars
NUMERAL = re.compile(r"[〇○零一二三四五六七八九十]+")
DIGITS = {word: str(value % 10) for value, word in enumerate("零一二三四五六七八九〇○")} | {"〇": "0", "○": "0"}
PHONE_MARKS = re.compile(r"[\s\-—()]")
PHONE_COUNTRY = re.compile(r"(?:\+|00)?86(?=1\d{10}$)", re.ASCII)
CROSSES = str.maketrans({"x": "X", "х": "X", "Х": "X", "×": "X", "✕": "X"})  # Cyrillic and signs typed for X


def clean(text: str) -> str:
    """A text as it is kept: no invisible signs, single spaces, half-width digits and letters."""
    return GUARDED.sub("", tidy(text), 1)


def guard(text: str) -> str:
    """A text as it is exported: harmless also in a table text (.csv), and read back by ``clean`` to what it was."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text


def bare(text: str) -> str:
    """A code, date or number: no spaces at all, everything half-width."""
    return "".join(text.translate(SYMBOLS).split())


def is_nothing(text: str) -> bool:
    """Do people write this for an empty cell?"""
    return not text or text in NOTHING


def name(text: str) -> str:
    """张　三 becomes 张三, 买买提・艾力 买买提·艾力; names in Latin letters keep one space."""
    return person_name(clean(text))


def ethnicity(text: str) -> str:
    """汉 becomes 汉族."""
    told = clean(text)
    return f"{told}族" if NATIONS.fullmatch(told) else told


def phone(text: str) -> str:
    """Digits only, without the country's own number."""
    return PHONE_COUNTRY.sub("", PHONE_MARKS.sub("", bare(text).lstrip("'’‘`")))


def identity(text: str) -> str:
    """No spaces, no apostrophe in front, the last sign a capital X."""
    return bare(text).strip("'’‘`\"").translate(CROSSES)


@dataclass(frozen=True)
class Day:
    """A day; not ``whole`` where only the month was written, and it is the first."""

    value: date
    whole: bool = True


@lru_cache(maxsize=10_000)
def day(text: str) -> Day | None:
    """The day a text means, None where it means none; ValueError where there is no such day."""
    told = bare(text)
    if found := DAY.fullmatch(told) or PACKED_DAY.fullmatch(told):
        year, month, of_month = (int(part) for part in found.groups())
        return Day(date(year, month, of_month))
    if SERIAL.fullmatch(told):
        return Day(from_serial(int(told)))
    if found := MONTH.fullmatch(told) or PACKED_MONTH.fullmatch(told):
        return Day(date(int(found[1]), int(found[2]), 1), whole=False)
    if NUMERAL.search(told):
        return day(NUMERAL.sub(_in_digits, told))
    return None


def from_serial(number: int, epoch: date = EPOCH) -> date:
    """The day Excel means by a number."""
    return epoch + timedelta(days=number)


def in_digits(text: str) -> str:
    """第十二支部 becomes 第12支部."""
    return NUMERAL.sub(_in_digits, text)


def _in_digits(found: re.Match[str]) -> str:
    told = found[0]
    if "十" not in told:
        return "".join(DIGITS[each] for each in told)
    tens, _, ones = told.partition("十")
    return f"{DIGITS.get(tens, '1')}{DIGITS.get(ones, '0')}"
