"""What the pages of posts, bodies and grids share: the node in scope, who may be chosen, the page of a form."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from linshu.scope import Actor, Right
from linshu.web.forms import Look, VersionedForm, attempt
from organizations.models import Organization, Seat
from organizations.registry import Candidate, candidates_of

T = TypeVar("T")
SHOWN = 50  # candidates on one page; more are found by typing a name


def actor_of(request: HttpRequest) -> Actor:
    """Who asks; set by ``ActorMiddleware``."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def node_of(request: HttpRequest, pk: int, right: Right = Right.ORGANIZATIONS_READ) -> Organization:
    """The node: 404 out of scope, 403 without the right."""
    node: Organization = Organization.objects.load(actor_of(request), right, pk=pk)
    return node


def may(request: HttpRequest, node: Organization) -> dict[str, bool]:
    """Which buttons the page shows."""
    actor = actor_of(request)
    return {
        "may_edit": node.is_open and actor.may(Right.ORGANIZATIONS_EDIT, node.pk),
        "may_restructure": node.is_open and actor.may(Right.ORGANIZATIONS_RESTRUCTURE, node.pk),
        "may_see_names": actor.may(Right.EXCLUSIONS_READ, node.pk),
    }


def people_of(node: Organization, day: date, text: str = "") -> list[Candidate]:
    """Members below the node and those who sit in its bodies, each once; ``text`` finds by name or initials."""
    found = {each.person_id: each for each in candidates_of(node.pk, day, text)}
    seats = Seat.objects.filter(body__organization=node, person__name__startswith=text).on(day)
    for seat in seats.select_related("person", "body"):
        found.setdefault(
            seat.person_id, Candidate(seat.person_id, seat.person.name, f"{seat.body.get_kind_display()}{seat.title}")
        )
    return list(found.values())


@dataclass(frozen=True)
class Task:
    """A page with one form: what it does to which node, the word on its button, and where it came from."""

    node: Organization
    heading: str
    submit: str
    back: str
    note: str = ""


def submitted(request: HttpRequest, form: Look, service: Callable[..., T], **kept: object) -> T | None:
    """Run the service with ``kept`` and what was typed; None when nothing was sent or the form or the domain refuses.

    What was typed is ``form.values`` where the form has it, else its cleaned data.
    """
    if request.method != "POST":
        return None

    def act() -> T:
        typed = form.values if hasattr(form, "values") else form.cleaned_data
        return service(**kept, **typed, by=actor_of(request), now=timezone.now())

    return attempt(form, act)


def ask(request: HttpRequest, task: Task, form: Look, **more: object) -> HttpResponse:
    """Show the form, with what was typed and what is wrong with it."""
    if form.errors and isinstance(form, VersionedForm):
        form.look_anew()
    context = {"task": task, "node": task.node, "form": form, **more}
    return render(request, "organizations/task.html", context, status=form.status)


def done(request: HttpRequest, sentence: str, url: str) -> HttpResponse:
    """Say what was done, on the page it was asked from."""
    messages.success(request, sentence)
    return redirect(url)
