"""Dated values of the rule numbers."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from linshu.parameters.catalogue import CATALOGUE
from linshu.parameters.querysets import ParameterQuerySet
from linshu.parameters.rules.definitions import Definition

OPEN_END = date(9999, 12, 31)
# Seeded versions hold from a day before anything the portal can be asked about.
SEEDED_FROM = date(1949, 10, 1)


class Parameter(models.Model):
    """One version of one number, valid from ``effective_from`` until before ``effective_to``."""

    code = models.CharField("代码", max_length=40)
    value = models.CharField("值", max_length=40)
    effective_from = models.DateField("生效日")
    effective_to = models.DateField("失效日")
    basis = models.CharField("依据", max_length=200)
    reason = models.CharField("调整原因", max_length=200, blank=True)
    created_by = models.CharField("登记人", max_length=80)
    created_at = models.DateTimeField("登记时间")

    objects = ParameterQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "规则参数"
        ordering = ["code", "effective_from"]
        constraints = [
            models.CheckConstraint(condition=Q(effective_from__lt=F("effective_to")), name="parameter_dates"),
            models.UniqueConstraint(fields=["code", "effective_from"], name="parameter_one_from"),
            models.UniqueConstraint(fields=["code", "effective_to"], name="parameter_one_to"),
        ]

    def __str__(self) -> str:
        return f"{self.code}={self.value}"

    @property
    def definition(self) -> Definition:
        """What the catalogue says of the number."""
        return CATALOGUE[self.code]

    @property
    def words(self) -> str:
        """The value with its unit."""
        return self.definition.show(self.value)

    @property
    def is_seeded(self) -> bool:
        """The value the portal came with."""
        return self.effective_from == SEEDED_FROM

    @property
    def is_open(self) -> bool:
        """No later version follows."""
        return self.effective_to == OPEN_END
