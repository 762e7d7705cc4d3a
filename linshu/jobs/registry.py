"""Kinds of jobs. Apps above register theirs in ``AppConfig.ready()``; an unknown kind raises.

``run(job, progress)`` does the work and returns the closing sentence. It must be repeatable: a job whose worker died is
run again, so it looks at the state of its own rows first. What it raises as DomainError becomes the failure's sentence.
Grants may have ended since the job was enqueued: a ``run`` that acts for somebody builds the actor at its start,
``actor_of(job.user, day=timezone.localdate())``; this app lies below the grants and knows users only.
``progress(done, total, sentence)`` may be called as often as one likes; it is written about once a second.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Progress = Callable[[int, int, str], None]
Run = Callable[[Any, Progress], str]


@dataclass(frozen=True)
class Kind:
    """A kind of job: its Chinese name and what a worker does."""

    code: str
    label: str
    run: Run


_kinds: dict[str, Kind] = {}


def register(code: str, label: str, run: Run) -> None:
    """Add a kind; ``code`` reads ``members.import``."""
    if code in _kinds:
        raise ValueError(f"kind of job registered twice: {code}")
    _kinds[code] = Kind(code, label, run)


def kind_of(code: str) -> Kind:
    """The kind; KeyError for one that no app registered."""
    return _kinds[code]


def label_of(code: str) -> str:
    """Chinese name; the code itself where a later release dropped the kind."""
    return _kinds[code].label if code in _kinds else code
