"""名册导入: an uploaded roster on its way into the register, and its rows while they wait."""

import uuid

from django.db import models
from django.urls import reverse

from linshu.files.models import StoredFile
from linshu.jobs.models import Job
from linshu.people.models import Person, User
from members.models.membership import Category
from members.querysets import ImportQuerySet, ImportRowQuerySet
from members.rules.importing import STATE_WORDS, VERDICT_WORDS, State, Verdict
from organizations.models import Organization


class Import(models.Model):
    """A roster file: read, shown, confirmed, written.

    ``organization`` is the lowest node that covers every branch of the file: who holds the right to import there may
    see it, besides its uploader. Counts of members are those of the preview until it is written; ``written_*`` tell what
    was done. ``branches`` are the codes that somebody chose for what the file calls a branch. What an import left out
    is owed until ``settled_at``.
    """

    uuid = models.UUIDField("唯一标识", default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(
        "状态",
        max_length=20,
        choices=[(state.value, STATE_WORDS[state]) for state in State],
        default=State.READING.value,
    )
    name = models.CharField("文件名", max_length=200)
    fingerprint = models.CharField("指纹", max_length=16)
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="imports", verbose_name="上传人")
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="涉及范围"
    )
    file = models.OneToOneField(
        StoredFile, models.SET_NULL, null=True, blank=True, related_name="import_of", verbose_name="名册文件"
    )
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="后台任务")
    all_or_nothing = models.BooleanField("全部成功才写入", default=False)
    sentence = models.CharField("结果", max_length=500, blank=True)
    notes = models.JSONField("文件说明", default=list)
    columns = models.JSONField("文件里的列", default=list)
    branches = models.JSONField("指定的支部", default=dict, blank=True)
    new_organizations = models.PositiveIntegerField("新增组织", default=0)
    same_organizations = models.PositiveIntegerField("无变化的组织", default=0)
    new = models.PositiveIntegerField("新增", default=0)
    changed = models.PositiveIntegerField("变更", default=0)
    same = models.PositiveIntegerField("无变化", default=0)
    problem = models.PositiveIntegerField("有问题", default=0)
    warned = models.PositiveIntegerField("请核实", default=0)
    absent = models.PositiveIntegerField("文件里没有", default=0)
    written_organizations = models.PositiveIntegerField("已新增组织", default=0)
    written_new = models.PositiveIntegerField("已新增", default=0)
    written_changed = models.PositiveIntegerField("已变更", default=0)
    created_at = models.DateTimeField("上传时间")
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)
    settled_at = models.DateTimeField("没有写入的行处理完的时间", null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "名册导入"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_owing(self) -> bool:
        """Did it leave rows out that nobody has dealt with?"""
        return self.state == State.WRITTEN and bool(self.problem) and self.settled_at is None

    @property
    def url(self) -> str:
        """Its page."""
        return reverse("members:import-detail", args=[self.pk])


class ImportRow(models.Model):
    """A row of the file: what it is to the register, what is wrong with it, what it would change.

    ``differences`` are ``[{"column", "old", "new"}]``, ``problems`` and ``warnings`` ``[{"column", "value", "rule",
    "message"}]``, all masked. ``payload`` is what will be written, sealed as a whole; it is emptied once the import is
    written or discarded. ``id_index`` is the blind index of the identity number, ``title_list`` the 党内职务;
    ``group_code`` and ``category`` of what is written say where and as what the member would stand afterwards.
    """

    import_record = models.ForeignKey(Import, models.CASCADE, related_name="rows", verbose_name="导入")
    sheet = models.CharField("工作表", max_length=20)
    sheet_name = models.CharField("工作表名", max_length=31, blank=True)  # where several sheets hold members
    number = models.PositiveIntegerField("行")
    verdict = models.CharField(
        "核对结果", max_length=10, choices=[(verdict.value, VERDICT_WORDS[verdict]) for verdict in Verdict]
    )
    name = models.CharField("姓名或组织", max_length=120, blank=True)
    branch_code = models.CharField("所在党组织编码", max_length=40, blank=True)
    group_code = models.CharField("党小组编码", max_length=40, blank=True)
    category = models.CharField("人员类别", max_length=12, choices=Category.choices, blank=True)
    title_list = models.CharField("党内职务", max_length=200, blank=True)
    id_index = models.CharField("公民身份号码索引", max_length=64, blank=True, editable=False)
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False, verbose_name="登记的人"
    )
    differences = models.JSONField("变更内容", default=list)
    problems = models.JSONField("问题", default=list)
    warnings = models.JSONField("请核实", default=list)
    payload = models.TextField("待写入（密文）", blank=True, editable=False)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "导入的行"
        ordering = ["import_record", "pk"]
        indexes = [
            models.Index(fields=["import_record", "verdict", "id"], name="import_row_verdict"),  # the preview's lists
            models.Index(fields=["import_record", "id_index"], name="import_row_number"),  # the same number twice
        ]

    def __str__(self) -> str:
        return f"{self.sheet_name or self.sheet}第 {self.number} 行"
