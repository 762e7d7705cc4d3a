"""Pages of the bodies of a community."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from linshu.figures.registry import Look
from linshu.scope import Right, Scope
from organizations.forms.bodies import EstablishBodyForm
from organizations.forms.posts import EndForm, TermForm
from organizations.models import Body, Seat
from organizations.providers.panels import body_lines, seat_lines
from organizations.rules.bodies import BODIES
from organizations.services import bodies
from organizations.views.pages import Task, actor_of, ask, done, may, node_of, submitted


def body_of(request: HttpRequest, pk: int, body: int, right: Right = Right.ORGANIZATIONS_EDIT) -> Body:
    """The body: 404 out of scope or of another community, 403 without the right."""
    row: Body = Body.objects.select_related("organization").load(actor_of(request), right, pk=body, organization=pk)
    return row


def body_url(pk: int, body: int) -> str:
    """Page of the body."""
    return reverse("organizations:body", args=[pk, body])


@require_GET
def listing(request: HttpRequest, pk: int) -> HttpResponse:
    """The bodies of a community."""
    node = node_of(request, pk)
    today = timezone.localdate()
    past = Body.objects.filter(organization=node, valid_to__lte=today).order_by("-valid_to")
    context = {"node": node, "lines": body_lines(node, Look(Scope(frozenset({pk})), today)), "past": past} | may(
        request, node
    )
    return render(request, "organizations/bodies.html", context)


@require_GET
def detail(request: HttpRequest, pk: int, body: int) -> HttpResponse:
    """A body: who sits, who sat, how the exclusions stand."""
    row = body_of(request, pk, body, Right.ORGANIZATIONS_READ)
    today, rights = timezone.localdate(), may(request, row.organization)
    past = Seat.objects.filter(body=row, valid_to__lte=today).select_related("person").order_by("-valid_to")
    lines = seat_lines(row, today, names=rights["may_see_names"])
    context = {"node": row.organization, "body": row, "lines": lines, "past": past, "is_open": row.valid_to > today}
    return render(request, "organizations/body.html", context | rights)


@require_http_methods(["GET", "POST"])
def establish(request: HttpRequest, pk: int) -> HttpResponse:
    """Register that a body has been established."""
    node = node_of(request, pk, Right.ORGANIZATIONS_EDIT)
    have = set(Body.objects.filter(organization=node).on(timezone.localdate()).values_list("kind", flat=True))
    form = EstablishBodyForm(request.POST or None, kinds=[kind for kind in BODIES if kind not in have])
    if body := submitted(request, form, bodies.establish_body, community=node):
        return done(request, f"已登记{body.get_kind_display()}，请登记成员。", body_url(pk, body.pk))
    back = reverse("organizations:bodies", args=[pk])
    return ask(request, Task(node, f"登记{node.short_name}机构", "登记机构", back), form)


@require_http_methods(["GET", "POST"])
def begin_term(request: HttpRequest, pk: int, body: int) -> HttpResponse:
    """Begin a new term of the body."""
    row = body_of(request, pk, body)
    form = TermForm(request.POST or None)
    if submitted(request, form, bodies.begin_term, body=row):
        return done(request, "新一届已开始，上届成员已离任，请登记当选成员。", body_url(pk, body))
    note = "上届成员的任期同日结束，连选连任的请重新登记。"
    task = Task(row.organization, f"{row.get_kind_display()}换届", "开始新一届", body_url(pk, body), note)
    return ask(request, task, form)


@require_http_methods(["GET", "POST"])
def dissolve(request: HttpRequest, pk: int, body: int) -> HttpResponse:
    """Dissolve the body."""
    row = body_of(request, pk, body)
    form = EndForm(request.POST or None)
    if submitted(request, form, bodies.dissolve_body, body=row):
        return done(request, f"{row.get_kind_display()}已撤销。", reverse("organizations:bodies", args=[pk]))
    note = "成员的任期同日结束。"
    task = Task(row.organization, f"撤销{row.get_kind_display()}", "撤销", body_url(pk, body), note)
    return ask(request, task, form)
