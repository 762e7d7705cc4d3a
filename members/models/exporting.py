"""名册导出: who took which part of the register out, why, and the file while it is kept."""

from django.db import models

from linshu.files.models import StoredFile
from linshu.jobs.models import Job
from linshu.people.models import User
from members.querysets import ExportQuerySet
from organizations.models import Organization


class Export(models.Model):
    """An export of the register; its own ``job`` tells how far it is.

    ``places`` are the ids of the topmost organisations it holds: who fetches the file must still hold the right to
    export over each. ``filters`` are the conditions of the list by name, the person for a number; ``told`` says them
    in words. ``rows`` counts members (of the request, then of the file) and ``masked`` those whose number, phone and
    address are not there in full. ``file`` is empty before it is written and once it has been removed.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="exports", verbose_name="导出人")
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="组织"
    )
    places = models.JSONField("范围", default=list)
    day = models.DateField("名册日期")
    filters = models.JSONField("条件", default=dict)
    told = models.CharField("范围和条件", max_length=300)
    reason = models.CharField("事由", max_length=200)
    rows = models.PositiveIntegerField("行数")
    masked = models.PositiveIntegerField("遮盖的行数", default=0)
    job = models.OneToOneField(Job, models.PROTECT, null=True, related_name="+", verbose_name="后台任务")
    file = models.OneToOneField(
        StoredFile, models.SET_NULL, null=True, blank=True, related_name="export", verbose_name="文件"
    )
    created_at = models.DateTimeField("申请时间")
    written_at = models.DateTimeField("生成时间", null=True, blank=True)
    expires_on = models.DateField("保存至", null=True, blank=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "名册导出"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["user", "-created_at"], name="export_own")]  # one's list, one's rows of a day

    def __str__(self) -> str:
        return f"导出{self.told}"

    @property
    def is_full(self) -> bool:
        """Are there numbers, phones and addresses in full?"""
        return self.rows > self.masked
