"""What workers do at the same moment: a job is done by one of them."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from linshu.jobs.models import Job
from linshu.jobs.services import run_job

AT_ONCE = 4


@pytest.mark.django_db(transaction=True)
def test_a_job_is_done_by_one_of_many_workers(queued, rounds):
    for _ in range(rounds):
        ran: list[int] = []
        job = queued(lambda job, progress, ran=ran: ran.append(job.attempts) or "办完了。")
        start = Barrier(AT_ONCE)

        def work(_, job_id=job.pk, start=start) -> bool:
            try:
                start.wait(timeout=20)
                return run_job(job_id)
            finally:
                connection.close()

        with ThreadPoolExecutor(AT_ONCE) as pool:
            assert sorted(pool.map(work, range(AT_ONCE))) == [False] * (AT_ONCE - 1) + [True]
        assert ran == [1]
        assert Job.objects.get(pk=job.pk).state == "done"


@pytest.mark.django_db(transaction=True)
def test_a_left_job_is_taken_over_by_one(queued, rounds):
    from tests.jobs.test_services_running import fell_silent

    for _ in range(rounds):
        ran: list[int] = []
        job = queued(lambda job, progress, ran=ran: ran.append(job.attempts) or "办完了。")
        fell_silent(job)
        start = Barrier(AT_ONCE)

        def work(_, job_id=job.pk, start=start) -> bool:
            try:
                start.wait(timeout=20)
                return run_job(job_id)
            finally:
                connection.close()

        with ThreadPoolExecutor(AT_ONCE) as pool:
            assert sum(pool.map(work, range(AT_ONCE))) == 1
        assert ran == [2]
