"""``python -m tests.benchmarks.loads export|import|bare FILE``: one long piece of work in a process of its own, so that
its memory is its own; the outcome is printed as JSON.
"""

import gc
import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from tests.benchmarks.setting import begin

EXPORTER = "county_admin"
STATUS = Path("/proc/self/status")


def main() -> None:
    what, file = sys.argv[1:]
    begin()
    work: dict[str, Callable[[Path], Callable[[], int]]] = {"export": _export, "import": _import, "bare": _bare}
    run = work[what](Path(file))
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    began = perf_counter()
    rows = run()
    took = perf_counter() - began
    print(json.dumps({"rows": rows, "seconds": took, "megabytes": _memory("VmHWM")}))


def _export(file: Path) -> Callable[[], int]:
    """Everybody on the register, in full, with reason and audit, into a sealed file; ``file`` gets it in the clear."""
    from django.utils import timezone

    from linshu.files.services import chunks_of
    from linshu.grants.services import actor_of
    from linshu.people.models import User
    from members.services.exporting import Selection, request_export, write_export

    now = timezone.now()
    actor = actor_of(User.objects.get(username=EXPORTER), day=timezone.localdate(now))

    def run() -> int:
        export = request_export(
            selection=Selection(timezone.localdate(now)), reason="测速：全量导出", by=actor, now=now
        )
        write_export(export=export, progress=lambda done, total, sentence: None, by=actor, now=now)
        with file.open("wb") as copy:
            copy.writelines(chunks_of(export.file))
        return export.rows

    return run


def _import(file: Path) -> Callable[[], int]:
    """The exported roster into an empty database: organisations, members, posts, with checks, sealing and audit."""
    from django.core.management import call_command
    from django.utils import timezone

    from linshu.scope import SYSTEM
    from members.services.importing import import_roster

    call_command("migrate", verbosity=0)
    gc.freeze()  # as the command and the workers do

    def run() -> int:
        with file.open("rb") as content:
            return import_roster(content=content, by=SYSTEM, now=timezone.now()).members

    return run


def _bare(file: Path) -> Callable[[], int]:
    """As many persons and memberships by ``bulk_create`` alone, ready made, then taken back."""
    from uuid import uuid4

    from django.db import transaction

    from linshu.people.models import Person
    from members.models import Membership
    from organizations.models import OPEN_END

    memberships = list(Membership.objects.filter(valid_to=OPEN_END).select_related("person")[:60_000])
    people = [each.person for each in memberships]
    for person in people:
        person.pk, person.uuid, person.id_number_index = None, uuid4(), None

    def run() -> int:
        with transaction.atomic():
            Person.objects.bulk_create(people, batch_size=1000)
            for each in memberships:
                each.pk, each.person_id = None, each.person.pk
            Membership.objects.bulk_create(memberships, batch_size=1000)
            transaction.set_rollback(True)
        return len(memberships)

    return run


def _memory(name: str) -> float:
    """Megabytes of this process: ``VmRSS`` now, ``VmHWM`` at most."""
    line = next(each for each in STATUS.read_text().splitlines() if each.startswith(f"{name}:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
