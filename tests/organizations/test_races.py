"""Writers racing on the tree leave it sound, on SQLite and on PostgreSQL."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.utils import timezone

from linshu.errors import DomainError
from linshu.scope import SYSTEM
from organizations.models import Organization
from organizations.rules.kinds import Kind
from organizations.services.changes import NodeData
from organizations.services.founding import NewNode, establish_many
from organizations.services.merging import close
from organizations.services.operations import establish, move
from organizations.tree import check

LONG_AGO, ON = date(2011, 1, 1), date(2020, 3, 1)


def words(on: date = ON) -> dict:
    return {"on": on, "reason": "竞争", "by": SYSTEM, "now": timezone.now()}


@pytest.fixture
def forest(transactional_db) -> dict[str, Organization]:
    """Two counties of two streets with two communities each."""
    rows = []
    for county in "AB":
        rows.append(NewNode(NodeData(county, county, county, Kind.COUNTY), "", LONG_AGO))
        for street in "12":
            code = f"{county}{street}"
            rows.append(NewNode(NodeData(code, code, code, Kind.STREET), county, LONG_AGO))
            for place in "xy":
                here = f"{code}{place}"
                rows.append(NewNode(NodeData(here, here, here, Kind.COMMUNITY), code, LONG_AGO))
    return founded(rows)


def founded(rows: list[NewNode]) -> dict[str, Organization]:
    made = establish_many(nodes=rows, reason="竞争", by=SYSTEM, now=timezone.now())
    return {each.code: each for each in Organization.objects.filter(pk__in=made.values())}


def race(*writers: Callable[[], object]) -> list[BaseException]:
    """Run all at once; what the domain refuses is fine, anything else is returned."""
    barrier, failed = threading.Barrier(len(writers)), []

    def run(write: Callable[[], object]) -> None:
        try:
            barrier.wait()
            write()
        except DomainError:
            pass
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(write,)) for write in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed


def test_writers_leave_the_tree_sound(forest, rounds):
    for number in range(rounds):
        day = date(2020, 3, 1 + number % 28) if number < 28 else date(2021, 3, 1 + number % 28)

        def insert(number=number):
            for street in ("A1", "B2"):
                data = NodeData(f"{street}-{number}", f"新{number}", f"新{number}", Kind.COMMUNITY)
                establish(parent=forest[street], data=data, **words())

        def shuffle(day=day, number=number):
            home, away = ("A1", "A2") if number % 2 else ("A2", "A1")
            move(node=forest["A1x"], parent=forest[away], **words(day))
            move(node=forest["B1x"], parent=forest["B2" if home == "A1" else "B1"], **words(day))

        def end(number=number):
            data = NodeData(f"short-{number}", "短", "短", Kind.COMMUNITY)
            close(node=establish(parent=forest["A2"], data=data, **words(LONG_AGO)), **words())

        def found(number=number):
            establish(parent=None, data=NodeData(f"0-{number}", "新县", "新县", Kind.COUNTY), **words())

        assert race(insert, shuffle, end, found) == []
        assert check() == []
    assert Organization.objects.filter(closed_on=ON).count() == rounds
    assert Organization.objects.filter(kind=Kind.COUNTY).count() == 2 + rounds


def test_a_parent_never_closes_under_an_arriving_child(forest):
    """One of the two is refused, whoever comes first."""
    rows = [
        NewNode(NodeData("br", "支部", "支部", Kind.BRANCH), "A1x", LONG_AGO),
    ]
    branch = founded(rows)["br"]

    assert (
        race(
            lambda: move(node=branch, parent=forest["A1y"], **words()),
            lambda: close(node=forest["A1y"], **words()),
        )
        == []
    )

    branch.refresh_from_db(), forest["A1y"].refresh_from_db()
    assert (branch.parent_id == forest["A1y"].pk) != (forest["A1y"].closed_on is not None)
    assert check() == []
