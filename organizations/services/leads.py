"""Writing 牵头党组织 of communities without a 总支; a 总支 leads by itself, without a row (rule book 1.1)."""

from datetime import date, datetime

from linshu.audit import services as audit
from linshu.errors import Conflict, Invalid
from linshu.scope import Actor, Right, require
from organizations.models import OPEN_END, LeadAppointment, Organization
from organizations.rules.kinds import BRANCHES, Kind
from organizations.rules.spans import check_end
from organizations.services.nodes import community_on, period_on, today_of
from organizations.tree import tree_lock


def appoint_lead(
    *, community: Organization, branch: Organization, document_no: str, on: date, by: Actor, now: datetime
) -> LeadAppointment:
    """The street appoints the leading branch; the appointment in force ends the same day."""
    require(by, Right.ORGANIZATIONS_RESTRUCTURE, community.pk)
    if not document_no:
        raise Invalid.field("document_no", "牵头党组织由街道发文指定，请填文号。", rule="指定须有文号")
    with tree_lock():
        _check(community, branch, on, now=now)
        before = LeadAppointment.objects.filter(organization=community, valid_to=OPEN_END).first()
        if before is not None:
            if before.branch_id == branch.pk:
                raise Conflict(f"{branch}已经是牵头党组织，不用重复指定。", code="lead_already")
            _end(before, on, now=now)
        lead = LeadAppointment(organization=community, branch=branch, document_no=document_no, valid_from=on)
        lead.full_clean()
        lead.save()
        _record("organizations.lead_appointed", lead, by=by, now=now)
    return lead


def end_lead(*, lead: LeadAppointment, on: date, reason: str, by: Actor, now: datetime) -> LeadAppointment:
    """End the appointment without a successor: the community is without a leading organisation until the next."""
    require(by, Right.ORGANIZATIONS_RESTRUCTURE, lead.organization_id)
    with tree_lock():
        lead = LeadAppointment.objects.select_related("organization", "branch").get(pk=lead.pk)
        if lead.valid_to != OPEN_END:
            raise Conflict(f"这一指定已于 {lead.valid_to} 终止，不用重复办理。", code="lead_ended")
        _end(lead, on, now=now)
        _record("organizations.lead_ended", lead, by=by, now=now, reason=reason)
    return lead


def _check(community: Organization, branch: Organization, on: date, *, now: datetime) -> None:
    if community_on(community, on, now=now).kind == Kind.GENERAL_BRANCH:
        raise Invalid.field("branch", f"{community}是总支，总支本身就是牵头党组织，不用指定。", rule="有总支即总支")
    period = period_on(branch, on, now=now)
    if period.parent_id != community.pk or period.kind not in BRANCHES:
        raise Invalid.field(
            "branch", f"{branch}在 {on} 不是{community}的支部，请选本社区的支部。", rule="牵头党组织是本社区的支部"
        )


def _end(lead: LeadAppointment, on: date, *, now: datetime) -> None:
    check_end(on, begun=lead.valid_from, today=today_of(now))
    lead.valid_to = on
    lead.full_clean()
    lead.save()


def _record(type_: str, lead: LeadAppointment, *, by: Actor, now: datetime, reason: str = "") -> None:
    data = {
        "organization": lead.organization.name,
        "branch": lead.branch.name,
        "document_no": lead.document_no,
        "from": str(lead.valid_from),
        "to": "" if lead.valid_to == OPEN_END else str(lead.valid_to),
    }
    audit.record(type_, by=by, subject=lead, organization_id=lead.organization_id, reason=reason, data=data, now=now)
