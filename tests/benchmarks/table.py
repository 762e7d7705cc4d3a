"""Results and the one table they are printed in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import quantiles
from unicodedata import east_asian_width

PAGE, REST = "页面", "接口"
RATIOS = {PAGE: 3.0, REST: 2.0}
HEADINGS = ("项目", "中位", "95%", "限值", "折算", "底线", "倍数", "倍数限", "语句", "小树语句", "结论")


@dataclass(frozen=True)
class Times:
    """Milliseconds of many rounds."""

    rounds: Sequence[float]

    @property
    def p50(self) -> float:
        return quantiles(self.rounds, n=100, method="inclusive")[49]

    @property
    def p95(self) -> float:
        return quantiles(self.rounds, n=100, method="inclusive")[94]


@dataclass(frozen=True)
class Reading:
    """A page or answer beside its floor. ``limit``: milliseconds that 95 of 100 keep under, at 60,000 members; above,
    where it is None, the ratio binds. ``slowness`` stretches it on a machine slower than the one it was given for."""

    name: str
    kind: str
    measured: Times
    floor: Times
    limit: float | None
    queries: int
    small_queries: int
    most_queries: int | None = None
    slowness: float = 1.0

    @property
    def allowed(self) -> float | None:
        """The limit here."""
        return None if self.limit is None else self.limit * self.slowness

    @property
    def ratio(self) -> float:
        return self.measured.p50 / self.floor.p50

    @property
    def problems(self) -> list[str]:
        """What is over its limit, in words; empty where all is kept."""
        broken = {
            "超过限值": self.allowed is not None and self.measured.p95 > self.allowed,
            "超过倍数": self.limit is None and self.ratio > RATIOS[self.kind],
            f"语句多于 {self.most_queries} 条": self.most_queries is not None and self.queries > self.most_queries,
            "语句随规模变": self.queries != self.small_queries,
        }
        return [problem for problem, is_so in broken.items() if is_so]

    def cells(self) -> tuple[str, ...]:
        return (
            self.name, f"{self.measured.p50:.1f}", f"{self.measured.p95:.1f}",
            f"{self.limit:.0f}" if self.limit else "—", f"{self.allowed:.0f}" if self.allowed else "—",
            f"{self.floor.p50:.1f}", f"{self.ratio:.2f}",
            f"{RATIOS[self.kind]:.0f}", str(self.queries), str(self.small_queries),
            "、".join(self.problems) or "达到",
        )  # fmt: skip


@dataclass(frozen=True)
class Load:
    """One long piece of work: rows, seconds, megabytes of its process at most. ``least``: rows a second; None: any."""

    name: str
    rows: int
    seconds: float
    megabytes: float
    least: float | None = None
    most_megabytes: float | None = None
    share: float | None = None
    slowness: float = 1.0

    @property
    def wanted(self) -> float | None:
        """The least speed here."""
        return None if self.least is None else self.least / self.slowness

    @property
    def speed(self) -> float:
        return self.rows / self.seconds

    @property
    def problems(self) -> list[str]:
        broken = {
            "慢于限值": self.wanted is not None and self.speed < self.wanted,
            f"内存多于 {self.most_megabytes:.0f} MB" if self.most_megabytes else "": self.most_megabytes is not None
            and self.megabytes > self.most_megabytes,
        }
        return [problem for problem, is_so in broken.items() if is_so]

    def cells(self) -> tuple[str, ...]:
        return (
            self.name, str(self.rows), f"{self.seconds:.0f}", f"{self.speed:.0f}",
            f"{self.least:.0f}" if self.least else "—", f"{self.wanted:.0f}" if self.wanted else "—", f"{self.share:.0%}" if self.share else "—",
            f"{self.megabytes:.0f}", "、".join(self.problems) or "达到",
        )  # fmt: skip


LOAD_HEADINGS = ("项目", "行数", "秒", "行/秒", "限值", "折算", "为裸写的", "内存 MB", "结论")


def loads_of(loads: Iterable[Load]) -> list[str]:
    """The table of long work."""
    return aligned([LOAD_HEADINGS, *(load.cells() for load in loads)])


def lines_of(readings: Iterable[Reading]) -> list[str]:
    """The table, columns aligned: a Chinese character is as wide as two letters."""
    rows = [HEADINGS, *(reading.cells() for reading in readings)]
    return aligned(rows)


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Names and verdicts to the left, numbers to the right."""
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    last = len(widths) - 1
    told = []
    for row in rows:
        cells = [_padded(cell, widths[n], left=n in (0, last)) for n, cell in enumerate(row)]
        told.append("  ".join(cells).rstrip())
    return told


def _padded(text: str, width: int, *, left: bool) -> str:
    gap = " " * (width - _width(text))
    return text + gap if left else gap + text


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
