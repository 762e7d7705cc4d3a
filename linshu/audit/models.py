"""Events and their seals. Plain ids, no foreign keys: the log outlives what it speaks of."""

from django.db import models

from linshu.audit.querysets import EventQuerySet


class Event(models.Model):
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


class Seal(models.Model):
    """One link of the chain over events: ``hash = HMAC(seq | previous hash | event uuid | mac)``, without gaps."""

    seq = models.BigIntegerField("序号", primary_key=True)
    event_uuid = models.UUIDField("事件编号", unique=True)
    hash = models.CharField("链值", max_length=64)
    sealed_at = models.DateTimeField("封存时间")

    class Meta:
        verbose_name = verbose_name_plural = "审计封条"
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq}"
