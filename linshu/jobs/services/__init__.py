"""Enqueuing, running and sweeping jobs."""

from linshu.jobs.services.enqueuing import enqueue, sweep
from linshu.jobs.services.running import run_job

__all__ = ["enqueue", "run_job", "sweep"]
