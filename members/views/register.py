"""The register: list, filters, search."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from linshu.errors import NotFound
from linshu.paging import Pages
from linshu.people.rules import id_number
from linshu.people.sealing import blind_index
from linshu.scope import Right, require
from members.forms import BY_NUMBER, CONDITIONS, RegisterFilter
from members.models import Membership
from members.querysets import MembershipQuerySet
from organizations.models import Organization
from organizations.rules.kinds import COMMUNITIES, KINDS, Kind

NUMBER = "members.number"  # of the session: the blind index of the number searched by, never the number


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """Members of a place on a day, filtered and sorted as the address says."""
    place = place_of(request, Right.MEMBERS_READ)
    form = RegisterFilter(request.GET, branches=branches(request, place))
    rows = _rows(request, form, place)
    page = Pages(rows, form.rows_a_page).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "place": place, "crumbs": _crumbs(request, place)}
    context["may_import"] = request.actor.may(Right.MEMBERS_IMPORT)  # type: ignore[attr-defined]
    context["may_export"] = request.actor.may(Right.MEMBERS_EXPORT, place.pk if place else None)  # type: ignore[attr-defined]
    context["may_register"] = request.actor.may(Right.MEMBERS_EDIT, place.pk if place else None)  # type: ignore[attr-defined]
    return render(request, "members/list.html", context | _told(form, place), status=form.status)


@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """Put what was asked into the address; an identity number goes no further than its index in the session."""
    require(request.actor, Right.MEMBERS_READ)  # type: ignore[attr-defined]
    given = {name: request.POST.get(name, "").strip() for name in RegisterFilter.base_fields}
    if id_number.resembles(given["q"]):
        request.session[NUMBER] = blind_index(given["q"].upper(), purpose="id_number")
        given |= {"q": "", "by": BY_NUMBER}
    query = urlencode({name: value for name, value in given.items() if value})
    return redirect(f"{reverse('members:list')}?{query}" if query else "members:list")


def place_of(request: HttpRequest, right: Right) -> Organization | None:
    """The organisation of the address: 404 outside the reader's scope, 403 where he lacks the right."""
    given = request.GET.get("organization", "")
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and len(given) < 19):
        raise NotFound
    found: Organization = Organization.objects.load(request.actor, right, pk=int(given))  # type: ignore[attr-defined]
    return found


def branches(request: HttpRequest, place: Organization | None) -> list[Organization]:
    """What stands next below the place, or below where the reader's tree begins: a county would have a thousand."""
    scope = request.actor.scope(Right.MEMBERS_READ)  # type: ignore[attr-defined]
    if place:
        return list(Organization.objects.within(scope).open().filter(parent=place))
    nodes = list(Organization.objects.within(scope).beginning(scope.roots).open())
    ids = {node.pk for node in nodes}
    first = [node for node in nodes if node.parent_id not in ids]
    return first if len(first) > 1 else nodes[1:]


def _rows(request: HttpRequest, form: RegisterFilter, place: Organization | None) -> MembershipQuerySet:
    actor = request.actor  # type: ignore[attr-defined]
    scope, today = actor.scope(Right.MEMBERS_READ), timezone.localdate()
    rows: MembershipQuerySet = Membership.objects.readable(actor, Right.MEMBERS_READ)
    if not form.is_valid():
        return rows.none()
    day = form.cleaned_data["as_of"]
    rows = rows.with_file(scope, today=today, day=day).on(day)
    if place:
        rows = rows.within(scope.part(place.pk)) if day == today else rows.below(place.pk, day)
    rows = form.apply(rows, number_index=request.session.get(NUMBER, ""))
    return rows.lines(day)


def _crumbs(request: HttpRequest, place: Organization | None) -> list[Organization]:
    """The way down to the place, as far as the reader may go."""
    if place is None:
        return []
    scope = request.actor.scope(Right.MEMBERS_READ)  # type: ignore[attr-defined]
    return list(place.get_ancestors().within(scope))


def _told(form: RegisterFilter, place: Organization | None) -> dict[str, Any]:
    """What the page says about itself: the day, whether anything is filtered, whether places need their community."""
    told = form.cleaned_data if form.is_valid() else {}
    names = ("q", "branch", "by", *CONDITIONS)
    return {
        "day": told.get("as_of"),
        "today": timezone.localdate(),
        "filtered": any(told.get(name) for name in names),
        "communities": place is None or not (Kind(place.kind) in COMMUNITIES or KINDS[Kind(place.kind)].holds_members),
        "by_number": bool(told.get("by")),
    }
