"""Storing, reading and removing files. No event of their own: the service of the owner row records."""

import hashlib
import os
import re
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

from linshu.errors import Conflict
from linshu.files import sealing
from linshu.files.models import StoredFile

PARTIAL = ".partial"
NUMBER = re.compile(r"(\d{3})\d{8,}[Xx]?")
# Younger files may belong to a transaction that has not committed yet.
LEFT_OVER_AFTER = timedelta(hours=24)


def store(*, name: str, chunks: Iterable[bytes], media_type: str, now: datetime) -> StoredFile:
    """Seal the content under MEDIA_ROOT and keep its row under its ``plain_name``.

    In the caller's transaction: rolled back, the content is left over and removed at night (``remove_left_overs``).
    """
    file = StoredFile(uuid=uuid.uuid4(), name=plain_name(name), media_type=media_type[:100], created_at=now)
    digest, size = hashlib.sha256(), 0

    def measured() -> Iterator[bytes]:
        nonlocal size
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            yield chunk

    file.key_id = _write(file, measured())
    file.sha256, file.size = digest.hexdigest(), size
    file.save(force_insert=True)
    return file


def chunks_of(file: StoredFile) -> Iterator[bytes]:
    """The plain content in pieces of at most 1 MB; Conflict where it is missing or no longer what was stored."""
    if not file.path.exists():
        raise _missing(file)
    return _read(file)


def opened(file: StoredFile) -> BinaryIO:
    """The plain content to be read at any place, in flat memory; Conflict as above, at once where it is missing."""
    if not file.path.exists():
        raise _missing(file)
    return BufferedReader(sealing.Content(partial(_frame, file), file.size))


def content_of(file: StoredFile) -> bytes:
    """The plain content as a whole: for small files."""
    return b"".join(chunks_of(file))


def remove(file: StoredFile) -> None:
    """Delete the row, and the content once that is certain."""
    path = file.path
    file.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def remove_left_overs(*, now: datetime) -> int:
    """Delete rows whose owner is gone, contents without a row, and uploads cut short, a day old; returns how many."""
    before = now - LEFT_OVER_AFTER
    unowned = list(StoredFile.objects.unowned().stored_before(before))
    for file in unowned:
        with transaction.atomic():
            remove(file)
    return len(unowned) + _remove_contents_without_row(before) + _remove_uploads(before)


def seal_anew(key_id: str) -> int:
    """Move one file to the key in use, ``key_id``; returns how many were moved: 0 when none is left.

    The content names its own key, so whoever reads meanwhile reads either; the row is locked against ``remove``.
    """
    with transaction.atomic():
        file = StoredFile.objects.select_for_update().under_older_keys(key_id).order_by("pk").first()
        if file is None:
            return 0
        file.key_id = _write(file, chunks_of(file))
        file.save(update_fields=["key_id"])
        return 1


def plain_name(name: str) -> str:
    """The last part of a path of either kind, at most 200 characters, its ending kept; identity and telephone numbers
    in it masked, for names stand on pages and in logs."""
    plain = NUMBER.sub(r"\1****", name.replace("\\", "/").rpartition("/")[2])
    ending = Path(plain).suffix
    return plain if len(plain) <= 200 else plain[: 200 - len(ending)] + ending


def _write(file: StoredFile, chunks: Iterable[bytes]) -> str:
    """Under a temporary name first: a content with its final name is complete, and on the disk."""
    file.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = file.path.with_name(f"{file.uuid}.{uuid.uuid4().hex}{PARTIAL}")
    try:
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
            key_id = sealing.write(target, chunks, owner=file.uuid)
            target.flush()
            os.fsync(target.fileno())
        partial.replace(file.path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    return key_id


def _read(file: StoredFile) -> Iterator[bytes]:
    with _told(file), file.path.open("rb") as source:
        yield from sealing.read(source, owner=file.uuid)


def _frame(file: StoredFile, number: int) -> bytes:
    """Opened afresh each time: ``seal_anew`` may come between."""
    with _told(file), file.path.open("rb") as source:
        return sealing.read_frame(source, number, owner=file.uuid)


@contextmanager
def _told(file: StoredFile) -> Iterator[None]:
    """What is wrong with a content, as a Conflict."""
    try:
        yield
    except FileNotFoundError as error:
        raise _missing(file) from error
    except sealing.KeyMissing as error:
        raise Conflict(
            f"文件“{file.name}”用密钥 {error} 加密，FIELD_KEYS 中没有它，不能打开。请联系系统管理员补回密钥。",
            code="file_key_missing",
        ) from error
    except sealing.Damaged as error:
        raise Conflict(
            f"文件“{file.name}”在服务器上的内容与存入时不一致，不能打开。请联系系统管理员从备份恢复。",
            code="file_damaged",
        ) from error


def _missing(file: StoredFile) -> Conflict:
    return Conflict(f"文件“{file.name}”在服务器上已找不到，不能打开。请联系系统管理员从备份恢复。", code="file_missing")


def _remove_contents_without_row(before: datetime) -> int:
    folder = Path(settings.MEDIA_ROOT)
    old = _older(folder.glob("*-*-*"), before)
    known = {str(value) for value in StoredFile.objects.values_list("uuid", flat=True)} if old else set()
    return _unlink([path for path in old if path.name not in known])


def _remove_uploads(before: datetime) -> int:
    """Django deletes an upload with its request; not when the server was killed meanwhile."""
    return _unlink(_older(Path(settings.FILE_UPLOAD_TEMP_DIR).glob("*.upload*"), before))


def _older(paths: Iterable[Path], before: datetime) -> list[Path]:
    return [path for path in paths if path.stat().st_mtime < before.timestamp()]


def _unlink(paths: list[Path]) -> int:
    for path in paths:
        path.unlink(missing_ok=True)
    return len(paths)
