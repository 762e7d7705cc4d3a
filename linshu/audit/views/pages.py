"""The log from new to old, and one event with its seal."""

import json

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from linshu.audit import services
from linshu.audit.forms import FilterForm
from linshu.audit.models import Event
from linshu.errors import NotFound
from linshu.web.views import ActorRequest

PER_PAGE = 50


@require_GET
def events(request: ActorRequest) -> HttpResponse:
    """Filtered events, ``?before=`` the last one of the page before: leafing costs the same at any depth."""
    readable = Event.objects.readable(request.actor)
    form = FilterForm(request.GET)
    rows = list(form.apply(readable)[: PER_PAGE + 1]) if form.is_valid() else []
    context = {
        "form": form,
        "rows": rows[:PER_PAGE],
        "older": rows[PER_PAGE - 1].pk if len(rows) > PER_PAGE else None,
        "standing": services.standing(),
        "filtered": any(request.GET.values()),
    }
    return render(request, "audit/list.html", context, status=form.status)


@require_GET
def event(request: ActorRequest, event_id: int) -> HttpResponse:
    """One event: what was done, in words and as stored, its seal and its proof."""
    found = Event.objects.readable(request.actor).filter(pk=event_id).first()
    if found is None:
        raise NotFound
    content = json.dumps(found.data, ensure_ascii=False, indent=2, sort_keys=True)
    context = {"event": found, "content": content, "proof": services.proof_of(found)}
    return render(request, "audit/event.html", context)
