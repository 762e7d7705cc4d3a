"""``python -m tests.benchmarks.counting``: statements of each line on the tree of Linshu, as JSON; a process of its own,
because a process keeps to one database.
"""

import json
import sys

from django.core.management import call_command

from tests.benchmarks.setting import begin


def main() -> None:
    begin()
    from tests.benchmarks.browser import Browser
    from tests.benchmarks.reading import READER, query_counts

    call_command("migrate", verbosity=0)
    call_command("seed_demo", stdout=sys.stderr)
    print(json.dumps(query_counts(Browser(READER))))


if __name__ == "__main__":
    main()
