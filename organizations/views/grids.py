"""Pages of grids: those of a community, and all in scope."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from linshu.errors import NotFound
from linshu.scope import Right, Scope
from organizations.forms.grids import ChangeGridForm, CreateGridForm
from organizations.forms.posts import EndForm
from organizations.models import Grid, Organization
from organizations.providers.panels import grid_lines
from organizations.querysets import OrganizationQuerySet
from organizations.registry import Candidate
from organizations.services import grids
from organizations.services.versions import version_of
from organizations.tree import ids_below
from organizations.views.folding import day_of
from organizations.views.pages import Task, actor_of, ask, done, may, node_of, people_of, submitted

PER_PAGE = 50
READ = Right.ORGANIZATIONS_READ


def _back(pk: int) -> str:
    return reverse("organizations:grids", args=[pk])


def _number(given: str) -> int:
    """An organisation's number as the address tells it; what is none is not found."""
    if not (given.isascii() and given.isdecimal() and len(given) < 19):
        raise NotFound
    return int(given)


@require_GET
def everywhere(request: HttpRequest) -> HttpResponse:
    """Grids in scope; ``?organization=`` a subtree, ``?state=gap|covered``, ``?q=`` number or boundary, ``?as_of=``."""
    day, asked = day_of(request) or timezone.localdate(), request.GET
    rows = Grid.objects.readable(actor_of(request), READ).on(day).matching(asked.get("q", "").strip()[:60])
    if given := asked.get("organization", ""):
        actor_of(request).scope(READ).narrowed(_number(given))  # out of scope is 404
        rows = rows.filter(organization__in=ids_below(_number(given), day))
    lines = grid_lines(list(rows.listed()), day)
    chosen = asked.get("state", "")
    shown = [line for line in lines if chosen not in {"gap", "covered"} or bool(line.missing) == (chosen == "gap")]
    page = Paginator(shown, PER_PAGE).get_page(asked.get("page"))
    gaps = sum(1 for line in lines if line.missing)
    context = {"page": page, "lines": page.object_list, "total": len(lines), "gaps": gaps, "chosen": chosen}
    return render(request, "organizations/grid_list.html", context | {"query": asked.get("q", "")})


@require_GET
def listing(request: HttpRequest, pk: int) -> HttpResponse:
    """The grids of a community and what each lacks."""
    node = node_of(request, pk)
    today = timezone.localdate()
    rows = Grid.objects.filter(organization=node)
    context = {"node": node, "lines": grid_lines(list(rows.on(today).listed()), today)}
    past = rows.filter(valid_to__lte=today).order_by("-valid_to")
    return render(request, "organizations/grids.html", context | {"past": past} | may(request, node))


def _party(node: Organization) -> OrganizationQuerySet:
    """Branches and groups of the community that stand today."""
    return Organization.objects.within(Scope(frozenset({node.pk}))).open().filter(kind__in=grids.PARTY_KINDS)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw a grid."""
    node = node_of(request, pk, Right.ORGANIZATIONS_EDIT)
    people = people_of(node, timezone.localdate())
    form = CreateGridForm(request.POST or None, candidates=people, party=_party(node))
    if submitted(request, form, grids.create_grid, community=node):
        return done(request, f"已新建 {form.cleaned_data['number']} 号网格。", _back(pk))
    return ask(request, Task(node, f"{node.short_name}新建网格", "新建网格", _back(pk)), form)


def _grid(request: HttpRequest, pk: int, grid: int) -> Grid:
    row: Grid = Grid.objects.listed().load(actor_of(request), Right.ORGANIZATIONS_EDIT, pk=grid, organization=pk)
    return row


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int, grid: int) -> HttpResponse:
    """Change what describes a grid."""
    row = _grid(request, pk, grid)
    people = {each.person_id: each for each in people_of(row.organization, timezone.localdate())}
    for person in filter(None, (row.leader, row.worker)):
        people.setdefault(person.pk, Candidate(person.pk, person.name))
    form = ChangeGridForm(
        request.POST or None, initial=_initial(row), version=version_of(row), candidates=list(people.values()),
        party=_party(row.organization),
    )  # fmt: skip
    if submitted(request, form, grids.change_grid, grid=row):
        return done(request, f"已修改 {form.cleaned_data['number']} 号网格。", _back(pk))
    return ask(request, Task(row.organization, f"修改 {row.number} 号网格", "保存修改", _back(pk)), form)


def _initial(row: Grid) -> dict[str, object]:
    told = {name: getattr(row, name) for name in ("number", "bounds", "households", "buildings", "party_organization")}
    return told | {"leader": str(row.leader_id or ""), "worker": str(row.worker_id or "")}


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int, grid: int) -> HttpResponse:
    """Close a grid."""
    row = _grid(request, pk, grid)
    form = EndForm(request.POST or None)
    if submitted(request, form, grids.close_grid, grid=row):
        return done(request, f"{row.number} 号网格已撤销。", _back(pk))
    return ask(request, Task(row.organization, f"撤销 {row.number} 号网格", "撤销网格", _back(pk)), form)
