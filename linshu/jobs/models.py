"""Jobs."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from linshu.jobs import registry
from linshu.jobs.querysets import JobQuerySet
from linshu.jobs.rules import states
from linshu.jobs.rules.states import FINISHED, WORDS, State

CHOICES = [(state.value, word) for state, word in WORDS.items()]


class Job(models.Model):
    """Long work. Moves only along ``rules.states.MOVES``, by conditional UPDATE in the services.

    ``sentence`` says where it is and, at the end, what came out; ``url`` is the page the result is on; ``arguments``
    holds ids only. ``beat_at`` is the last sign of life: of the waking while queued, of the worker while running.
    """

    kind = models.CharField("种类", max_length=60)
    title = models.CharField("名称", max_length=200)
    state = models.CharField("状态", max_length=10, choices=CHOICES, default=State.QUEUED.value)
    done = models.PositiveIntegerField("已办", default=0)
    total = models.PositiveIntegerField("总数", default=0)
    sentence = models.TextField("说明", blank=True)
    url = models.CharField("结果页", max_length=200, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="jobs", verbose_name="账号"
    )
    arguments = models.JSONField("参数", default=dict)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    created_at = models.DateTimeField("提交时间")
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)
    beat_at = models.DateTimeField("最近动静")

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "后台任务"
        indexes = [
            models.Index(fields=["user", "-created_at"], name="job_own"),
            models.Index(
                fields=["beat_at"], condition=Q(state__in=[State.QUEUED.value, State.RUNNING.value]), name="job_open"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.QUEUED.value, started_at=None)
                | (~Q(state=State.QUEUED.value) & Q(started_at__isnull=False)),
                name="job_started",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(FINISHED), finished_at__isnull=False)
                | (~Q(state__in=sorted(FINISHED)) & Q(finished_at=None)),
                name="job_finished",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_label} {self.pk}"  # not the title: operators see this, and it may name people

    @property
    def kind_label(self) -> str:
        """Chinese name of the kind."""
        return registry.label_of(self.kind)

    @property
    def percent(self) -> int:
        return states.percent(self.done, self.total)

    @property
    def is_finished(self) -> bool:
        return State(self.state) in FINISHED

    @property
    def level(self) -> str:
        """How the look shows the state."""
        return states.LEVELS[State(self.state)]
