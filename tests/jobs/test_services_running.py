"""Jobs: enqueued with their transaction, run once, ended with a sentence, picked up when a worker died."""

import logging
from datetime import timedelta

import pytest
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from linshu.jobs import tasks
from linshu.jobs.models import Job
from linshu.jobs.rules.states import MOST_ATTEMPTS, SILENT_AFTER, State
from linshu.jobs.services import enqueue, run_job, sweep
from linshu.jobs.services.beating import TakenOver
from linshu.jobs.signals import job_waits
from linshu.scope import SYSTEM
from tests.factories import UserFactory
from tests.jobs.conftest import break_down, refuse


@pytest.fixture
def woken():
    """Ids of the jobs a worker was woken for."""
    ids: list[int] = []

    def note(sender, job_id, **kwargs):
        ids.append(job_id)

    job_waits.connect(note)
    yield ids
    job_waits.disconnect(note)


@pytest.fixture
def in_queue(monkeypatch):
    """Ids that reached the task queue."""
    ids: list[int] = []
    monkeypatch.setattr(tasks.run, "delay", ids.append)
    return ids


def fell_silent(job: Job, attempts: int = 1) -> None:
    """As a worker killed three minutes ago leaves its row."""
    long_ago = timezone.now() - SILENT_AFTER - timedelta(minutes=1)
    Job.objects.filter(pk=job.pk).update(
        state=State.RUNNING.value, started_at=long_ago, beat_at=long_ago, attempts=attempts
    )


class TestEnqueue:
    def test_a_worker_is_woken_when_the_row_is_there(self, queued, db, in_queue, django_capture_on_commit_callbacks):
        user = UserFactory()
        with django_capture_on_commit_callbacks(execute=True):
            job = queued(user=user, arguments={"import": 7}, url="/members/")
            assert in_queue == []
        assert in_queue == [job.pk]
        job.refresh_from_db()
        assert (job.state, job.user, job.arguments, job.url, job.attempts) == (
            "queued", user, {"import": 7}, "/members/", 0,
        )  # fmt: skip

    def test_a_rolled_back_one_never_was(self, queued, db, woken, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError), transaction.atomic():
            queued()
            raise RuntimeError
        assert not woken
        assert not Job.objects.exists()

    @pytest.mark.django_db(transaction=True)
    def test_a_queue_that_is_down_does_not_lose_the_job(self, queued, monkeypatch):
        def down(job_id):
            raise ConnectionError("no broker")

        monkeypatch.setattr(tasks.run, "delay", down)
        job = queued()
        assert Job.objects.get(pk=job.pk).state == "queued"

    def test_an_unknown_kind_is_a_bug(self, db):
        with pytest.raises(KeyError):
            enqueue(kind="tests.unknown", title="x", arguments={}, by=SYSTEM, now=timezone.now())
        assert not Job.objects.exists()


class TestEnding:
    def test_done_with_its_sentence(self, queued, db, run_jobs):
        def work(job, progress):
            progress(2, 5, "正在核对")
            progress(5, 5, "正在写入")
            return f"导入 {job.arguments['rows']} 人。"

        queued(work, arguments={"rows": 5})
        (job,) = run_jobs()
        assert (job.state, job.sentence, job.done, job.total) == ("done", "导入 5 人。", 5, 5)
        assert job.started_at <= job.finished_at

    def test_a_refusal_is_told_in_its_own_words(self, queued, db, run_jobs):
        queued(refuse)
        (job,) = run_jobs()
        assert (job.state, job.sentence) == ("failed", "名册里没有党员，没有导入。请检查后重新上传。")

    def test_a_bug_is_logged_and_told_in_general(self, queued, db, run_jobs, caplog):
        queued(break_down)
        with caplog.at_level(logging.ERROR, "linshu.jobs"):
            (job,) = run_jobs()
        assert job.state == "failed"
        assert "系统错误" in job.sentence and str(job.pk) in job.sentence
        assert "secret" not in job.sentence
        assert "ZeroDivisionError" in caplog.text

    def test_a_kind_no_longer_there_fails(self, queued, db, run_jobs):
        job = queued()
        Job.objects.filter(pk=job.pk).update(kind="tests.dropped")
        assert run_jobs()[0].state == "failed"

    def test_a_busy_database_is_tried_again_but_not_for_ever(self, queued, db, run_jobs):
        calls = []

        def locked(job, progress):
            calls.append(job.attempts)
            raise OperationalError("database is locked")

        queued(locked)
        ran = run_jobs()
        assert calls == list(range(1, MOST_ATTEMPTS + 1))
        assert ran[-1].state == "failed"

    def test_what_was_busy_once_is_done(self, queued, db, run_jobs):
        def once_locked(job, progress):
            if job.attempts == 1:
                raise OperationalError("database is locked")
            return "办完了。"

        queued(once_locked)
        assert run_jobs()[-1].state == "done"

    def test_a_finished_job_does_not_run_again(self, queued, db):
        calls = []
        job = queued(lambda job, progress: calls.append(1) or "办完了。")
        assert [run_job(job.pk), run_job(job.pk), run_job(0)] == [True, False, False]
        assert calls == [1]

    def test_in_order_and_what_a_job_enqueues_too(self, queued, db, run_jobs):
        def first(job, progress):
            queued(title="第二步")
            return "第一步完成。"

        queued(first, title="第一步")
        assert [job.title for job in run_jobs()] == ["第一步", "第二步"]


class TestProgress:
    @pytest.mark.django_db(transaction=True)
    def test_is_seen_while_the_work_goes_on(self, queued):
        seen = []

        def work(job, progress):
            progress(1, 4, "第一批")
            seen.append(list(Job.objects.values_list("state", "done", "total", "sentence")))
            return "办完了。"

        run_job(queued(work).pk)
        assert seen == [[("running", 1, 4, "第一批")]]

    @pytest.mark.django_db(transaction=True)
    def test_is_written_about_once_a_second(self, queued, django_assert_max_num_queries):
        def work(job, progress):
            for number in range(1000):
                progress(number + 1, 1000, "")
            return "办完了。"

        job = queued(work)
        with django_assert_max_num_queries(6):
            run_job(job.pk)
        assert Job.objects.get().done == 1000

    @pytest.mark.django_db(transaction=True)
    def test_waits_for_the_end_of_a_transaction(self, queued, django_assert_num_queries):
        def work(job, progress):
            with transaction.atomic(), django_assert_num_queries(0):
                progress(1, 4, "写入中")
            progress(2, 4, "写入后")
            assert Job.objects.get().done == 2
            return "办完了。"

        run_job(queued(work).pk)
        assert Job.objects.get().state == "done"


class TestSilence:
    @pytest.fixture
    def beat_fast(self, monkeypatch):
        monkeypatch.setattr("linshu.jobs.services.beating.BEAT", timedelta(seconds=0.01))

    @pytest.mark.django_db(transaction=True)
    def test_a_working_worker_is_never_silent(self, queued, beat_fast):
        def work(job, progress):
            fell_silent(job)
            for _ in range(500):
                if not Job.objects.runnable(timezone.now()).exists():
                    return "还在办。"
                job.refresh_from_db(fields=["beat_at"])
            return "没有动静。"

        run_job(queued(work).pk)
        assert Job.objects.get().sentence == "还在办。"

    def test_a_left_job_is_run_again(self, queued, db, woken):
        job = queued()
        fell_silent(job)
        assert sweep(now=timezone.now()) == 1
        assert woken == [job.pk]
        assert run_job(job.pk)
        job.refresh_from_db()
        assert (job.state, job.attempts) == ("done", 2)

    def test_at_most_three_times(self, queued, db):
        job = queued()
        fell_silent(job, attempts=MOST_ATTEMPTS)
        assert run_job(job.pk)
        job.refresh_from_db()
        assert job.state == "failed"
        assert "中断了 3 次" in job.sentence

    def test_a_running_job_is_left_alone(self, queued, db, woken):
        job = queued()
        now = timezone.now()
        Job.objects.filter(pk=job.pk).update(state=State.RUNNING.value, started_at=now, beat_at=now)
        assert sweep(now=now + timedelta(seconds=90)) == 0
        assert not run_job(job.pk)

    def test_who_was_given_up_has_no_say_any_more(self, queued, db):
        def work(job, progress):
            fell_silent(job)
            assert run_job(job.pk)  # another worker takes over, and refuses to repeat itself
            return "来自前一次的结果。"

        def once(job, progress):
            return work(job, progress) if job.attempts == 1 else "来自后一次的结果。"

        job = queued(once)
        run_job(job.pk)
        job.refresh_from_db()
        assert job.sentence == "来自后一次的结果。"

    @pytest.mark.django_db(transaction=True)
    def test_who_was_given_up_is_told_so(self, queued):
        told = []

        def work(job, progress):
            Job.objects.filter(pk=job.pk).update(attempts=2)
            try:
                progress(1, 2, "")
            except TakenOver as error:
                told.append(error)
                raise
            return "没有发现。"

        run_job(queued(work).pk)
        assert len(told) == 1
        assert Job.objects.get().state == "running"  # the other's

    def test_a_queued_job_nobody_started_wakes_again_once_a_minute(self, queued, db, woken):
        job = queued()
        later = timezone.now() + timedelta(seconds=90)
        assert sweep(now=timezone.now()) == 0
        assert sweep(now=later) == 1
        assert sweep(now=later + timedelta(seconds=30)) == 0
        assert sweep(now=later + timedelta(seconds=90)) == 1
        assert woken == [job.pk, job.pk]


class TestRows:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"state": "queued", "started_at": timezone.now()},
            {"state": "running"},
            {"state": "done", "started_at": timezone.now()},
            {"state": "running", "started_at": timezone.now(), "finished_at": timezone.now()},
        ],
        ids=["queued but started", "running but not started", "done but not finished", "running but finished"],
    )
    def test_states_and_times_go_together(self, queued, db, wrong):
        job = queued()
        with pytest.raises(IntegrityError), transaction.atomic():
            Job.objects.filter(pk=job.pk).update(**wrong)
