"""``python -m tests.benchmarks.counting``: statements of each line on the tree of Linshu, as JSON; a process of its own,
because a process keeps to one database.
"""

import json

from tests.benchmarks.setting import begin


def main() -> None:
    begin()
    from tests.benchmarks.browser import Browser
    from tests.benchmarks.reading import READER, query_counts
    from tests.benchmarks.seeding import seed

    seed("linshu")
    print(json.dumps(query_counts(Browser(READER))))


if __name__ == "__main__":
    main()
