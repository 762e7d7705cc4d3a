"""Another 党小组 of the same branch, or none: a new period from the day."""

from datetime import date, datetime

from linshu.audit import services as audit
from linshu.errors import Conflict, Invalid
from linshu.scope import Actor, Right, require
from members.models import Membership
from members.services.periods import check_begin, go_on, locked
from organizations.models import Organization
from organizations.services.nodes import period_on
from organizations.tree import tree_lock


def regroup(
    *, membership: Membership, organization: Organization, on: date, reason: str = "", by: Actor, now: datetime
) -> Membership:
    """Put the member into a group of his own branch, or with the branch itself into none, from ``on`` on.

    Takes the tree lock before the person's: the group must not close meanwhile.
    """
    require(by, Right.MEMBERS_EDIT, membership.organization_id)
    with tree_lock():
        row = locked(membership)
        target = Organization.objects.select_related("parent").get(pk=organization.pk)
        _check(row, target)
        check_begin(row, on, now=now)
        period_on(target, on, now=now)
        data = {
            "person": row.person.name, "from_organization": row.organization.name, "organization": target.name,
            "from": on.isoformat(),
        }  # fmt: skip
        row = go_on(row, on, reason=reason or "调整党小组", organization=target)
        audit.record(
            "members.regrouped", by=by, subject=row, organization_id=target.pk, reason=reason, data=data, now=now
        )
    return row


def _check(row: Membership, target: Organization) -> None:
    if target.pk != row.branch.pk and target.parent_id != row.branch.pk:
        message = f"{target}不是{row.branch.short_name}的党小组。到别的支部去，请走组织关系转接。"
        raise Invalid.field("organization", message, rule="§1.1 党小组属于支部")
    if target.pk == row.organization_id:
        raise Conflict(f"{row.person}现在就编在这里，没有变化。", code="unchanged")
