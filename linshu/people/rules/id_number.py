"""GB 11643 citizen identity number (domain rule book 11): check digit, birth date, sex."""

import re
from dataclasses import dataclass
from datetime import date
from operator import mul

from linshu.errors import Invalid

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
SHAPE = re.compile(r"\d{15}|\d{17}[\dXx]", re.ASCII)


@dataclass(frozen=True)
class IdNumber:
    """A valid number and what it says."""

    value: str
    birth_date: date
    sex: str  # GB/T 2261.1: "1" male, "2" female


def resembles(text: str) -> bool:
    """Does it look like a number, valid or not? Such a text never stands in an address or a log."""
    return bool(SHAPE.fullmatch(text.strip()))


def check_digit(first_17: str) -> str:
    """Eighteenth character for the first seventeen digits."""
    return CHECK_DIGITS[sum(map(mul, map(int, first_17), WEIGHTS)) % 11]


def parse(raw: str, *, today: date, field: str = "id_number") -> IdNumber:
    """The number, its birth date and sex; Invalid names the broken rule and never repeats the value."""
    value = raw.strip().upper()
    if len(value) == 15 and value.isdigit():
        raise Invalid.field(field, "15 位旧号已停用，请填 18 位公民身份号码。", rule="GB 11643")
    if len(value) != 18 or not value[:17].isascii() or not value[:17].isdigit() or value[17] not in CHECK_DIGITS:
        raise Invalid.field(field, "公民身份号码应为 18 位：17 位数字加 1 位校验码（数字或 X）。", rule="GB 11643")
    try:
        born = date(int(value[6:10]), int(value[10:12]), int(value[12:14]))
    except ValueError:
        raise Invalid.field(field, "公民身份号码第 7 至 14 位不是有效的出生日期。", rule="GB 11643") from None
    if born > today:
        raise Invalid.field(field, "公民身份号码里的出生日期晚于今天。", rule="GB 11643")
    if check_digit(value[:17]) != value[17]:
        hint = (
            "号码末尾是 000，可能被 Excel 舍入，请把该列设为文本后重填。"
            if value.endswith("000")
            else "请对照证件重填。"
        )
        raise Invalid.field(field, f"公民身份号码的校验码不对，{hint}", rule="GB 11643")
    return IdNumber(value, born, "1" if int(value[16]) % 2 else "2")
