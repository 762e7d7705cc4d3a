"""What an organisation of the file costs in memory: a city must be read and written in little more than a county."""

import tracemalloc
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linshu.scope import SYSTEM
from linshu.sheets import SheetData, write_workbook
from members.models import Import, ImportRow
from members.rules.roster.shape import COLUMNS, MEMBERS, ORGANIZATIONS
from members.services.importing import import_roster, organizing
from members.services.importing.crossing import refuse_crowded
from organizations.services import founding, terms
from tests.members.rosters import member, workbook
from tests.members.rosters import organizations as few

MOST = 3_000  # bytes an organisation; they were 4,300 to 5,000 with every row, staged row and node held at once


def roster(branches: int) -> BytesIO:
    """So many 片区党支部 below one 总支, each with its term, and one member."""
    nodes = [list(each.values()) for each in few()]
    nodes += [
        [f"B-{branches}-{n}", f"中共甲社区第{n}片区支部委员会", "片区党支部", "A-1-1", "2011-06-18", "2023-12-10", "5"]
        for n in range(branches)
    ]
    people = [list(member().values())]
    sheets = [SheetData(ORGANIZATIONS, COLUMNS[ORGANIZATIONS], nodes), SheetData(MEMBERS, COLUMNS[MEMBERS], people)]
    return BytesIO(b"".join(write_workbook(sheets)))


def peak(branches: int) -> int:
    """Bytes at most while a roster is looked at and written."""
    content = roster(branches)
    tracemalloc.start()
    written = import_roster(content=content, by=SYSTEM, now=timezone.now()).organizations
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert written == branches
    return most


@pytest.fixture
def stage(db, monkeypatch):
    import_roster(content=workbook(people=[member()]), by=SYSTEM, now=timezone.now())
    for module in (founding, terms, organizing):
        monkeypatch.setattr(module, "BATCH", 50)


def test_memory_hardly_grows_with_the_organisations(stage):
    small = peak(200)
    assert (peak(1200) - small) / 1000 < MOST


def test_what_rows_would_write_is_not_fetched_to_compare_their_posts(db, now):
    record = Import.objects.create(name="名册.xlsx", fingerprint="x", created_at=now)
    rows = [
        ImportRow(
            import_record=record, sheet=MEMBERS, number=number, verdict="new", id_index=str(number),
            branch_code="A-1-1-1", title_list="书记", payload="sealed",
        )
        for number in (2, 3)
    ]  # fmt: skip
    ImportRow.objects.bulk_create(rows)

    with CaptureQueriesContext(connection) as queries:
        assert refuse_crowded(record, now.date()) == 2

    assert not any('"payload"' in each["sql"] for each in queries if each["sql"].startswith("SELECT"))
    assert set(record.rows.values_list("verdict", "payload", "title_list")) == {("problem", "", "")}
