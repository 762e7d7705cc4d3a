"""The dashboard, and the list behind its rule checks."""

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from linshu.dashboard.forms import BoardForm, FindingsForm
from linshu.dashboard.providers import board as boards
from linshu.dashboard.providers import findings as finding
from linshu.dashboard.providers.ground import choices, survey

PER_PAGE = 50


@require_GET
@csp_update({"style-src-attr": [UNSAFE_INLINE]})  # ECharts draws with style attributes; nothing else may
def board(request: HttpRequest) -> HttpResponse:
    """The communities side by side; ``?organization=`` a place below, ``?as_of=`` a day, ``?sort=`` a column.

    What stands below the table comes after the page (htmx asks for ``#board``), or with it: ``?cards=1``.
    """
    asked = BoardForm(request.GET).told().cleaned_data
    actor, today = request.actor, timezone.localdate()  # type: ignore[attr-defined]
    alone = request.htmx.target == "board"  # type: ignore[attr-defined]
    whole = alone or asked["cards"]
    shown = boards.board(actor, today, asked["as_of"], asked["organization"], asked["sort"], whole=whole)
    ground = shown.ground
    context = {"board": shown, "ground": ground, "sort": asked["sort"], "now": timezone.now(), "alone": alone}
    context |= {"choices": choices(actor, ground), "left_out": ground.left_out() if whole else 0}
    return render(request, "dashboard/parts_alone.html" if alone else "dashboard/board.html", context)


@require_GET
def findings(request: HttpRequest) -> HttpResponse:
    """What the checks found; ``?code=`` one check, ``?level=``, ``?organization=`` a place below, ``?by=place``."""
    asked = FindingsForm(request.GET).told().cleaned_data
    actor = request.actor  # type: ignore[attr-defined]
    ground = survey(actor, asked["as_of"], timezone.localdate(), asked["organization"])
    found = finding.find(ground, asked["code"])
    narrowed = [each for each in found if asked["level"] in ("", each.finding.level)]
    rows = finding.rows(ground, narrowed, by_place=asked["by"] == "place")
    context = {"ground": ground, "asked": asked, "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))}
    return render(request, "dashboard/findings.html", context | finding.offered(ground, found))
