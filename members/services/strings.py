"""The texts that the cells of a workbook share: any number of them in flat memory.

They are personal data, so what memory does not hold lies sealed in a file without a name, under a key that ends with it.
"""

import tempfile
import weakref
from bisect import bisect_right
from typing import BinaryIO

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

BLOCK = 32_768  # characters sealed together, and the rest of the last text
OPEN = 64  # blocks in memory: cells name texts in nearly the order in which they are kept
END = "\x00"  # between texts: XML knows no such character


class SharedStrings:
    """A list that only grows at its end; an index out of range raises IndexError."""

    def __init__(self) -> None:
        self._last: list[str] = []  # the block that is being filled
        self._room = BLOCK  # left in it
        self._starts = [0]  # of each block: the index of its first text
        self._open: dict[int, list[str]] = {}  # the block used last stands last
        self._places: list[tuple[int, int]] = []  # where blocks lie in the file: start and length
        self._cipher = AESGCM(AESGCM.generate_key(256))
        self._file: BinaryIO | None = None

    def append(self, text: str) -> None:
        self._last.append(text)
        self._room -= len(text) + 1
        if self._room <= 0:
            self._put_away()

    def __getitem__(self, index: int) -> str:
        if index < 0:
            raise IndexError(index)
        number = bisect_right(self._starts, index) - 1
        place = index - self._starts[number]
        if number == len(self._places):
            return self._last[place]
        block = self._open.pop(number, None) or self._read(number)
        self._open[number] = block
        if len(self._open) > OPEN:
            del self._open[next(iter(self._open))]
        return block[place]

    def _put_away(self) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115 - closed with this
            weakref.finalize(self, self._file.close)
        sealed = self._cipher.encrypt(_nonce(len(self._places)), END.join(self._last).encode(), None)
        self._places.append((self._file.seek(0, 2), len(sealed)))
        self._file.write(sealed)
        self._starts.append(self._starts[-1] + len(self._last))
        self._last, self._room = [], BLOCK

    def _read(self, number: int) -> list[str]:
        assert self._file is not None  # noqa: S101 - a block lies there
        start, length = self._places[number]
        self._file.seek(start)
        return self._cipher.decrypt(_nonce(number), self._file.read(length), None).decode().split(END)


def _nonce(number: int) -> bytes:
    """Each block is sealed once under the key."""
    return number.to_bytes(12, "big")
