"""``python -m tests.benchmarks [--size county] [--only tree,list,import,memory]``; DATABASE_URL names an empty PostgreSQL
database, or one that ``seed_demo`` has filled. Exit status 1 where a limit is broken.
"""

import argparse
import sys
from statistics import median

from tests.benchmarks.setting import begin

SIZES = ("county", "city", "province")
LOADS, MEMORY = "import", "memory"


def main() -> int:
    asked = _asked()
    begin()
    from tests.benchmarks.databases import fresh, told_by
    from tests.benchmarks.seeding import seed

    seed(asked.size)
    with fresh("linshu_counts") as other:
        small = told_by("counting", environment=other)
    problems = _read(asked, small)
    return int(_loaded(asked) or problems)


def _read(asked: argparse.Namespace, small: dict[str, int]) -> bool:
    """Pages and answers."""
    from tests.benchmarks.browser import Browser
    from tests.benchmarks.reading import READER, readings
    from tests.benchmarks.table import lines_of

    found = list(readings(Browser(READER), small, absolute=asked.size == "county", only=set(asked.only)))
    if found:
        print(f"\n规模 {asked.size}，毫秒；倍数为中位数与底线中位数之比")
        if asked.size == "county":
            times = median(each.slowness for each in found)
            print(f"本机比给出限值时的机器慢 {times:.1f} 倍（每项前后各测一次），限值按此折算")
        print("\n".join(lines_of(found)), flush=True)
    return any(reading.problems for reading in found)


def _loaded(asked: argparse.Namespace) -> bool:
    """Long work; the memory of it only where a county is the measure, against a city."""
    from linshu.demo.rules.sizes import BULK
    from tests.benchmarks.loading import loads, memory
    from tests.benchmarks.table import loads_of

    wanted = {LOADS, MEMORY} if not asked.only else {LOADS, MEMORY} & set(asked.only)
    if not wanted:
        return False
    found = list(loads(BULK[asked.size].all_members, absolute=asked.size == "county"))
    if MEMORY in wanted and asked.size == "county":
        found += memory(found)
    print()
    print("\n".join(loads_of(found)), flush=True)
    return any(load.problems for load in found)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./test --benchmark")
    parser.add_argument("--size", choices=SIZES, default="county")
    parser.add_argument("--only", type=lambda text: text.split(","), default=[], help="codes of lines, with commas")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
