"""Who holds which role, where, from when to when."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from linshu.grants.querysets import GrantQuerySet
from linshu.grants.rules.roles import ROLES
from organizations.models import OPEN_END, Organization


class Grant(models.Model):
    """A role at an organisation with dates; it covers the subtree. ``valid_to`` is open as 9999-12-31."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="grants", verbose_name="账号")
    role = models.CharField("角色", max_length=40)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="grants", verbose_name="组织")
    valid_from = models.DateField("起始日")
    valid_to = models.DateField("截止日")
    reason = models.CharField("依据", max_length=200)
    granted_by = models.CharField("授权人", max_length=80)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "授权"
        constraints = [models.CheckConstraint(condition=Q(valid_from__lt=F("valid_to")), name="grant_dates")]
        indexes = [models.Index(fields=["user", "valid_to"], name="grant_user_open")]  # read on every request

    def __str__(self) -> str:
        return f"{self.user} {self.role}"

    @property
    def role_name(self) -> str:
        return ROLES[self.role].name

    @property
    def is_open(self) -> bool:
        return self.valid_to == OPEN_END

    def state_on(self, day: date) -> str:
        """``future``, ``present`` or ``past``, seen from ``day``."""
        if day < self.valid_from:
            return "future"
        return "present" if day < self.valid_to else "past"
