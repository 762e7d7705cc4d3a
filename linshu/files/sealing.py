"""A file's content on disk: AES-GCM frames of 1 MB under a key of the ring, in flat memory both ways.

Layout: ``LSF1``, length of the key id (1 byte), key id, then frames of nonce (12 bytes) + ciphertext + tag (16). The
file's UUID, the frame's number and whether it is the last are associated data: a frame moved, repeated, left out or
taken from another file does not open, nor does a file cut off between two frames.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from io import RawIOBase
from typing import Any, BinaryIO
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

MAGIC = b"LSF1"
FRAME = 1024 * 1024
NONCE, TAG = 12, 16


class Damaged(ValueError):
    """The file on disk is not what was written."""


class KeyMissing(LookupError):
    """The key the file names is not in the ring."""


def key_in_use() -> str:
    """Id of the key that seals from now on: the first of the ring."""
    return next(iter(settings.FIELD_KEYS))


def write(target: BinaryIO, chunks: Iterable[bytes], *, owner: UUID) -> str:
    """Seal plain chunks of any size; returns the id of the key."""
    key_id = key_in_use()
    cipher = AESGCM(settings.FIELD_KEYS[key_id])
    name = key_id.encode()
    target.write(MAGIC + bytes([len(name)]) + name)
    for number, (frame, is_last) in enumerate(_with_last(_frames(chunks))):
        nonce = os.urandom(NONCE)
        target.write(nonce + cipher.encrypt(nonce, frame, _associated(owner, number, is_last)))
    return key_id


def read(source: BinaryIO, *, owner: UUID) -> Iterator[bytes]:
    """Plain frames, each verified before it is handed out; raises Damaged or KeyMissing."""
    cipher = AESGCM(_key(source))
    sealed_frames = iter(lambda: source.read(NONCE + FRAME + TAG), b"")
    number = -1
    for number, (sealed, is_last) in enumerate(_with_last(sealed_frames)):
        try:
            yield cipher.decrypt(sealed[:NONCE], sealed[NONCE:], _associated(owner, number, is_last))
        except (InvalidTag, ValueError) as error:
            raise Damaged(f"frame {number}") from error
    if number < 0:
        raise Damaged("no frame")


def read_frame(source: BinaryIO, number: int, *, owner: UUID) -> bytes:
    """One plain frame, verified. Raises as ``read``, also behind the last."""
    cipher = AESGCM(_key(source))
    start, sealed_size = source.tell(), NONCE + FRAME + TAG
    last = (source.seek(0, os.SEEK_END) - start - 1) // sealed_size
    source.seek(start + number * sealed_size)
    sealed = source.read(sealed_size)
    try:
        return cipher.decrypt(sealed[:NONCE], sealed[NONCE:], _associated(owner, number, number == last))
    except (InvalidTag, ValueError) as error:
        raise Damaged(f"frame {number}") from error


class Content(RawIOBase):
    """A file's plain content, to be read at any place: never more than one frame of it is in memory."""

    def __init__(self, frame: Callable[[int], bytes], size: int) -> None:
        self._frame, self._size = frame, size
        self._place, self._number, self._opened = 0, -1, b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._place = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._place, os.SEEK_END: self._size}[whence]
        if self._place < 0:
            raise ValueError("before the beginning")
        return self._place

    def readinto(self, buffer: Any) -> int:
        if self._place >= self._size:
            return 0
        number, start = divmod(self._place, FRAME)
        if number != self._number:
            self._number, self._opened = number, self._frame(number)
        piece = self._opened[start : start + len(buffer)]
        buffer[: len(piece)] = piece
        self._place += len(piece)
        return len(piece)


def _key(source: BinaryIO) -> bytes:
    head = source.read(len(MAGIC) + 1)
    if not (head.startswith(MAGIC) and len(head) == len(MAGIC) + 1):
        raise Damaged("header")
    try:
        key_id = source.read(head[-1]).decode()
    except UnicodeDecodeError as error:
        raise Damaged("key id") from error
    if key_id not in settings.FIELD_KEYS:
        raise KeyMissing(key_id)
    return settings.FIELD_KEYS[key_id]


def _associated(owner: UUID, number: int, is_last: bool) -> bytes:
    return f"{owner}|{number}|{int(is_last)}".encode()


def _frames(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of FRAME; the last may be shorter, and empty content is one empty piece."""
    waiting = bytearray()
    for chunk in chunks:
        for start in range(0, len(chunk), FRAME):
            waiting += chunk[start : start + FRAME]
            if len(waiting) > FRAME:
                yield bytes(waiting[:FRAME])
                del waiting[:FRAME]
    yield bytes(waiting)


def _with_last(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each piece with whether it is the last."""
    known = False
    held = b""
    for piece in pieces:
        if known:
            yield held, False
        held, known = piece, True
    if known:
        yield held, True
