"""升格: where it stands, what comes next, and a page for every step."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from linshu.errors import Conflict, NotFound, NotPermitted
from linshu.scope import Actor, Right
from organizations import access
from organizations.forms.upgrade import BuildForm, DocumentForm, ElectForm, ProposeForm, WithdrawForm
from organizations.models import Organization, Upgrade
from organizations.registry import candidates_of
from organizations.rules.kinds import Kind
from organizations.rules.upgrade import ACTION_WORDS, PATH, STATE_WORDS, Action, State, actions_in
from organizations.services import upgrade as service
from organizations.services.merging import open_children
from organizations.views.rehearsed import Task, run

SERVICES: dict[Action, Callable[..., Any]] = {
    Action.APPROVE: service.approve,
    Action.BUILD: service.build,
    Action.ELECT: service.elect,
    Action.FILE: service.file,
    Action.WITHDRAW: service.withdraw,
}


@require_GET
def upgrade(request: HttpRequest, pk: int) -> HttpResponse:
    """The steps of the present 升格, or the last one; what may be done now."""
    actor, node = _node(request, pk)
    present = Upgrade.objects.filter(organization=node).first()
    return render(request, "organizations/upgrade.html", {"node": node} | _standing(actor, node, present))


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """建议."""
    actor, node = _node(request, pk)
    if not actor.may(Right.ORGANIZATIONS_EDIT, pk):
        raise NotPermitted
    operation = access.Operation("propose", "建议升格", "党员超过规定人数的社区升格为社区党总支。", frozenset())
    return run(
        request, Task(operation, node, ProposeForm(request.POST or None), service.propose, {"node": node}, "已建议升格")
    )


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """A step of the present 升格: 409 where it is not its turn."""
    actor, node = _node(request, pk)
    present = Upgrade.objects.select_related("organization").filter(organization=node).first()
    if present is None or action not in SERVICES:
        raise NotFound
    if not access.can_restructure(actor, node):
        raise NotPermitted
    if action not in actions_in(State(present.state)):
        raise Conflict(f"升格现在的状态是“{STATE_WORDS[State(present.state)]}”，还不能办这一步，请按顺序办理。")
    taken = Action(action)
    operation = access.Operation("upgrade", ACTION_WORDS[taken], "", frozenset())
    form = _form(taken, node, request.POST or None)
    return run(request, Task(operation, node, form, SERVICES[taken], {"upgrade": present}, "已办理"))


def _node(request: HttpRequest, pk: int) -> tuple[Actor, Organization]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor, Organization.objects.load(actor, Right.ORGANIZATIONS_READ, pk=pk)


def _standing(actor: Actor, node: Organization, present: Upgrade | None) -> dict[str, Any]:
    """Where it stands, the steps the actor may take now, and whether it waits for the street."""
    state = State(present.state) if present else None
    may_step = access.can_restructure(actor, node)
    steps = [
        (ACTION_WORDS[each], reverse("organizations:upgrade-step", args=[node.pk, each])) for each in _actions(state)
    ]
    startable = Kind(node.kind) == Kind.COMMUNITY and state in {None, State.WITHDRAWN}
    return {
        "upgrade": present,
        "state": STATE_WORDS[state] if state else "",
        "path": _path(present),
        "steps": steps if may_step else [],
        "waits": bool(steps) and not may_step,
        "may_propose": startable and actor.may(Right.ORGANIZATIONS_EDIT, node.pk),
    }


def _actions(state: State | None) -> list[Action]:
    return actions_in(state) if state else []


def _form(action: Action, node: Organization, data: Any) -> Any:
    today = timezone.localdate()
    if action == Action.BUILD:
        branches = [each for each in open_children(node.pk) if each.kind == Kind.BRANCH]
        full = service.full_members([each.node for each in branches], today)
        return BuildForm(data, branches=branches, full=full)
    if action == Action.ELECT:
        return ElectForm(data, people=candidates_of(node.pk, today, ""))
    return WithdrawForm(data) if action == Action.WITHDRAW else DocumentForm(data)


def _path(present: Upgrade | None) -> list[dict[str, Any]]:
    """The stepper: day and document under each step taken."""
    if present is None:
        return [{"word": STATE_WORDS[state], "done": False, "current": False} for state in PATH]
    days = {
        State.PROPOSED: (present.proposed_on, ""),
        State.APPROVED: (present.approved_on, present.document_no),
        State.BUILT: (present.built_on, ""),
        State.ELECTED: (present.elected_on, present.election_document_no),
        State.FILED: (present.filed_on, present.filing_document_no),
    }
    return [
        {
            "word": STATE_WORDS[state],
            "done": days[state][0] is not None,
            "on": days[state][0],
            "document_no": days[state][1],
        }
        for state in PATH
    ]
