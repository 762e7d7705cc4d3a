"""Approving a 变更申请: held against the register of that moment, and written by the same services as everything else."""

from datetime import datetime

from linshu.errors import Conflict, Invalid
from linshu.scope import Actor, Right, require
from members.models import ChangeRequest, Membership
from members.rules.changing import Kind, Step
from members.rules.facts import FIELDS, shown
from members.services.correcting import Correction, facts_of, write_corrections
from members.services.deaths import write_death
from members.services.known import record_elsewhere
from members.services.requests import decide, judged
from organizations.models import OPEN_END
from organizations.tree import tree_lock


def approve(*, request: ChangeRequest, opinion: str = "", by: Actor, now: datetime) -> ChangeRequest:
    """Approve and write; Conflict where the register has changed since the branch asked, with both values masked.

    Takes the tree lock first: a death ends posts.
    """
    try:
        return _approve(request, opinion.strip(), by, now)
    except Invalid as error:
        record_elsewhere(error, act="核准变更申请", by=by, now=now)
        raise


def _approve(request: ChangeRequest, opinion: str, by: Actor, now: datetime) -> ChangeRequest:
    with tree_lock():
        row = judged(request, by)
        member = _member(row, by)
        old, new = row.old_and_new
        _check_unchanged(member, old)
        row = decide(row, Step.APPROVE, opinion=opinion, by=by, now=now)
        reason = f"核准{row.requested_name}的申请：{row.reason}"[:200]
        if row.kind == Kind.DEATH and row.on:
            write_death(membership=member, on=row.on, reason=reason, by=by, now=now)
        else:
            write_corrections([Correction(member, new)], reason=reason, by=by, now=now)
    return row


def _member(row: ChangeRequest, by: Actor) -> Membership:
    """The person's period as it is now: in the branch that asked, or the request is void."""
    open_rows = Membership.objects.filter(person=row.membership.person_id, valid_to=OPEN_END)
    member: Membership | None = open_rows.with_names().first()
    if member is None or member.branch.pk != row.organization_id:
        message = f"{row.membership.person}已不在{row.organization}的名册上，这件申请不能再核准。请退回，写明情况。"
        raise Conflict(message, code="member_left")
    require(by, Right.MEMBERS_APPROVE, member.organization_id)
    return member


def _check_unchanged(member: Membership, old: dict[str, object]) -> None:
    facts = facts_of(member)
    for name, value in old.items():
        now = getattr(facts, name)
        if now != value:
            message = (
                f"{FIELDS[name].label}在申请时是“{shown(name, value)}”，现在登记的是“{shown(name, now)}”，"
                "已有人改过。请退回申请，由支部核对后再报。"
            )
            raise Conflict(message, code="changed_meanwhile")
