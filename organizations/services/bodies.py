"""Writing the bodies of a community and their terms; seats are written in ``services/seats.py``."""

from datetime import date, datetime

from linshu.audit import services as audit
from linshu.errors import Conflict, Invalid
from linshu.parameters.services import values_on
from linshu.scope import Actor, Right, require
from organizations.models import OPEN_END, Body, Organization, Seat
from organizations.rules import bodies as rules
from organizations.rules.bodies import BodyKind
from organizations.rules.spans import check_end
from organizations.services.nodes import community_on, today_of
from organizations.tree import tree_lock


def establish_body(
    *, community: Organization, kind: BodyKind, on: date, document_no: str = "", by: Actor, now: datetime
) -> Body:
    """Establish a body and begin its first term; Conflict when the community has one of the kind."""
    require(by, Right.ORGANIZATIONS_EDIT, community.pk)
    with tree_lock():
        community_on(community, on, now=now)
        if Body.objects.filter(organization=community, kind=kind, valid_to__gt=on).exists():
            label = rules.BODIES[kind].label
            raise Conflict(f"{community}已有{label}，不用重复成立；换届请办“新一届”。", code="body_exists")
        due = _due(kind, community.pk, on)
        body = Body(
            organization=community, kind=kind, term_from=on, term_due_on=due, valid_from=on, document_no=document_no
        )
        body.full_clean()
        body.save()
        _record("organizations.body_established", body, by=by, now=now)
    return body


def begin_term(*, body: Body, on: date, document_no: str = "", by: Actor, now: datetime) -> Body:
    """Begin a new term on the day of the election: the seats of the old one end, the elected are seated anew."""
    require(by, Right.ORGANIZATIONS_EDIT, body.organization_id)
    with tree_lock():
        body = _open(body)
        community_on(body.organization, on, now=now)
        check_end(on, begun=body.term_from, today=today_of(now))
        _end_seats(body, on, "换届")
        body.term_from, body.document_no = on, document_no
        body.term_due_on = _due(BodyKind(body.kind), body.organization_id, on)
        body.full_clean()
        body.save()
        _record("organizations.body_term_begun", body, by=by, now=now)
    return body


def dissolve_body(*, body: Body, on: date, reason: str, by: Actor, now: datetime) -> Body:
    """Dissolve the body; its seats end."""
    require(by, Right.ORGANIZATIONS_EDIT, body.organization_id)
    with tree_lock():
        body = _open(body)
        check_end(on, begun=body.valid_from, today=today_of(now))
        _end_seats(body, on, "机构撤销")
        body.valid_to = on
        body.full_clean()
        body.save()
        _record("organizations.body_dissolved", body, by=by, now=now, reason=reason)
    return body


def _open(body: Body) -> Body:
    body = Body.objects.select_related("organization").get(pk=body.pk)
    if body.valid_to != OPEN_END:
        raise Conflict(f"{body.get_kind_display()}已于 {body.valid_to} 撤销，不能再办理。", code="body_dissolved")
    return body


def _due(kind: BodyKind, community_id: int, on: date) -> date:
    """End of a term begun that day; the 居民委员会 in office may decide it."""
    committee = Body.objects.filter(organization_id=community_id, kind=BodyKind.RESIDENTS_COMMITTEE).on(on).first()
    years = int(values_on(on)["TERM_YEARS_RESIDENTS_COMMITTEE"])
    return rules.term_due(kind, on, years, committee.term_due_on if committee else None)


def _end_seats(body: Body, on: date, reason: str) -> None:
    seats = Seat.objects.filter(body=body, valid_to=OPEN_END)
    late = seats.filter(valid_from__gte=on).first()
    if late is not None:
        raise Invalid.field(
            "on", f"{late.person}从 {late.valid_from} 起任职，日期须晚于这一天。", rule="截止日晚于起始日", value=on
        )
    seats.update(valid_to=on, reason=reason)


def _record(type_: str, body: Body, *, by: Actor, now: datetime, reason: str = "") -> None:
    data = {
        "organization": body.organization.name,
        "body": body.get_kind_display(),
        "from": str(body.valid_from),
        "term_from": str(body.term_from),
        "term_due_on": str(body.term_due_on),
        "to": "" if body.valid_to == OPEN_END else str(body.valid_to),
        "document_no": body.document_no,
    }
    audit.record(type_, by=by, subject=body, organization_id=body.organization_id, reason=reason, data=data, now=now)
