"""Pages of the operations on a node: form, preview (the operation rehearsed), confirmation."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from linshu.errors import NotFound, NotPermitted
from linshu.scope import Actor, Right
from organizations import access
from organizations.forms.operations import (
    CorrectForm,
    EstablishForm,
    MergeForm,
    MoveForm,
    NamesForm,
    OperationForm,
    SplitForm,
)
from organizations.models import Organization, OrganizationPeriod
from organizations.rules.kinds import BRANCHES, KINDS, Kind
from organizations.services import correction, hanging, merging, operations
from organizations.views.rehearsed import Task, run


@require_GET
def menu(request: HttpRequest, pk: int) -> HttpResponse:
    """办理变动: what may be done with the node; what something stands against, with the reason."""
    actor, node = _node(request, pk)
    blockers = hanging.blockers([node.pk], timezone.localdate()) if node.is_open else []
    children = merging.open_children(node.pk)
    context = {"node": node, "operations": access.allowed_operations(actor, node), "blockers": blockers}
    context |= {"children": children, "in_the_way": len(children) + len(blockers)}
    return render(request, "organizations/operations.html", context)


@require_http_methods(["GET", "POST"])
def establish(request: HttpRequest, pk: int) -> HttpResponse:
    """A new node below this one."""
    actor, node = _node(request, pk, "establish")
    kinds = [kind for kind in access.kinds_below(Kind(node.kind)) if access.can_place(actor, kind, node.pk)]
    form = EstablishForm(request.POST or None, kinds=kinds)
    return run(request, Task(_operation("establish"), node, form, operations.establish, {"parent": node}, "已成立"))


@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """New names."""
    _, node = _node(request, pk, "rename")
    form = NamesForm(request.POST or None, initial={"name": node.name, "short_name": node.short_name})
    return run(request, Task(_operation("rename"), node, form, operations.rename, {"node": node}, "已更名"))


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another parent."""
    actor, node = _node(request, pk, "move")
    hosts = [kind.value for kind in KINDS[Kind(node.kind)].parents]
    parents = _open_nodes(actor, access.right_for(Kind(node.kind))).filter(kind__in=hosts)
    inside = node.get_descendants(include_self=True).values("pk")
    form = MoveForm(request.POST or None, parents=parents.exclude(pk__in=inside).exclude(pk=node.parent_id))
    return run(request, Task(_operation("move"), node, form, operations.move, {"node": node}, "已调整隶属"))


@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Into another node of its kind."""
    actor, node = _node(request, pk, "merge")
    kind = Kind(node.kind)
    alike = [each.value for each in BRANCHES] if kind in BRANCHES else [kind.value]
    targets = _open_nodes(actor, access.right_for(kind)).filter(kind__in=alike).exclude(pk=node.pk)
    form = MergeForm(request.POST or None, targets=targets)
    return run(request, Task(_operation("merge"), node, form, merging.merge, {"node": node}, "已合并"))


@require_http_methods(["GET", "POST"])
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """A new node beside it."""
    _, node = _node(request, pk, "split")
    rows = hanging.preview([node.pk], timezone.localdate())
    form = SplitForm(request.POST or None, children=merging.open_children(node.pk), rows=rows)
    return run(request, Task(_operation("split"), node, form, merging.split, {"node": node}, "已拆分"))


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """The end of the node."""
    _, node = _node(request, pk, "close")
    form = OperationForm(request.POST or None)
    return run(request, Task(_operation("close"), node, form, merging.close, {"node": node}, "已撤销"))


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """What was registered wrongly in the period that ``?period=`` names, the last one otherwise."""
    actor, node = _node(request, pk, "correct")
    period = _period(node, request.GET.get("period", ""))
    parents = Organization.objects.readable(actor, Right.ORGANIZATIONS_CORRECT)
    form = CorrectForm(request.POST or None, parents=parents, period=period)
    return run(request, Task(_operation("correct"), node, form, correction.correct, {"node": node}, "已更正"))


def _node(request: HttpRequest, pk: int, code: str = "") -> tuple[Actor, Organization]:
    """The node in scope; 403 where the operation is not among those allowed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    node: Organization = Organization.objects.load(actor, Right.ORGANIZATIONS_READ, pk=pk)
    if code and code not in {each.code for each in access.allowed_operations(actor, node)}:
        raise NotPermitted
    return actor, node


def _open_nodes(actor: Actor, right: Right) -> Any:
    return Organization.objects.within(actor.scope(right)).open().order_by("tree_id", "lft")


def _period(node: Organization, given: str) -> OrganizationPeriod:
    periods = OrganizationPeriod.objects.filter(organization=node).order_by("-valid_from")
    period = (periods.filter(pk=int(given)) if given.isdecimal() and len(given) < 19 else periods).first()
    if period is None:
        raise NotFound
    return period


def _operation(code: str) -> access.Operation:
    return next(each for each in (*access.OPERATIONS, access.CORRECT) if each.code == code)
