"""Imports past their time, and those a worker gave up."""

from datetime import timedelta

import pytest

from linshu.audit.models import Event
from linshu.files.models import StoredFile
from linshu.jobs.models import Job
from linshu.parameters.models import Parameter
from linshu.scope import SYSTEM
from members.models import Import, Membership
from members.rules.importing import State
from members.services.importing import begin, confirm, import_roster
from members.services.importing.forgetting import forget_old, release_stuck
from organizations.models import Organization
from tests.members.rosters import workbook


@pytest.fixture
def officer(db, now, actor_with):
    import_roster(content=workbook(people=[]), by=SYSTEM, now=now)
    Import.objects.all().delete()
    return actor_with("county_admin", Organization.objects.get(code="A"))


@pytest.fixture
def record(officer, now, run_jobs) -> Import:
    """An import that waits for its confirmation."""
    made = begin(name="名册.xlsx", content=workbook([]), by=officer, now=now)
    run_jobs()
    return made


def test_an_import_nobody_confirms_is_given_up_after_its_days(record, now):
    assert forget_old(now=now + timedelta(days=29)) == 0
    assert forget_old(now=now + timedelta(days=31)) == 1
    record.refresh_from_db()
    assert (record.state, record.new) == (State.DISCARDED, 3)
    assert not record.rows.exists() and not StoredFile.objects.exists()
    assert Event.objects.get(type="members.imports_forgotten").data == {"count": 1}
    assert forget_old(now=now + timedelta(days=40)) == 0


def test_of_a_written_import_the_counts_stay(record, officer, now, run_jobs):
    confirm(import_=record, all_or_nothing=False, by=officer, now=now)
    run_jobs()
    Parameter.objects.filter(code="IMPORT_KEEP_DAYS").update(value="5")
    assert forget_old(now=now + timedelta(days=6)) == 1
    record.refresh_from_db()
    assert (record.state, record.written_new, record.file) == (State.WRITTEN, 3, None)
    assert not record.rows.exists() and Membership.objects.count() == 3


def test_one_that_is_being_written_is_left_alone(record, officer, now):
    confirm(import_=record, all_or_nothing=False, by=officer, now=now)
    assert forget_old(now=now + timedelta(days=99)) == 0 and record.rows.exists()


def test_a_job_that_ended_without_its_import_lets_it_go(record, officer, now, run_jobs):
    assert release_stuck(now=now) == 0
    job = confirm(import_=record, all_or_nothing=False, by=officer, now=now).job
    Job.objects.filter(pk=job.pk).update(state="failed", started_at=now, finished_at=now)
    assert release_stuck(now=now) == 1
    record.refresh_from_db()
    assert record.state == State.FAILED and "中断" in record.sentence
    confirm(import_=record, all_or_nothing=False, by=officer, now=now)
    run_jobs()
    assert Membership.objects.count() == 3
