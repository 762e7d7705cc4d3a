"""Fictional members and residents with ages, education and dates as a register has them; area 371399 does not exist."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from uuid import UUID

from linshu.demo.rules.names import person_name
from linshu.demo.rules.residents import AREA
from linshu.people.rules.id_number import check_digit
from linshu.workdays.rules.calendar import add_months, add_years
from members.rules.membership import NO_PROBATION

ADULT, OLDEST = 18, 92
TEN_YEARS, ONE_DAY = timedelta(days=3650), timedelta(days=1)
# share, youngest and oldest of a band of ages
AGES = ((0.17, 20, 35), (0.24, 35, 46), (0.26, 46, 60), (0.23, 60, 75), (0.10, 75, OLDEST))
EDUCATIONS = ("研究生", "大学本科", "大学专科", "中专", "高中", "初中", "小学")
EDUCATION_WEIGHTS = {35: (8, 48, 28, 6, 6, 4, 0), 60: (2, 24, 28, 16, 18, 11, 1), 120: (0, 6, 14, 14, 24, 30, 12)}
DESTINATIONS = ("上海市松江区", "江苏省苏州市", "浙江省宁波市", "北京市通州区", "广东省深圳市", "青岛市城阳区")
ROADS = ("振兴路", "滨海路", "常林大街", "沭新街", "青云街", "沭河东路", "育新街")
PROBATIONARY, MOBILE, WOMEN = 0.02, 0.07, 0.33


@dataclass(frozen=True)
class FictionalPerson:
    """Plain values of a person; sex as in GB/T 2261.1."""

    uuid: UUID
    name: str
    sex: str
    birth_date: date
    id_number: str
    phone: str
    address: str
    ethnicity: str
    education: str
    died_on: date | None = None


@dataclass(frozen=True)
class Admitted:
    """When somebody joined and became full; still probationary without ``full_on``."""

    joined_on: date
    full_on: date | None


class Population:
    """Makes people one after another; every identity number is given once."""

    def __init__(self, random: Random, today: date) -> None:
        self.random, self.today = random, today
        self._sequences: Counter[tuple[date, str]] = Counter()

    def person(self, *, place: str, died_after: date | None = None) -> FictionalPerson:
        """Somebody of full age who lives in the place, or who died there in the last ten years, after the day."""
        random = self.random
        sex = "2" if random.random() < WOMEN else "1"
        name, ethnicity = person_name(random, sex)
        born = self._birth(oldest=died_after is not None)
        died = self._day(max(self.today - TEN_YEARS, died_after + ONE_DAY), self.today) if died_after else None
        return FictionalPerson(
            UUID(int=random.getrandbits(128), version=4), name, sex, born, self._number(born, sex),
            f"199{random.randrange(10**8):08d}", f"临沭县{place}{random.choice(ROADS)}{random.randrange(1, 300)}号",
            ethnicity, self._education(born), died,
        )  # fmt: skip

    def admitted(self, person: FictionalPerson) -> Admitted:
        """Joined between 19 and 45 and before death; without probation in the years that knew none."""
        if person.died_on is None and self.random.random() < PROBATIONARY:
            grown = max(self.today - timedelta(days=360), add_years(person.birth_date, ADULT))
            return Admitted(self._day(grown, self.today), None)
        end = min(add_years(person.birth_date, 45), add_months(person.died_on or self.today, -14))
        joined = self._day(min(add_years(person.birth_date, 19), end), end)
        if NO_PROBATION[0] <= joined <= NO_PROBATION[1]:
            return Admitted(joined, joined)
        return Admitted(joined, add_months(joined, 12))

    def destination(self) -> str:
        """Where a mobile member has gone; empty for the others."""
        return self.random.choice(DESTINATIONS) if self.random.random() < MOBILE else ""

    def _birth(self, *, oldest: bool) -> date:
        shares = [share for share, *_ in AGES]
        _, young, old = AGES[-1] if oldest else self.random.choices(AGES, shares)[0]
        return self._day(add_years(self.today, -old), add_years(self.today, -young))

    def _education(self, born: date) -> str:
        age = self.today.year - born.year
        weights = next(weights for most, weights in EDUCATION_WEIGHTS.items() if age <= most)
        return self.random.choices(EDUCATIONS, weights)[0]

    def _number(self, born: date, sex: str) -> str:
        """The next number of the birthday: odd for men, even for women."""
        self._sequences[born, sex] += 1
        sequence = self._sequences[born, sex] * 2 - (1 if sex == "1" else 0)
        first_17 = f"{AREA}{born:%Y%m%d}{sequence:03d}"
        return first_17 + check_digit(first_17)

    def _day(self, first: date, last: date) -> date:
        return first + timedelta(days=self.random.randrange((last - first).days + 1))
