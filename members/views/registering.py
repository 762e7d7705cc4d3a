"""登记党员: one person typed in, the number first."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from linshu.errors import NotFound
from linshu.scope import Right, require
from linshu.web.forms import attempt
from members.forms.keeping import NumberForm, RegisterForm
from members.services.registering import look_up, register_member
from members.views.pages import actor_of, done, submitted
from organizations.models import Organization
from organizations.rules.kinds import BRANCHES, Kind

MOST_PLACES = 400
PLACES = (*BRANCHES, Kind.GROUP)


@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The number first: who has it already is told before the rest is typed. Then the form, with the number in it."""
    require(actor_of(request), Right.MEMBERS_EDIT)
    place = _place(request)
    if request.method == "GET" or "check" in request.POST:
        return _ask_number(request, place)
    form = RegisterForm(request.POST, places=_places(request, place))
    if row := submitted(request, form, register_member):
        return done(request, f"已登记{row.person}，编入{row.organization}。", row)
    return render(request, "members/new.html", {"form": form, "place": place}, status=form.status)


def _ask_number(request: HttpRequest, place: Organization | None) -> HttpResponse:
    """The number alone; the whole form once it is good and nobody on the register has it."""
    number = NumberForm(request.POST or None)
    act: dict[str, Any] = {"by": actor_of(request), "now": timezone.now()}
    known = attempt(number, lambda: look_up(number=number.cleaned_data["id_number"], **act))
    context: dict[str, Any] = {"place": place, "number": number, "known": known}
    if known and known.membership is None:
        initial = {"id_number": known.number.value, "place": place.pk if place else None}
        context["form"] = RegisterForm(initial=initial, places=_places(request, place))
    return render(request, "members/new.html", context, status=number.status)


def _place(request: HttpRequest) -> Organization | None:
    """Where the button was pressed: 404 outside the scope."""
    given = request.GET.get("organization", "")
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and len(given) < 19):
        raise NotFound
    found: Organization = Organization.objects.load(actor_of(request), Right.MEMBERS_EDIT, pk=int(given))
    return found


def _places(request: HttpRequest, place: Organization | None) -> list[Organization]:
    """Branches and groups to choose from, in the order of the tree; below the place one came from."""
    rows = Organization.objects.within(actor_of(request).scope(Right.MEMBERS_EDIT)).open()
    if place:
        rows = rows.filter(pk__in=place.get_descendants(include_self=True).values("pk"))
    return list(rows.filter(kind__in=PLACES).select_related("parent").order_by("tree_id", "lft")[:MOST_PLACES])
