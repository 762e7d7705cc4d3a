"""变更申请: what a branch asks the community to change in the register."""

import json
import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from linshu.people.models import User
from linshu.people.sealing import Sealed
from members.models.membership import Membership
from members.querysets import ChangeRequestQuerySet
from members.rules.changing import KIND_WORDS, STATE_WORDS, Kind, State
from organizations.models import Organization


class ChangeRequest(models.Model):
    """Asked for by a branch, decided by its community; never by who asked.

    ``told`` keeps the changes for reading, masked (``[{"field", "label", "old", "new"}]``); ``content`` what will be
    written and what stood there before, sealed, and emptied once the request is closed. ``on`` is the day of death;
    ``warnings`` are sentences about what should be held against the files before it is approved.
    """

    uuid = models.UUIDField("唯一标识", default=uuid.uuid4, unique=True, editable=False)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="changes", verbose_name="党员")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name="所在党组织")
    kind = models.CharField("事项", max_length=10, choices=[(kind.value, KIND_WORDS[kind]) for kind in Kind])
    state = models.CharField(
        "状态",
        max_length=10,
        choices=[(state.value, STATE_WORDS[state]) for state in State],
        default=State.SUBMITTED.value,
    )
    on = models.DateField("去世日期", null=True, blank=True)
    told = models.JSONField("变更内容", default=list, blank=True)
    warnings = models.JSONField("请核实", default=list, blank=True)
    content_sealed = models.TextField("待写入（密文）", blank=True, editable=False)
    reason = models.CharField("事由", max_length=200)
    requested_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="申请人"
    )
    requested_name = models.CharField("申请人姓名", max_length=80)
    requested_at = models.DateTimeField("申请时间")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="办理人")
    decided_name = models.CharField("办理人姓名", max_length=80, blank=True)
    decided_at = models.DateTimeField("办理时间", null=True, blank=True)
    opinion = models.CharField("意见", max_length=200, blank=True)

    content = Sealed()

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "变更申请"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership"], condition=Q(state="submitted"), name="change_request_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state="submitted", decided_at__isnull=True)
                | (~Q(state="submitted") & Q(decided_at__isnull=False, content_sealed="")),
                name="change_request_decided",
            ),
            models.CheckConstraint(
                condition=Q(kind="death", on__isnull=False) | Q(kind="correct", on__isnull=True),
                name="change_request_death_day",
            ),
        ]
        indexes = [models.Index(fields=["organization", "state"], name="change_request_owed")]  # what a place owes

    def __str__(self) -> str:
        return f"{self.membership.person} {self.get_kind_display()}"

    @property
    def is_open(self) -> bool:
        return self.state == State.SUBMITTED

    @property
    def old_and_new(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The values that stood there when it was asked for, and the ones asked for; empty once it is closed."""
        told = json.loads(self.content or '{"old": {}, "new": {}}')
        return _revived(told["old"]), _revived(told["new"])

    def keep(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        """Seal both."""
        self.content = json.dumps({"old": old, "new": new}, default=date.isoformat)


def _revived(values: dict[str, Any]) -> dict[str, Any]:
    days = ("joined_on", "full_on")
    return {name: date.fromisoformat(value) if name in days and value else value for name, value in values.items()}
