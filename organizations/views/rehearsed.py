"""A page that asks, rehearses and then does: form, preview (the operation itself, undone), confirmation."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from linshu.web.forms import attempt
from organizations.access import Operation
from organizations.models import Organization
from organizations.services.rehearsal import rehearse, told


@dataclass(frozen=True)
class Task:
    """An operation on a node: the form typed, the service, its ``subject``, and what to say when it is done.

    The form's ``arguments()`` are the service's keyword arguments beside the subject, ``by`` and ``now``.
    """

    operation: Operation
    node: Organization
    form: Any
    service: Callable[..., Any]
    subject: dict[str, Any]
    done: str

    @property
    def url(self) -> str:
        """Where it ends, done or not."""
        return reverse("organizations:node", args=[self.node.pk])


def run(request: HttpRequest, task: Task) -> HttpResponse:
    """Show the form; with valid input the preview; with ``confirm`` do it; with ``back`` the form again."""
    act = {"by": request.actor, "now": timezone.now()}  # type: ignore[attr-defined]
    context: dict[str, Any] = {"task": task, "node": task.node, "form": task.form}
    if request.method == "GET" or "back" in request.POST:
        return render(request, "organizations/operation.html", context)

    def service() -> Any:
        return task.service(**task.subject, **task.form.arguments(), **act)

    if "confirm" in request.POST and attempt(task.form, service) is not None:
        messages.success(request, f"{task.done}。{''.join(told(**act)[-1:])}")
        return redirect(task.url)
    if "confirm" not in request.POST:
        context["rehearsal"] = attempt(task.form, lambda: rehearse(service, **act))
    return render(request, "organizations/operation.html", context, status=task.form.status)
