"""A place for files, and small frames: every border is met within a few bytes."""

import pytest

from linshu.files import sealing
from linshu.files.models import StoredFile


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "uploads"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    return settings.MEDIA_ROOT


@pytest.fixture
def small_frames(monkeypatch):
    monkeypatch.setattr(sealing, "FRAME", 8)


@pytest.fixture
def owned(monkeypatch):
    """The owner rows live in apps above: here every file has one."""
    monkeypatch.setattr(type(StoredFile.objects.all()), "unowned", lambda rows: rows.none())
