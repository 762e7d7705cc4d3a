"""Ages of the register: those a list is narrowed to, and the bands of the structure."""

from dataclasses import dataclass
from datetime import date

from members.rules.membership import latest_birth


@dataclass(frozen=True)
class Ages:
    """From ``least`` to ``most`` years reached, both included; None: no such bound."""

    least: int
    most: int | None = None

    @property
    def code(self) -> str:
        """As the address says it: 36-45; 70 for 70 and over."""
        return str(self.least) if self.most is None else f"{self.least}-{self.most}"

    @property
    def name(self) -> str:
        if self.most is None:
            return f"{self.least} 岁及以上"
        return f"{self.least} 至 {self.most} 岁" if self.least else f"{self.most} 岁及以下"

    def born(self, day: date) -> tuple[date | None, date]:
        """Born after the first day (None: any) and on or before the second is of these ages on ``day``."""
        after = None if self.most is None else latest_birth(day, self.most + 1)
        return after, latest_birth(day, self.least)


ELDERLY = Ages(60)
BANDS = (Ages(0, 35), Ages(36, 45), Ages(46, 59), Ages(60, 69), Ages(70))  # everybody is in one
AGES = {each.code: each for each in (*BANDS, ELDERLY)}
