"""Answers already given, so that a repeated POST is not done twice."""

from django.db import models


class IdempotencyKey(models.Model):
    """The answer to a POST sent with ``Idempotency-Key``; kept 24 hours. Plain ids: this app lies below the accounts.

    ``body`` is empty where the answer holds a secret that is shown only once.
    """

    user_id = models.BigIntegerField("账号编号")
    key = models.CharField("幂等键", max_length=128)
    fingerprint = models.CharField("请求摘要", max_length=64)
    status = models.PositiveSmallIntegerField("状态码", null=True)
    body = models.JSONField("答复", null=True)
    secret = models.BooleanField("只显示一次", default=False)
    expires_at = models.DateTimeField("到期时间", db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "幂等键"
        constraints = [models.UniqueConstraint(fields=["user_id", "key"], name="idempotency_key_once")]

    def __str__(self) -> str:
        return self.key
