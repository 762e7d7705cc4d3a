"""The report of an import holds whole numbers: kept in the log, and counted like an export for who did not upload it."""

import pytest

from linshu.audit.models import Event
from linshu.errors import Conflict
from linshu.parameters.models import Parameter
from members.models import Import
from members.services.allowance import allowance_of
from members.services.importing import begin
from members.services.importing.reporting import report_of
from organizations.models import Organization
from tests.members.rosters import workbook


@pytest.fixture
def street(county) -> Organization:
    return Organization.objects.get(code="A-1")


@pytest.fixture
def uploader(street, actor_with):
    return actor_with("street_officer", street)


@pytest.fixture
def colleague(street, actor_with):
    return actor_with("street_officer", street)


@pytest.fixture
def record(uploader, now, run_jobs) -> Import:
    """Three rows, waiting to be confirmed."""
    made = begin(name="名册.xlsx", content=workbook(), by=uploader, now=now)
    run_jobs()
    made.refresh_from_db()
    assert made.new == 3
    return made


def test_for_another_officer_the_rows_count_as_exported(record, colleague, now):
    report_of(import_=record, only_problems=False, by=colleague, now=now)
    assert allowance_of(colleague, now=now).used == 3
    event = Event.objects.get(type="members.import_fetched")
    assert (event.actor_id, event.data["counted"]) == (colleague.user_id, 3)


def test_beyond_the_days_rows_it_is_refused(record, colleague, now):
    Parameter.objects.filter(code="EXPORT_ROWS_PER_DAY_STREET").update(value="5")
    Parameter.objects.filter(code="EXPORT_ROWS_PER_DAY").update(value="5")
    report_of(import_=record, only_problems=False, by=colleague, now=now)
    with pytest.raises(Conflict, match="今天还能导出 2 行"):
        report_of(import_=record, only_problems=False, by=colleague, now=now)
    assert Event.objects.filter(type="members.import_fetched").count() == 1


def test_who_uploaded_it_gets_back_what_he_had(record, uploader, now):
    Parameter.objects.filter(code__startswith="EXPORT_ROWS_PER_DAY").update(value="0")
    assert b"".join(report_of(import_=record, only_problems=False, by=uploader, now=now))
    assert allowance_of(uploader, now=now).used == 0
    assert Event.objects.get(type="members.import_fetched").data["counted"] == 0
