"""Fictional residents: the same number is always the same person, and nobody is real (area 371399 does not exist)."""

from dataclasses import dataclass
from datetime import date, timedelta

from linshu.people.rules.id_number import check_digit

AREA = "371399"
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = {
    "1": ("建平", "立新", "志远", "海波", "永胜", "国栋", "文涛", "长河", "德民", "庆丰", "晓东", "春林", "振海"),
    "2": ("秀兰", "晓燕", "玉梅", "雅宁", "桂香", "静怡", "春华", "丽萍", "淑珍", "红霞", "梦洁", "爱莲", "凤霞"),
}
FIRST_BIRTH = date(1958, 2, 11)
DAYS_BETWEEN = 31  # every resident has a birthday of his own, so every ID number is there once
SEQUENCES = ("902", "901")  # women even, men odd; the roster ends far below


@dataclass(frozen=True)
class FictionalResident:
    """Sex as in GB/T 2261.1."""

    name: str
    sex: str
    birth_date: date
    id_number: str


def resident(number: int) -> FictionalResident:
    """The ``number``-th resident, from 0; women and men in turn."""
    sex = "1" if number % 2 else "2"
    given = GIVEN[sex]
    name = SURNAMES[number * 7 % len(SURNAMES)] + given[number // 2 % len(given)]
    born = FIRST_BIRTH + timedelta(days=DAYS_BETWEEN * number)
    first_17 = f"{AREA}{born:%Y%m%d}{SEQUENCES[number % 2]}"
    return FictionalResident(name, sex, born, first_17 + check_digit(first_17))
