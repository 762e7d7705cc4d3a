"""``python -m tests.benchmarks [--size county] [--only tree,list]``; DATABASE_URL names an empty PostgreSQL database, or
one that ``seed_demo`` has filled, which is measured as it is. Exit status 1 where a limit is broken.
"""

import argparse
import json
import os
import subprocess
import sys

from tests.benchmarks.setting import begin

SIZES = ("county", "city", "province")


def main() -> int:
    asked = _asked()
    begin()
    from tests.benchmarks.browser import Browser
    from tests.benchmarks.reading import READER, readings
    from tests.benchmarks.table import lines_of

    _seed(asked.size)
    small = _small_counts()
    absolute = asked.size == "county"
    found = list(readings(Browser(READER), small, absolute=absolute, only=set(asked.only)))
    print(f"\n规模 {asked.size}，毫秒；倍数为中位数与底线中位数之比")
    print("\n".join(lines_of(found)))
    return int(any(reading.problems for reading in found))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./test --benchmark")
    parser.add_argument("--size", choices=SIZES, default="county")
    parser.add_argument("--only", type=lambda text: text.split(","), default=[], help="codes of lines, with commas")
    return parser.parse_args()


def _seed(size: str) -> None:
    from django.core.management import call_command

    from organizations.models import Organization

    call_command("migrate", verbosity=0)
    if not Organization.objects.exists():
        call_command("seed_demo", size=size)


def _small_counts() -> dict[str, int]:
    """Statements of each line on the tree of Linshu, in a database beside the measured one."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname = 'linshu_counts'")
        if cursor.fetchone()[0]:
            cursor.execute("DROP DATABASE linshu_counts")
        cursor.execute("CREATE DATABASE linshu_counts")
    url = os.environ["DATABASE_URL"].rpartition("/")[0] + "/linshu_counts"
    command = [sys.executable, "-m", "tests.benchmarks.counting"]
    told = subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, stdout=subprocess.PIPE, check=True)
    counts: dict[str, int] = json.loads(told.stdout)
    return counts


if __name__ == "__main__":
    sys.exit(main())
