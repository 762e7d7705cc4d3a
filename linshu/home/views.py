"""The first page, the number beside its navigation entry, and the search box."""

from collections import Counter

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_GET

from linshu.home.providers import findings, todos
from linshu.home.rules.urgency import GROUPS, TABS, When
from linshu.web.registry import search_providers

PER_PAGE = 50
HITS = 20


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """待办, most urgent first; ``?when=`` keeps the tab, ``?page=`` the page."""
    today = timezone.localdate()
    rows = todos(request.actor, today)  # type: ignore[attr-defined]
    counts = Counter(row.due.when for row in rows)
    chosen = request.GET.get("when", "")
    shown = [row for row in rows if chosen in {"", row.due.when}]
    context = {
        "today": today,
        "total": len(rows),
        "tabs": [(when, word, counts[when]) for when, word in TABS.items()],
        "chosen": chosen if chosen in list(When) else "",
        "groups": {when: f"{word} {counts[when]} 件" for when, word in GROUPS.items()},
        "page": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "home/home.html", context)


@require_GET
def count(request: HttpRequest) -> HttpResponse:
    """How many things are owed; the browser keeps it for a minute, so that leafing through pages costs nothing."""
    actor = request.actor  # type: ignore[attr-defined]
    response = render(request, "home/count.html", {"number": len(list(findings(actor, timezone.localdate())))})
    patch_cache_control(response, private=True, max_age=60)
    return response


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """People, organisations and whatever else the apps find, grouped."""
    query = request.GET.get("q", "").strip()[:60]
    actor = request.actor  # type: ignore[attr-defined]
    providers = [each for each in search_providers() if query and actor.may(each.right)]
    found = [(each.label, list(each.find(actor, query, HITS + 1))) for each in providers]
    groups = [(label, hits[:HITS], len(hits) > HITS) for label, hits in found if hits]
    return render(request, "home/search.html", {"query": query, "groups": groups, "limit": HITS})
