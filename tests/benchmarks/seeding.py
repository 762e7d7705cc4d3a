"""``python -m tests.benchmarks.seeding SIZE``: the tables and the fiction of a size, in a database of its own."""

import json
import sys

from django.core.management import call_command

from tests.benchmarks.setting import begin


def seed(size: str) -> None:
    """Nothing is written where something stands: what ``seed_demo`` has filled is measured as it is."""
    from organizations.models import Organization

    call_command("migrate", verbosity=0)
    if not Organization.objects.exists():
        call_command("seed_demo", size=size, stdout=sys.stderr)


if __name__ == "__main__":
    begin()
    seed(sys.argv[1])
    print(json.dumps({"size": sys.argv[1]}))
