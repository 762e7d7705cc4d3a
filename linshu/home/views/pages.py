"""The first page, the number beside its navigation entry, and the search box."""

from collections import Counter
from http import HTTPStatus
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_GET, require_http_methods

from linshu.figures.registry import Looks
from linshu.home.forms import TodoFilter
from linshu.home.providers import (
    Todo,
    calendar_warning,
    duties,
    findings,
    found,
    own_places,
    own_record,
    shown_figures,
    todos,
)
from linshu.home.rules.urgency import GROUPS, TABS, When
from linshu.people.rules import id_number

PER_PAGE = 20
MOST_COUNTED = 999
HITS = 20


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """待办 for who works with the register; for the others, what they may do."""
    actor, today = request.actor, timezone.localdate()  # type: ignore[attr-defined]
    context = {"today": today, "duties": duties(actor)}
    if not actor.reach().roots:
        return render(request, "home/plain.html", context | {"record": own_record(actor, today)})
    looks = Looks(actor, today, codes=frozenset(each.code for each in shown_figures()), met=False)
    form = TodoFilter(request.GET, looks)
    rows = todos(looks, form.place, form.rule)
    context |= {"places": own_places(looks), "warning": calendar_warning(rows, looks), "form": form} | owed(
        rows, request.GET
    )
    return render(request, "home/home.html", context)


def owed(rows: list[Todo], query: QueryDict) -> dict[str, Any]:
    """The list as asked for: ``?when=`` keeps the tab, ``?page=`` the page."""
    counts = Counter(row.due.when for row in rows)
    chosen = query.get("when", "")
    if chosen not in list(When):
        chosen = ""
    return {
        "total": len(rows),
        "tabs": [(when, word, counts[when]) for when, word in TABS.items()],
        "chosen": chosen,
        "groups": {when: f"{word} {counts[when]} 件" for when, word in GROUPS.items()},
        "page": Paginator([row for row in rows if chosen in {"", row.due.when}], PER_PAGE).get_page(query.get("page")),
    }


@require_GET
def count(request: HttpRequest) -> HttpResponse:
    """How many things are owed, counted as far as a badge has room for; the browser keeps it for a minute, so that
    leafing through pages costs nothing."""
    actor = request.actor  # type: ignore[attr-defined]
    owing = findings(Looks(actor, timezone.localdate(), met=False))
    number = sum(1 for _ in islice(owing, MOST_COUNTED + 1))
    response = render(request, "home/count.html", {"number": number, "most": MOST_COUNTED})
    patch_cache_control(response, private=True, max_age=60)
    return response


@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """People, organisations and whatever else the apps find, grouped.

    The box posts what was typed: an identity number goes no further, anything else into the address.
    """
    query = (request.POST or request.GET).get("q", "").strip()[:60]
    if id_number.resembles(query):
        return render(request, "home/search.html", {"number": True}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if request.method == "POST":
        return redirect(f"{reverse('home:search')}?{urlencode({'q': query})}")
    results = found(request.actor, query, HITS + 1)  # type: ignore[attr-defined]
    groups = [(label, hits[:HITS], len(hits) > HITS) for label, hits in results]
    return render(request, "home/search.html", {"query": query, "groups": groups, "limit": HITS})
