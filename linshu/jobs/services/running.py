"""Doing a job: claimed by one worker, watched by its beat, finished once."""

import logging
from typing import Any

from django.db import OperationalError
from django.db.models import F
from django.utils import timezone

from linshu.errors import DomainError
from linshu.jobs import registry
from linshu.jobs.models import Job
from linshu.jobs.rules.states import MOST_ATTEMPTS, State, sources
from linshu.jobs.services.beating import Beat

logger = logging.getLogger(__name__)


def run_job(job_id: int) -> bool:
    """Do a job that is queued or whose worker fell silent; tells whether it was this call that ran it.

    Called by the task, the sweep and tests, as often as they like. A DomainError fails the job with its message, a busy
    database queues it again, anything else fails it with a general sentence and is logged with its trace.
    """
    job = _claim(job_id)
    if job is None:
        return False
    if job.attempts > MOST_ATTEMPTS:
        sentence = f"办理中断了 {MOST_ATTEMPTS} 次，没有完成。请联系系统管理员，告知任务编号 {job.pk}。"
        _move(job, State.FAILED, sentence=sentence, finished_at=timezone.now())
        return True
    state, sentence = _outcome(job)
    if state == State.QUEUED:
        _move(job, state, sentence=sentence, started_at=None, beat_at=timezone.now())
    else:
        _move(job, state, sentence=sentence, finished_at=timezone.now())
    return True


def _claim(job_id: int) -> Job | None:
    """Of several workers that pick the same job one changes the row; its ``attempts`` then names the claim."""
    now = timezone.now()
    claimed = (
        Job.objects.filter(pk=job_id)
        .runnable(now)
        .update(state=State.RUNNING.value, started_at=now, beat_at=now, attempts=F("attempts") + 1, done=0, total=0)
    )
    return Job.objects.select_related("user").get(pk=job_id) if claimed else None


def _outcome(job: Job) -> tuple[State, str]:
    try:
        with Beat(job) as beat:
            return State.DONE, registry.kind_of(job.kind).run(job, beat.progress)
    except DomainError as error:
        return State.FAILED, error.message
    except OperationalError:
        logger.warning("job %s (%s) was interrupted by the database", job.pk, job.kind, exc_info=True)
        if job.attempts < MOST_ATTEMPTS:
            return State.QUEUED, "数据库正忙，这次没有办成；稍后会自动重新办理，不需要您操作。"
    except Exception:
        logger.exception("job %s (%s) failed", job.pk, job.kind)
    return (
        State.FAILED,
        f"办理时出现系统错误，没有完成。请稍后重新提交；仍不成功的，请告知系统管理员任务编号 {job.pk}。",
    )


def _move(job: Job, target: State, **changes: Any) -> None:
    """Along the table, and only while the claim is ours: a worker given up for dead no longer has a say."""
    rows = Job.objects.filter(pk=job.pk, attempts=job.attempts, state__in=sources(target))
    rows.update(state=target.value, done=job.done, total=job.total, **changes)
