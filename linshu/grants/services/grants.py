"""Giving and ending roles, by the security administrator."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone

from linshu.audit import services as audit
from linshu.errors import Conflict, Invalid
from linshu.grants.models import Grant
from linshu.grants.rules import separation
from linshu.grants.rules.roles import ROLES
from linshu.people.models import User
from linshu.people.querysets import UserQuerySet
from linshu.people.rules.accounts import reason as checked_reason
from linshu.scope import Actor, Right, require
from organizations.models import OPEN_END, Organization

CANDIDATES = 8


def with_grants(*, actor: Actor, today: date, role: str = "") -> UserQuerySet:
    """Accounts, each with ``shown_grants``: what it holds today or later where the actor gives roles."""
    shown = Grant.objects.managed(actor).from_day(today).told()
    accounts = User.objects.grantable(actor).prefetch_related(Prefetch("grants", shown, to_attr="shown_grants"))
    return accounts.filter(pk__in=shown.filter(role=role).values("user")) if role in ROLES else accounts


def named_organization(*, text: str, actor: Actor) -> Organization:
    """The one open organisation meant by a code or a name, where the actor gives roles; several are named to choose."""
    within = Organization.objects.within(actor.scope(Right.GRANTS_MANAGE)).open()
    found = list(within.called(text.strip()).order_by("tree_id", "lft")[: CANDIDATES + 1])
    exact = [each for each in found if text.strip() in {each.code, each.name, each.short_name}]
    if len(exact) == 1 or len(found) == 1:
        return (exact or found)[0]
    if not found:
        message = "没有这个组织，或不在您授权的范围内。请写组织编码或名称。"
    else:
        names = "、".join(f"{each.name}（{each.code}）" for each in found[:CANDIDATES])
        message = f"有几个组织都符合，请写编码：{names}{'等' if len(found) > CANDIDATES else ''}。"
    raise Invalid.field("organization", message, rule="GRANT_PLACE", value=text)


@transaction.atomic
def give_grant(
    *, user: User, role: str, organization: Organization, valid_from: date, valid_to: date | None, reason: str,
    by: Actor, now: datetime,
) -> Grant:  # fmt: skip
    """Give a role over an organisation's subtree, from a day on (until before ``valid_to``)."""
    require(by, Right.GRANTS_MANAGE, organization.pk)
    separation.refuse_own(giver_user_id=by.user_id, receiver_user_id=user.pk)
    # Two grants given at once must see each other, or 三权分立 could be walked around: the account's row is the lock.
    user = User.objects.select_for_update().get(pk=user.pk)
    end, wanted = valid_to or OPEN_END, separation.role_of(role)
    meanwhile = Grant.objects.filter(user=user).between(valid_from, end)
    held = tuple(ROLES[code] for code in meanwhile.values_list("role", flat=True))
    wish = separation.Wish(wanted, valid_from, end, organization.parent_id is None, user.person_id is not None, held)
    separation.check(wish, today=timezone.localdate(now))
    if meanwhile.filter(role=role, organization=organization).exists():
        raise Conflict(f"{user} 在这段时间已经是{organization}的{wanted.name}，不需要再授。")
    if not organization.is_open:
        raise Invalid.field("organization", "这个组织已经撤销，请另选。", rule="GRANT_PLACE", value=organization.code)
    grant = Grant(
        user=user, role=role, organization=organization, valid_from=valid_from, valid_to=end,
        reason=checked_reason(reason), granted_by=by.name,
    )  # fmt: skip
    grant.full_clean()
    grant.save()
    _record("grants.given", grant, grant.reason, by, now)
    return grant


@transaction.atomic
def end_grant(*, grant: Grant, reason: str, by: Actor, now: datetime, on: date | None = None) -> None:
    """End a grant before ``on`` (today when not told); one that has not begun is taken back altogether."""
    require(by, Right.GRANTS_MANAGE, grant.organization_id)
    separation.refuse_own(giver_user_id=by.user_id, receiver_user_id=grant.user_id)
    today = timezone.localdate(now)
    row = Grant.objects.select_for_update().select_related("user", "organization").filter(pk=grant.pk).first()
    if row is None:  # one that had not begun, taken back by somebody else meanwhile
        raise Conflict("这项授权已经被收回，不需要再收回。")
    grant = row
    end = on or today
    if end < today:
        raise Invalid.field("on", "不能收回过去的权限：那时的操作是有授权的。", rule="GRANT_DATES", value=end)
    if grant.valid_to <= end:
        raise Conflict("这项授权到那天已经终止，不需要再收回。")
    why = checked_reason(reason)
    grant.valid_to = end
    _record("grants.ended", grant, why, by, now)
    if end <= grant.valid_from:
        grant.delete()
    else:
        grant.save(update_fields=["valid_to"])


def _record(type_: str, grant: Grant, reason: str, by: Actor, now: datetime) -> None:
    data = {
        "account": grant.user.username,
        "role": grant.role,
        "organization": grant.organization.name,
        "valid_from": grant.valid_from.isoformat(),
        "valid_to": "" if grant.valid_to == OPEN_END else grant.valid_to.isoformat(),
    }
    audit.record(
        type_, by=by, subject=grant, organization_id=grant.organization_id, label=str(grant.user), reason=reason,
        data=data, now=now,
    )  # fmt: skip
