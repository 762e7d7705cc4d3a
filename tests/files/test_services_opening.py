"""A stored file read here and there, and what its name may tell."""

import os

import pytest
from django.utils import timezone

from linshu.errors import Conflict
from linshu.files.services import opened, store
from tests.files.test_services_files import TEXT, stored


@pytest.mark.parametrize("size", [0, 7, 8, 9, 24])
def test_any_place_of_it_is_read(db, small_frames, size):
    content = TEXT[:size]
    with opened(stored(content)) as file:
        assert file.read() == content
        for start in range(size + 3):
            assert file.seek(start) == start
            assert file.read(5) == content[start : start + 5]
        file.seek(-min(size, 3), os.SEEK_END)
        assert file.read() == content[size - min(size, 3) :]


@pytest.mark.parametrize("kept", [0, 1, 2])
def test_a_content_cut_short_is_noticed(db, small_frames, kept):
    file = stored()
    whole = file.path.read_bytes()
    sealed = 8 + 12 + 16
    file.path.write_bytes(whole[: len(whole) - (3 - kept) * sealed])
    with pytest.raises(Conflict, match="不一致"):
        opened(file).read()


def test_a_missing_content_is_told(db, small_frames):
    file = stored()
    file.path.unlink()
    with pytest.raises(Conflict, match="已找不到"):
        opened(file)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("11010519491231002X 张三.xlsx", "110**** 张三.xlsx"),
        ("张三13800138000-２.xlsx", "张三138****-２.xlsx"),
        ("党员名册-20261124-1234567890.xlsx", "党员名册-20261124-1234567890.xlsx"),
    ],
)
def test_numbers_in_a_name_are_masked(db, given, kept):
    assert store(name=given, chunks=[b""], media_type="text/csv", now=timezone.now()).name == kept
