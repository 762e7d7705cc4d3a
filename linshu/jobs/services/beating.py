"""Signs of life and progress of a running job."""

from contextlib import suppress
from threading import Event, Thread
from time import monotonic
from types import TracebackType
from typing import Self

from django.db import DatabaseError, connection
from django.utils import timezone

from linshu.jobs.models import Job
from linshu.jobs.rules.states import BEAT, State

WRITE_EVERY = 1.0  # seconds


class TakenOver(RuntimeError):
    """The job was started anew elsewhere because this worker had fallen silent."""


class Beat:
    """While the work lasts, ``beat_at`` moves every few seconds, also when the work says nothing.

    Progress is written between the work's own transactions; within one it would be seen only at its end, so it is kept
    and the next beat, which has a connection of its own, writes it. On SQLite that connection waits for the
    transaction, and nobody else can take the job over meanwhile either.
    """

    def __init__(self, job: Job) -> None:
        self.job = job
        self._written = -WRITE_EVERY
        self._over = Event()
        self._thread = Thread(target=self._live, name=f"job-{job.pk}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def progress(self, done: int, total: int, sentence: str = "") -> None:
        """How far the work is: ``done`` of ``total`` (0: unknown), and what it is at; written about once a second."""
        self.job.done, self.job.total, self.job.sentence = done, total, sentence
        if connection.in_atomic_block or monotonic() - self._written < WRITE_EVERY:
            return
        self._written = monotonic()
        if not self._write():
            raise TakenOver(f"job {self.job.pk}")

    def _live(self) -> None:
        while not self._over.wait(BEAT.total_seconds()):
            with suppress(DatabaseError):  # busy: the next beat comes
                self._write()
            connection.close()

    def _write(self) -> bool:
        job = self.job
        own = Job.objects.filter(pk=job.pk, attempts=job.attempts, state=State.RUNNING.value)
        changed = own.update(done=job.done, total=job.total, sentence=job.sentence, beat_at=timezone.now())
        return changed > 0
