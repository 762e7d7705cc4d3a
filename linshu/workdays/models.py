"""The table of working days: the only source, at run time no library is asked."""

from django.db import models

from linshu.workdays.querysets import CalendarYearQuerySet


class CalendarYear(models.Model):
    """A year whose holidays are known, and where they come from."""

    year = models.PositiveSmallIntegerField("年份", primary_key=True)
    source = models.CharField("来源", max_length=200)
    loaded_by = models.CharField("导入人", max_length=80)
    loaded_at = models.DateTimeField("导入时间")

    objects = CalendarYearQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "已导入年份"
        ordering = ["year"]

    def __str__(self) -> str:
        return f"{self.year}年"


class CalendarDay(models.Model):
    """A day of a loaded year that differs from Monday to Friday, or has a name; other days are as the week has them."""

    date = models.DateField("日期", primary_key=True)
    year = models.ForeignKey(CalendarYear, models.CASCADE, related_name="days", verbose_name="年份")
    is_workday = models.BooleanField("上班")
    name = models.CharField("名称", max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "放假与补班"
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date} {'上班' if self.is_workday else '放假'}"
