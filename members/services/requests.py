"""变更申请 on their way: asked for, taken back, returned. Every step locks the person, as every writer of his rows does."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from linshu.audit import services as audit
from linshu.errors import Conflict, Invalid, NotPermitted
from linshu.people.models import Person
from linshu.people.rules.accounts import reason as checked_reason
from linshu.scope import Actor, Right, require
from members.models import ChangeRequest, Membership
from members.rules.changing import Kind, State, Step, target_of
from members.rules.facts import FIELDS, Keeper, free_for, told
from members.services.correcting import weigh
from members.services.known import record_elsewhere
from members.services.memberships import lock_people
from members.services.periods import locked
from members.services.verifying import check_verified
from organizations.rules.spans import check_day
from organizations.services.nodes import today_of

ASKABLE = tuple(name for name in FIELDS if name not in free_for(Keeper.BRANCH))


def submit(
    *,
    membership: Membership,
    values: Mapping[str, Any],
    version: str = "",
    reason: str,
    verified: bool = True,
    by: Actor,
    now: datetime,
) -> ChangeRequest:
    """Ask the community to correct what the branch may not correct by itself. What should be looked at, and is
    ``verified``, is told along with it."""
    require(by, Right.MEMBERS_PROPOSE, membership.organization_id)
    if not set(values) <= set(ASKABLE):
        raise Invalid.field("values", "电话、住址、学历由支部直接改，不用报核准。", rule="§2.1 须核准的内容")
    try:
        with transaction.atomic():
            row = _unasked(membership)
            before, after, concerns = weigh(row, values, version=version, by=by, now=now)
            names = after.changed_from(before)
            if not names:
                raise Invalid("填的内容和现在登记的一样，没有要改的。请改了再报。")
            request = _request(row, Kind.CORRECT, reason, by, now)
            check_verified(concerns, verified=verified)
            request.told, request.warnings = told(before, after), concerns
            request.keep(*({name: getattr(facts, name) for name in names} for facts in (before, after)))
            return _submitted(request, by, now)
    except Invalid as error:
        record_elsewhere(error, act="报请更正党员信息", by=by, now=now)
        raise


@transaction.atomic
def submit_death(*, membership: Membership, on: date, reason: str, by: Actor, now: datetime) -> ChangeRequest:
    """Ask the community to register that the member died on ``on``."""
    require(by, Right.MEMBERS_PROPOSE, membership.organization_id)
    row = _unasked(membership)
    check_day(on, today=today_of(now))
    if on <= row.person.birth_date:
        raise Invalid.field("on", "去世日期早于出生日期，请核对。", rule="去世日期", value=on)
    request = _request(row, Kind.DEATH, reason, by, now)
    request.on = on
    return _submitted(request, by, now)


@transaction.atomic
def return_(*, request: ChangeRequest, opinion: str, by: Actor, now: datetime) -> ChangeRequest:
    """Send it back with an opinion: the branch sees why, and asks anew."""
    row = judged(request, by)
    return decide(row, Step.RETURN, opinion=checked_reason(opinion, field="opinion"), by=by, now=now)


@transaction.atomic
def withdraw(*, request: ChangeRequest, by: Actor, now: datetime) -> ChangeRequest:
    """Who asked takes it back."""
    require(by, Right.MEMBERS_PROPOSE, request.organization_id)
    row = fresh(request)
    if row.requested_by_id != by.user_id:
        raise NotPermitted("只有申请人自己能撤回申请。不同意的，请退回并写明意见。")
    return decide(row, Step.WITHDRAW, opinion="", by=by, now=now)


def close_requests(person: Person, *, opinion: str, by: Actor, now: datetime) -> None:
    """What is still asked about the person has become void; his lock is held."""
    for row in ChangeRequest.objects.in_state(State.SUBMITTED).filter(membership__person=person).with_names():
        decide(row, Step.RETURN, opinion=opinion, by=by, now=now)


def judged(request: ChangeRequest, by: Actor) -> ChangeRequest:
    """The request as it is now, its person locked, for who may decide on it: never who asked."""
    require(by, Right.MEMBERS_APPROVE, request.organization_id)
    row = fresh(request)
    if row.requested_by_id is not None and row.requested_by_id == by.user_id:
        raise NotPermitted("申请人不能办理自己的申请，请由社区的其他同志核准。")
    return row


def fresh(request: ChangeRequest) -> ChangeRequest:
    """The request as it is now, its person locked."""
    lock_people([request.membership.person_id])
    row: ChangeRequest = ChangeRequest.objects.with_names().get(pk=request.pk)
    return row


def decide(row: ChangeRequest, step: Step, *, opinion: str, by: Actor, now: datetime) -> ChangeRequest:
    """Close the request; what was sealed for writing is no longer kept."""
    row.state = target_of(State(row.state), step).value
    row.decided_by_id, row.decided_name, row.decided_at = by.user_id, by.name, now
    row.opinion, row.content = opinion, ""
    row.save()
    _record(row, by, now, reason=opinion)
    return row


def _unasked(membership: Membership) -> Membership:
    """The member, locked; Conflict while something is asked about him already."""
    row = locked(membership)
    if ChangeRequest.objects.in_state(State.SUBMITTED).filter(membership__person=row.person_id).exists():
        message = f"{row.person}已有一件变更申请待核准。请等办结，或由申请人撤回后再报。"
        raise Conflict(message, code="request_waiting")
    return row


def _request(row: Membership, kind: Kind, reason: str, by: Actor, now: datetime) -> ChangeRequest:
    return ChangeRequest(
        membership=row, organization=row.branch, kind=kind.value, reason=checked_reason(reason),
        requested_by_id=by.user_id, requested_name=by.name, requested_at=now,
    )  # fmt: skip


def _submitted(request: ChangeRequest, by: Actor, now: datetime) -> ChangeRequest:
    request.full_clean()
    request.save()
    _record(request, by, now, reason=request.reason)
    return request


def _record(row: ChangeRequest, by: Actor, now: datetime, *, reason: str) -> None:
    data = {
        "person": row.membership.person.name,
        "kind": row.get_kind_display(),
        "changes": row.told,
        "on": row.on.isoformat() if row.on else "",
        "requested_by": row.requested_name,
    }
    audit.record(
        f"members.change_{row.state}",
        by=by,
        subject=row,
        organization_id=row.organization_id,
        reason=reason,
        data=data,
        now=now,
    )
