"""Files: what is stored comes back, whatever is done to the disk; nothing is left over."""

import hashlib
import os
import stat
import tracemalloc
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from linshu.audit.models import Event
from linshu.audit.registry import present
from linshu.errors import Conflict
from linshu.files import sealing
from linshu.files.models import StoredFile
from linshu.files.services import chunks_of, content_of, remove, remove_left_overs, store
from tests.factories import PersonFactory

OLD, NEW = b"o" * 32, b"n" * 32
TEXT = b"0123456789abcdefghijklmn"  # three frames of eight


def stored(content: bytes = TEXT, name: str = "名册.xlsx", at=None) -> StoredFile:
    pieces = [content[start : start + 5] for start in range(0, len(content), 5)]
    return store(name=name, chunks=pieces, media_type="application/octet-stream", now=at or timezone.now())


def on_disk(media) -> list[str]:
    return sorted(path.name for path in media.glob("*")) if media.exists() else []


@pytest.mark.parametrize("size", [0, 1, 7, 8, 9, 15, 16, 17, 24])
def test_what_is_stored_comes_back(db, small_frames, size):
    content = TEXT[:size]
    file = StoredFile.objects.get(pk=stored(content).pk)

    assert content_of(file) == content
    assert (file.size, file.sha256) == (size, hashlib.sha256(content).hexdigest())


def test_nothing_readable_and_nobody_else_on_the_disk(db, media):
    file = stored()

    assert TEXT[:5] not in file.path.read_bytes()
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(media.stat().st_mode) == 0o700
    assert on_disk(media) == [str(file.uuid)]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\报表\\名册.xlsx", "名册.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("甲" * 300 + ".xlsx", "甲" * 195 + ".xlsx"),
    ],
)
def test_the_name_is_no_path(db, given, kept):
    assert stored(name=given).name == kept


def test_memory_stays_flat_both_ways(db):
    chunk = os.urandom(64 * 1024)
    size = 40 * sealing.FRAME
    tracemalloc.start()
    file = store(
        name="大.csv", chunks=(chunk for _ in range(size // len(chunk))), media_type="text/csv", now=timezone.now()
    )
    read = sum(len(piece) for piece in chunks_of(file))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert read == file.size == size
    assert most < 10 * sealing.FRAME


class TestDamage:
    """Frame n of the content lies at ``head + n * (nonce + 8 + tag)``."""

    STEP = sealing.NONCE + 8 + sealing.TAG

    @pytest.fixture
    def file(self, db, small_frames):
        return stored()

    def damage(self, file, change):
        raw = file.path.read_bytes()
        head = len(raw) - 3 * self.STEP
        frames = [raw[head + n * self.STEP : head + (n + 1) * self.STEP] for n in range(3)]
        file.path.write_bytes(change(raw[:head], *frames))

    @pytest.mark.parametrize(
        "change",
        [
            lambda head, a, b, c: head + b + a + c,
            lambda head, a, b, c: head + a + b,
            lambda head, a, b, c: head + a + c,
            lambda head, a, b, c: head + a + b + c + c,
            lambda head, a, b, c: head + a + b + c[:-1],
            lambda head, a, b, c: head + a + bytes([b[0] ^ 1]) + b[1:] + c,
            lambda head, a, b, c: head,
            lambda head, a, b, c: head + a + b + c[:5],
            lambda head, a, b, c: b"PK" + head + a + b + c,
            lambda head, a, b, c: head[:4] + bytes([200]) + head[5:] + a,
            lambda head, a, b, c: b"",
        ],
        ids=[
            "swapped",
            "cut",
            "left out",
            "repeated",
            "short",
            "flipped",
            "empty",
            "stub",
            "shifted",
            "key",
            "nothing",
        ],
    )
    def test_is_noticed(self, file, change):
        self.damage(file, change)

        with pytest.raises(Conflict, match="不一致") as refused:
            content_of(file)
        assert refused.value.code == "file_damaged"

    def test_content_of_another_file_does_not_open(self, file):
        file.path.write_bytes(stored().path.read_bytes())

        with pytest.raises(Conflict, match="不一致"):
            content_of(file)

    def test_missing_content_is_told_before_anything_is_sent(self, file):
        file.path.unlink()

        with pytest.raises(Conflict, match="找不到"):
            chunks_of(file)


class TestLeftOvers:
    def test_interrupted_writing_leaves_nothing(self, db, media):
        def broken():
            yield b"abc"
            raise ConnectionError

        with pytest.raises(ConnectionError):
            store(name="a.csv", chunks=broken(), media_type="text/csv", now=timezone.now())
        assert on_disk(media) == []
        assert not StoredFile.objects.exists()

    def test_a_removed_file_is_gone_when_that_is_certain(self, db, media, django_capture_on_commit_callbacks):
        file = stored()
        with django_capture_on_commit_callbacks(execute=True):
            remove(file)
            assert len(on_disk(media)) == 1
        assert on_disk(media) == []
        assert not StoredFile.objects.exists()

    def test_what_a_rolled_back_transaction_left_goes_at_night(self, db, media, owned):
        kept = stored()
        with pytest.raises(RuntimeError), transaction.atomic():
            stored()
            raise RuntimeError
        (media / "notes.txt").write_text("not ours")
        assert len(on_disk(media)) == 3

        assert remove_left_overs(now=timezone.now()) == 0  # may still be committed
        assert remove_left_overs(now=timezone.now() + timedelta(hours=25)) == 1
        assert on_disk(media) == sorted([str(kept.uuid), "notes.txt"])
        assert content_of(kept) == TEXT

    def test_uploads_of_a_killed_server_go_at_night(self, db, settings):
        left = settings.FILE_UPLOAD_TEMP_DIR / "tmpa1b2.upload.xlsx"
        left.write_bytes(TEXT)

        assert remove_left_overs(now=timezone.now()) == 0
        assert remove_left_overs(now=timezone.now() + timedelta(hours=25)) == 1
        assert not left.exists()

    def test_rows_without_an_owner_go_at_night(self, db, media, django_capture_on_commit_callbacks):
        now = timezone.now()
        stored(at=now - timedelta(hours=25))
        young = stored(at=now)
        with django_capture_on_commit_callbacks(execute=True):
            assert remove_left_overs(now=now) == 1
        assert list(StoredFile.objects.all()) == [young]
        assert on_disk(media) == [str(young.uuid)]


class TestRotation:
    @pytest.fixture
    def files(self, db, settings, small_frames):
        settings.FIELD_KEYS = {"old": OLD}
        PersonFactory()
        files = [stored(), stored(b"")]
        settings.FIELD_KEYS = {"new": NEW, "old": OLD}
        return files

    def rotate(self) -> str:
        out = StringIO()
        call_command("rotate_keys", stdout=out, stderr=StringIO())
        return out.getvalue()

    def test_afterwards_the_old_key_is_not_needed(self, files, settings):
        assert "共换 1 人、2 个文件。" in self.rotate()
        assert "共换 0 人。" in self.rotate()

        settings.FIELD_KEYS = {"new": NEW}
        assert [content_of(file) for file in StoredFile.objects.order_by("pk")] == [TEXT, b""]
        event = Event.objects.get(type="people.keys_rotated")
        assert present(event.type, event.data) == "把 1 人、2 个文件的密文换到密钥 new 下。"

    def test_who_reads_meanwhile_reads_on(self, files):
        pieces = chunks_of(files[0])
        first = next(pieces)
        self.rotate()

        assert first + b"".join(pieces) == TEXT

    def test_a_key_that_left_the_ring_too_early_is_told(self, files, settings):
        settings.FIELD_KEYS = {"new": NEW}

        with pytest.raises(Conflict, match="密钥 old"):
            content_of(files[0])
