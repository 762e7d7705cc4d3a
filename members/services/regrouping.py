"""Another 党小组 of the same branch, or none: a new period from the day."""

from datetime import date, datetime

from linshu.audit import services as audit
from linshu.errors import Conflict, Invalid
from linshu.scope import Actor, Right, require
from members.models import Membership
from members.rules.facts import OF_MEMBERSHIP
from members.services.memberships import lock_people
from organizations.models import OPEN_END, Organization
from organizations.services.nodes import period_on
from organizations.tree import tree_lock


def regroup(
    *, membership: Membership, organization: Organization, on: date, reason: str = "", by: Actor, now: datetime
) -> Membership:
    """Put the member into a group of his own branch, or with the branch itself into none, from ``on`` on.

    Where the period begins on that very day it is put right in place. Takes the tree lock: the group must not close
    meanwhile.
    """
    require(by, Right.MEMBERS_EDIT, membership.organization_id)
    with tree_lock():
        lock_people([membership.person_id])
        row = _open(membership)
        target = Organization.objects.select_related("parent").get(pk=organization.pk)
        _check(row, target, on, now)
        source = row.organization
        row = _move(row, target, on, reason)
        data = {
            "person": row.person.name, "from_organization": source.name, "organization": target.name,
            "from": on.isoformat(),
        }  # fmt: skip
        audit.record(
            "members.regrouped", by=by, subject=row, organization_id=target.pk, reason=reason, data=data, now=now
        )
    return row


def _open(membership: Membership) -> Membership:
    row: Membership = Membership.objects.with_names().get(pk=membership.pk)
    if not row.is_open:
        raise Conflict(f"{row.person}的登记刚刚变动过，这一段已经结束。请刷新页面，到现在的登记上办理。", code="ended")
    return row


def _check(row: Membership, target: Organization, on: date, now: datetime) -> None:
    if target.pk != row.branch.pk and target.parent_id != row.branch.pk:
        message = f"{target}不是{row.branch.short_name}的党小组。到别的支部去，请走组织关系转接。"
        raise Invalid.field("organization", message, rule="§1.1 党小组属于支部")
    if target.pk == row.organization_id:
        raise Conflict(f"{row.person}现在就编在这里，没有变化。", code="unchanged")
    if on < row.valid_from:
        message = f"现在的编组自 {row.valid_from} 起，调整日期不能早于这一天。"
        raise Invalid.field("on", message, rule="变动只从现在的情况之后开始", value=on)
    period_on(target, on, now=now)


def _move(row: Membership, target: Organization, on: date, reason: str) -> Membership:
    if on == row.valid_from:
        row.organization = target
        row.save()
        return row
    row.valid_to = on
    row.save()
    told = {name: getattr(row, name) for name in ("person", "county_id", "pinyin_key", *OF_MEMBERSHIP)}
    return Membership.objects.create(
        **told, organization=target, valid_from=on, valid_to=OPEN_END, reason=reason or "调整党小组"
    )
