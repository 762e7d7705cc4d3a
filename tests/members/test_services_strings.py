"""Texts that cells share: in order, from memory or from a sealed file without a name."""

import pytest

from members.services import strings
from members.services.strings import SharedStrings


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(strings, "BLOCK", 20)
    monkeypatch.setattr(strings, "OPEN", 2)


def texts(count: int) -> list[str]:
    return ["", *(f"文本 {number}" for number in range(1, count))]


@pytest.mark.parametrize("count", [1, 3, 4, 5, 40])
def test_each_is_found_at_its_place(count):
    shared = SharedStrings()
    for text in texts(count):
        shared.append(text)
    forth, back = [*range(count)], [*reversed(range(count))]
    assert [shared[place] for place in forth + back] == [texts(count)[place] for place in forth + back]
    for beyond in (count, count + 4, -1):
        with pytest.raises(IndexError):
            shared[beyond]


def test_nothing_readable_lies_on_the_disk_and_nothing_stays(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    shared = SharedStrings()
    for text in texts(40):
        shared.append(text)
    file = shared._file
    file.seek(0)
    assert "文本".encode() not in file.read() and not list(tmp_path.iterdir())
    del shared
    assert file.closed
