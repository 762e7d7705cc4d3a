"""Writing 届期."""

from datetime import date, datetime

from linshu.audit import services as audit
from linshu.errors import Conflict, Invalid
from linshu.parameters.services import values_on
from linshu.scope import Actor, Right, require
from organizations.models import OPEN_END, Organization, Term
from organizations.rules import terms as rules
from organizations.services.nodes import kind_on, today_of
from organizations.tree import tree_lock


def start_term(*, organization: Organization, on: date, document_no: str = "", by: Actor, now: datetime) -> Term:
    """Begin a 届 on the day of the election; the one before ends that day. Its years come from the rules of the day."""
    require(by, Right.ORGANIZATIONS_EDIT, organization.pk)
    with tree_lock():
        code = rules.years_code(kind_on(organization, on, now=now))
        before = Term.objects.filter(organization=organization, valid_to=OPEN_END).first()
        if before is not None:
            _end(before, on, document_no=document_no)
        years = int(values_on(on)[code])
        term = Term(
            organization=organization, valid_from=on, years=years, due_on=rules.due(on, years), document_no=document_no
        )
        term.full_clean()
        term.save()
        data = {
            "organization": organization.name,
            "from": str(on),
            "due_on": str(term.due_on),
            "document_no": document_no,
        }
        audit.record(
            "organizations.term_started", by=by, subject=term, organization_id=organization.pk, data=data, now=now
        )
    return term


def extend_term(*, term: Term, to: date, document_no: str, by: Actor, now: datetime) -> Term:
    """Put the end off by at most a year, with the approval's 文号; the street approves."""
    require(by, Right.ORGANIZATIONS_RESTRUCTURE, term.organization_id)
    if not document_no:
        raise Invalid.field("document_no", "延期换届须经上级批准，请填批准的文号。", rule="延期须批准")
    with tree_lock():
        term = Term.objects.select_related("organization").get(pk=term.pk)
        if term.valid_to != OPEN_END:
            raise Conflict("这一届已经结束，不能再延期。请刷新页面，查看新一届。", code="term_ended")
        most = int(values_on(today_of(now))["TERM_EXTENSION_MAX_MONTHS"])
        rules.check_extension(term.due_on, to, most_months=most)
        term.extended_to, term.document_no = to, document_no
        term.full_clean()
        term.save()
        data = {
            "organization": term.organization.name,
            "due_on": str(term.due_on),
            "to": str(to),
            "document_no": document_no,
        }
        audit.record(
            "organizations.term_extended", by=by, subject=term, organization_id=term.organization_id, data=data, now=now
        )
    return term


def _end(before: Term, on: date, *, document_no: str) -> None:
    if on <= before.valid_from:
        raise Invalid.field(
            "on", f"本届从 {before.valid_from} 开始，新一届须在这之后。", rule="新一届晚于上一届", value=on
        )
    most = int(values_on(on)["TERM_EXTENSION_MAX_MONTHS"])
    rules.check_early(before.due_on, on, document_no=document_no, most_months=most)
    before.valid_to = on
    before.save()
