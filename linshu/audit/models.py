"""Events and their seals. Plain ids, no foreign keys: the log outlives what it speaks of."""

from typing import Any

from django.db import models

from linshu.audit import registry
from linshu.audit.querysets import EventQuerySet, FixedQuerySet


class Fixed(models.Model):
    """A row that is inserted once: no update, no delete. Triggers of the database hold it against SQL too."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("audit rows are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("audit rows are never deleted")


class Event(Fixed):
    """One thing that was done, by whom, to what; inserted once, never changed. Personal values are masked."""

    uuid = models.UUIDField("编号", unique=True, editable=False)
    at = models.DateTimeField("时间", db_index=True)
    type = models.CharField("事件", max_length=60)
    actor_id = models.BigIntegerField("操作人编号", null=True)
    actor_name = models.CharField("操作人", max_length=80)
    organization_id = models.BigIntegerField("组织编号", null=True)
    subject_type = models.CharField("对象类型", max_length=60, blank=True)
    subject_id = models.CharField("对象编号", max_length=40, blank=True)
    subject_label = models.CharField("对象", max_length=200, blank=True)
    reason = models.CharField("事由", max_length=500, blank=True)
    data = models.JSONField("内容", default=dict)
    mac = models.CharField("校验码", max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "审计事件"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["type", "-id"], name="audit_event_type"),  # filter of the audit page
            models.Index(
                fields=["subject_type", "subject_id", "-id"], name="audit_event_subject"
            ),  # history of a record
            models.Index(fields=["organization_id", "-id"], name="audit_event_organization"),  # history of a node
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.type}"

    @property
    def label(self) -> str:
        """Chinese name of the type."""
        return registry.label_of(self.type)

    @property
    def sentence(self) -> str:
        """What happened, in the words of the type's presenter."""
        return registry.present(self.type, self.data)


class Seal(Fixed):
    """One link of the chain over events: ``hash = HMAC(seq | previous hash | event uuid | mac)``, without gaps."""

    seq = models.BigIntegerField("序号", primary_key=True)
    event_uuid = models.UUIDField("事件编号", unique=True)
    hash = models.CharField("链值", max_length=64)
    sealed_at = models.DateTimeField("封存时间")

    objects = FixedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "审计封条"
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq}"


class Verification(models.Model):
    """What one run of the verification found; ``problems`` keeps the first of them."""

    at = models.DateTimeField("核验时间", db_index=True)
    seals = models.BigIntegerField("封条数")
    events = models.BigIntegerField("事件数")
    found = models.PositiveIntegerField("问题数")
    problems = models.JSONField("问题", default=list)

    class Meta:
        verbose_name = verbose_name_plural = "审计核验"
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.found}"
