"""Showing a full identity number: with a reason, and never without a trace."""

from datetime import datetime

from django.db import transaction

from linshu.audit import services as audit
from linshu.errors import NotPermitted
from linshu.people.rules.accounts import reason as checked_reason
from linshu.scope import Actor
from members.access import can_reveal
from members.models import Membership


def reveal(*, membership: Membership, reason: str, by: Actor, now: datetime) -> str:
    """The full number; NotPermitted without the right, Invalid without a reason. The audit row is there before the number is shown."""
    if not can_reveal(by, membership):
        raise NotPermitted
    why = checked_reason(reason)
    with transaction.atomic():
        audit.record(
            "members.revealed", by=by, subject=membership, organization_id=membership.organization_id,
            reason=why, data={"person": membership.person.name}, now=now,
        )  # fmt: skip
    number: str = membership.person.id_number
    return number
