"""Writing 届期."""

from collections.abc import Mapping
from datetime import date, datetime

from linshu.audit import services as audit
from linshu.errors import Conflict, Invalid, NotPermitted
from linshu.loading import batches
from linshu.parameters.services import Values, values_on, values_on_each
from linshu.scope import Actor, Right, require
from organizations.models import OPEN_END, Organization, Term
from organizations.rules import terms as rules
from organizations.rules.kinds import Kind
from organizations.rules.spans import check_day
from organizations.services.nodes import kind_on, today_of
from organizations.tree import BATCH, tree_lock


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
        audit.record(
            "organizations.term_started",
            by=by,
            subject=term,
            organization_id=organization.pk,
            data=_told(term),
            now=now,
        )
    return term


def start_first_terms(starts: Mapping[int, date], *, by: Actor, now: datetime) -> int:
    """The first 届 of organisations that were just established, by key, in the caller's tree lock; returns how many.

    A few statements a batch, so that a city needs no more memory than a county.
    """
    if by.scope(Right.ORGANIZATIONS_EDIT).covered({*starts}) != starts.keys():
        raise NotPermitted
    with tree_lock():
        values = values_on_each(starts.values())
        for keys in batches(starts, BATCH):
            found = Organization.objects.filter(pk__in=keys).order_by("pk")
            terms = [_first(each, starts[each.pk], values[starts[each.pk]], now) for each in found]
            Term.objects.bulk_create(terms)
            entries = [
                audit.Entry("organizations.term_started", term, term.organization_id, data=_told(term))
                for term in terms
            ]
            audit.record_many(entries, by=by, now=now)
    return len(starts)


def _first(organization: Organization, on: date, values: Values, now: datetime) -> Term:
    check_day(on, today=today_of(now))
    if on < organization.established_on:
        message = f"{organization}在 {on} 尚未成立，请填成立之后的日期。"
        raise Invalid.field("on", message, rule="日期不早于成立日", value=on)
    years = int(values[rules.years_code(Kind(organization.kind))])
    return Term(organization=organization, valid_from=on, years=years, due_on=rules.due(on, years))


def _told(term: Term) -> dict[str, str]:
    return {
        "organization": term.organization.name,
        "from": str(term.valid_from),
        "due_on": str(term.due_on),
        "document_no": term.document_no,
    }


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
