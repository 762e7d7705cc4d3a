"""Databases beside the measured one, and work done in them by processes of their own."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection


@contextmanager
def fresh(name: str) -> Iterator[dict[str, str]]:
    """The environment of a new, empty database, dropped afterwards; its own folder holds the head of its audit chain."""
    _execute(f"DROP DATABASE IF EXISTS {name}")
    _execute(f"CREATE DATABASE {name}")
    url = os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"
    try:
        yield os.environ | {"DATABASE_URL": url}
    finally:
        _forget_head(name)
        _execute(f"DROP DATABASE {name}")


def told_by(module: str, *arguments: str, environment: dict[str, str]) -> Any:
    """What a module of this package prints last, as JSON."""
    command = [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments]
    printed = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True).stdout
    return json.loads(printed.splitlines()[-1])


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for the files of one run."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _forget_head(name: str) -> None:
    """The head outlives its database by intention; of a database that is thrown away it would accuse the next."""
    from django.conf import settings

    for path in settings.AUDIT_HEAD_LOG.parent.glob(f"{name}-*.audit-head.log"):
        path.unlink()
