"""Pages that write seats and declarations."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from linshu.people.services.kinship import relations_of
from linshu.scope import Right, require
from organizations.forms.bodies import KinshipForm, SeatForm
from organizations.forms.posts import EndForm
from organizations.models import Seat
from organizations.rules.bodies import BODIES, BodyKind
from organizations.services import seats
from organizations.services.residents import seat_somebody
from organizations.views.bodies import body_of, body_url
from organizations.views.pages import Task, actor_of, ask, done, people_of, submitted


@require_http_methods(["GET", "POST"])
def seat(request: HttpRequest, pk: int, body: int) -> HttpResponse:
    """Seat somebody known here, or a resident typed in."""
    row = body_of(request, pk, body)
    people = people_of(row.organization, timezone.localdate())
    form = SeatForm(request.POST or None, candidates=people, titles=BODIES[BodyKind(row.kind)].titles)
    if taken := submitted(request, form, seat_somebody, body=row):
        return done(request, f"已登记{taken.person}。请接着申报近亲属关系。", body_url(pk, body))
    return ask(
        request, Task(row.organization, f"登记{row.get_kind_display()}成员", "登记成员", body_url(pk, body)), form
    )


def _row(request: HttpRequest, pk: int, body: int, seat: int, right: Right = Right.ORGANIZATIONS_EDIT) -> Seat:
    row: Seat = Seat.objects.select_related("body__organization", "person").load(
        actor_of(request), right, pk=seat, body=body, body__organization=pk
    )
    return row


@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, pk: int, body: int, seat: int) -> HttpResponse:
    """End a seat."""
    row = _row(request, pk, body, seat)
    form = EndForm(request.POST or None)
    if submitted(request, form, seats.leave, seat=row):
        return done(request, f"{row.person}已离任。", body_url(pk, body))
    return ask(request, Task(row.body.organization, f"{row.person}离任", "登记离任", body_url(pk, body)), form)


@require_http_methods(["GET", "POST"])
def declare_kinship(request: HttpRequest, pk: int, body: int, seat: int) -> HttpResponse:
    """Register what the holder declared; shows relatives, so it needs the right to read exclusions."""
    row = _row(request, pk, body, seat, Right.EXCLUSIONS_READ)
    require(request.actor, Right.ORGANIZATIONS_EDIT, pk)  # type: ignore[attr-defined]
    colleagues = seats.colleagues_of(row)
    known = {person: relation for person, relation in relations_of(row.person).items() if person in colleagues}
    if row.kinship_declared:
        known = {person: known.get(person, "none") for person in colleagues}
    form = KinshipForm(request.POST or None, colleagues=colleagues, relations=known)
    if submitted(request, form, seats.declare_kinship, seat=row):
        return done(request, f"已登记{row.person}的申报。", body_url(pk, body))
    note = f"对每名同届成员，选他（她）是{row.person}的什么人。居委会和居务监督委员会成员都在内。"
    task = Task(row.body.organization, f"{row.person}申报近亲属关系", "登记申报", body_url(pk, body), note)
    return ask(request, task, form)
