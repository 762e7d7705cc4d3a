"""The head of the chain, kept outside the database: one line a sealing, ``seq hash time``.

Who can rewrite the database from its tail on cannot rewrite this file, and the auditor's copies of it, as well.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TextIO

from django.conf import settings


@dataclass(frozen=True)
class Head:
    """The last seal of one sealing; ``line`` is its place in the file."""

    line: int
    seq: int
    hash: str


@contextmanager
def open_log() -> Iterator[TextIO]:
    """The file, open to append, held by one sealer of this machine at a time, so that its lines are in order."""
    path: Path = settings.AUDIT_HEAD_LOG
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="ascii") as log:
        fcntl.flock(log, fcntl.LOCK_EX)
        yield log


def append(log: TextIO, seq: int, value: str, now: datetime) -> None:
    """Write a head through to the disk."""
    log.write(f"{seq} {value} {now.isoformat(timespec='seconds')}\n")
    log.flush()
    os.fsync(log.fileno())


def read() -> Iterator[Head | int]:
    """The heads in order; the number of the line in place of one that cannot be read."""
    path: Path = settings.AUDIT_HEAD_LOG
    if not path.exists():
        return
    with path.open(encoding="ascii", errors="replace") as log:
        for number, line in enumerate(log, 1):
            parts = line.split()
            yield Head(number, int(parts[0]), parts[1]) if len(parts) == 3 and parts[0].isdecimal() else number
