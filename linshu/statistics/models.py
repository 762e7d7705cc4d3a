"""年度统计."""

from django.db import models
from django.db.models import Q

from linshu.files.models import StoredFile
from linshu.people.models import User
from linshu.statistics.querysets import AnnualStatisticsQuerySet
from linshu.statistics.rules.numbers import day_of
from organizations.models import Organization


class AnnualStatistics(models.Model):
    """The numbers of a county on 31 December, as they were counted when they were frozen; never changed.

    ``numbers`` is the table (``rules.numbers``), ``fingerprint`` its SHA-256, ``file`` the same as a workbook. A year
    frozen again is a further ``version`` with its reason; the earlier ones stay.
    """

    year = models.PositiveSmallIntegerField("年度")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name="县")
    version = models.PositiveSmallIntegerField("版本", default=1)
    numbers = models.JSONField("数字")
    fingerprint = models.CharField("指纹", max_length=64)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="statistics", verbose_name="文件")
    reason = models.CharField("重新封存的事由", max_length=200, blank=True)
    frozen_at = models.DateTimeField("封存时间")
    frozen_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="封存人")

    objects = AnnualStatisticsQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "年度统计"
        ordering = ["-year", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "year", "version"], name="statistics_one_version"),
            models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name="statistics_again_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.organization.name}{self.year}年度统计"

    @property
    def day(self) -> object:
        """The day that was counted."""
        return day_of(self.year)
