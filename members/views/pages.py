"""What the pages that keep members share: the member in scope with the action allowed, the page of a form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from linshu.errors import Conflict, NotPermitted
from linshu.scope import Actor, Right
from linshu.web.forms import Look, attempt
from members.access import hands_of, offers_for
from members.models import Membership
from members.rules.keeping import Action
from organizations.services.dismissal import held_by

T = TypeVar("T")

ENDED = "这一段登记已经结束，不能再办。请从党员名册打开此人现在的登记，在那里办理。"


@dataclass(frozen=True)
class Task:
    """A page with one form about a member: its heading, the word on its button, what to know before."""

    member: Membership
    heading: str
    submit: str
    note: str = ""
    warning: str = ""

    @property
    def back(self) -> str:
        return reverse("members:detail", args=[self.member.pk])


def actor_of(request: HttpRequest) -> Actor:
    """Who asks; set by ``ActorMiddleware``."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def member_of(request: HttpRequest, pk: int, action: Action | None = None) -> Any:
    """The member: 404 out of scope, 403 where the action is not the reader's, 409 while something holds it back."""
    actor, today = actor_of(request), timezone.localdate()
    rows = Membership.objects.with_names().with_posts(today).with_waiting()
    row: Any = rows.load(actor, Right.MEMBERS_READ, pk=pk)
    if action is not None:
        offer = next((each for each in offers_for(actor, row, has_request=row.waiting) if each.action == action), None)
        if offer is None and not row.is_open and hands_of(actor, row.organization_id):
            raise Conflict(ENDED, code="ended")
        if offer is None:
            raise NotPermitted
        if offer.why_not:
            raise Conflict(offer.why_not)
    return row


def submitted(request: HttpRequest, form: Look, service: Callable[..., T], **kept: object) -> T | None:
    """Run the service with ``kept`` and what was typed; None when nothing was sent or the form or the domain refuses."""
    if request.method != "POST":
        return None

    def act() -> T:
        typed = form.values if hasattr(form, "values") else form.cleaned_data
        return service(**kept, **typed, by=actor_of(request), now=timezone.now())

    return attempt(form, act)


def ask(request: HttpRequest, task: Task, form: Look) -> HttpResponse:
    """Show the form, with what was typed and what is wrong with it."""
    return render(request, "members/task.html", {"task": task, "form": form}, status=form.status)


def done(request: HttpRequest, sentence: str, row: Membership) -> HttpResponse:
    """Say what was done, on the page of the member, or on the register where he is no longer in reach."""
    messages.success(request, sentence)
    if actor_of(request).may(Right.MEMBERS_READ, row.organization_id):
        return redirect("members:detail", row.pk)
    return redirect("members:list")


def what_ends(row: Membership) -> str:
    """What a death ends, before it is recorded."""
    held = held_by(row.person, timezone.localdate()).words
    also = f"本人的{held}同日终止，" if held else ""
    return f"登记后{row.person}不再是在册党员，{also}以后不再计入应到和各项统计。登记错了的，只有县委组织部能撤销。"
