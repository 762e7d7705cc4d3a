"""Pages that write terms and leading organisations."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from linshu.scope import Right
from organizations.forms.posts import EndForm, ExtendForm, LeadForm, TermForm
from organizations.models import LeadAppointment, Organization, Term
from organizations.rules.kinds import BRANCHES
from organizations.services import leads, terms
from organizations.views.pages import Task, actor_of, ask, done, node_of, submitted


def _back(pk: int) -> str:
    return reverse("organizations:posts", args=[pk])


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a term."""
    node = node_of(request, pk, Right.ORGANIZATIONS_EDIT)
    form = TermForm(request.POST or None)
    if term := submitted(request, form, terms.start_term, organization=node):
        return done(request, f"新一届从 {term.valid_from} 开始，{term.due_on} 届满。", _back(pk))
    return ask(request, Task(node, f"登记{node.short_name}新一届", "登记新一届", _back(pk)), form)


@require_http_methods(["GET", "POST"])
def extend(request: HttpRequest, pk: int, term: int) -> HttpResponse:
    """Put an election off."""
    actor = actor_of(request)
    row = Term.objects.select_related("organization").load(
        actor, Right.ORGANIZATIONS_RESTRUCTURE, pk=term, organization=pk
    )
    form = ExtendForm(request.POST or None)
    if submitted(request, form, terms.extend_term, term=row):
        return done(request, f"已延期至 {form.cleaned_data['to']}。", _back(pk))
    task = Task(row.organization, "延期换届", "批准延期", _back(pk), f"本届 {row.due_on} 届满。")
    return ask(request, task, form)


@require_http_methods(["GET", "POST"])
def lead(request: HttpRequest, pk: int) -> HttpResponse:
    """Appoint the leading branch."""
    node = node_of(request, pk, Right.ORGANIZATIONS_RESTRUCTURE)
    branches = Organization.objects.filter(parent=node, kind__in=BRANCHES).open()
    form = LeadForm(request.POST or None, branches=branches)
    if row := submitted(request, form, leads.appoint_lead, community=node):
        return done(request, f"已指定{row.branch}为{node}的牵头党组织。", _back(pk))
    return ask(request, Task(node, f"指定{node.short_name}牵头党组织", "指定", _back(pk)), form)


@require_http_methods(["GET", "POST"])
def end_lead(request: HttpRequest, pk: int, lead: int) -> HttpResponse:
    """End the appointment."""
    actor = actor_of(request)
    row = LeadAppointment.objects.select_related("organization", "branch").load(
        actor, Right.ORGANIZATIONS_RESTRUCTURE, pk=lead, organization=pk
    )
    form = EndForm(request.POST or None)
    if submitted(request, form, leads.end_lead, lead=row):
        return done(request, f"{row.branch}不再是牵头党组织。", _back(pk))
    note = "终止后本社区没有牵头党组织，不能提议；要换支部的，请直接指定新的。"
    return ask(request, Task(row.organization, "终止牵头党组织的指定", "终止", _back(pk), note), form)
