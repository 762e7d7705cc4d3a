"""Showing a full identity number: with a reason, and never without a trace."""

from datetime import datetime

from django.db import transaction

from linshu.audit import services as audit
from linshu.errors import Invalid, NotPermitted
from linshu.scope import Actor
from members.access import can_reveal
from members.models import Membership


def reveal(*, membership: Membership, reason: str, by: Actor, now: datetime) -> str:
    """The full number; NotPermitted without the right. The audit row is there before the number is shown."""
    if not can_reveal(by, membership):
        raise NotPermitted
    if not reason.strip():
        raise Invalid.field("reason", "请写明查看完整证号的事由，事由会记入审计日志。", rule="查看须有事由")
    with transaction.atomic():
        audit.record(
            "members.revealed", by=by, subject=membership, organization_id=membership.organization_id,
            reason=reason.strip(), data={"person": membership.person.name}, now=now,
        )  # fmt: skip
    number: str = membership.person.id_number
    return number
