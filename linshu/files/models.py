"""What is known of a stored file; its content lies sealed under MEDIA_ROOT."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models

from linshu.files.querysets import StoredFileQuerySet


class StoredFile(models.Model):
    """A file with exactly one owner row, which has a OneToOneField to it and serves it below its own address."""

    uuid = models.UUIDField("唯一标识", default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("文件名", max_length=200)
    size = models.PositiveBigIntegerField("大小（字节）")
    sha256 = models.CharField("内容指纹（SHA-256）", max_length=64)
    media_type = models.CharField("类型", max_length=100)
    key_id = models.CharField("密钥编号", max_length=64, db_index=True)
    created_at = models.DateTimeField("存入时间")

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "文件"

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where the sealed content lies."""
        return Path(settings.MEDIA_ROOT) / str(self.uuid)
