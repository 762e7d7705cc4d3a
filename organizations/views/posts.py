"""Pages of posts, terms and the leading organisation of a node."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from linshu.scope import Right
from organizations.forms.posts import AppointForm, CorrectPostForm, EndForm
from organizations.models import OPEN_END, Post
from organizations.providers.panels import posts_context
from organizations.rules.kinds import Kind
from organizations.rules.posts import titles_of
from organizations.services import posts
from organizations.services.versions import version_of
from organizations.views.pages import SHOWN, Task, actor_of, ask, done, may, node_of, people_of, submitted


def _back(pk: int) -> str:
    return reverse("organizations:posts", args=[pk])


@require_GET
def listing(request: HttpRequest, pk: int) -> HttpResponse:
    """Who holds what now and who did, the terms, and the leading organisation."""
    node = node_of(request, pk)
    today = timezone.localdate()
    past = Post.objects.filter(organization=node, valid_to__lte=today).select_related("person").order_by("-valid_to")
    context = posts_context(node, today) | may(request, node) | {"node": node, "past": past}
    return render(request, "organizations/posts.html", context)


@require_http_methods(["GET", "POST"])
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody a title; ``?q=`` finds him."""
    node = node_of(request, pk, Right.ORGANIZATIONS_EDIT)
    query = request.GET.get("q", "").strip()[:60]
    people = people_of(node, timezone.localdate(), query)
    form = AppointForm(request.POST or None, candidates=people[:SHOWN], titles=titles_of(Kind(node.kind)))
    if post := submitted(request, form, posts.appoint, organization=node):
        return done(request, f"已任命{post.person}为{node}{post.title}。", _back(pk))
    more = f"共 {len(people)} 人，只列前 {SHOWN} 人，请输入姓名查找。" if len(people) > SHOWN else ""
    task = Task(node, f"任命{node.short_name}职务", "任命", _back(pk), more)
    return ask(request, task, form, searchable=True, query=query)


def _post(request: HttpRequest, pk: int, post: int) -> Post:
    row: Post = Post.objects.select_related("organization", "person").load(
        actor_of(request), Right.ORGANIZATIONS_EDIT, pk=post, organization=pk
    )
    return row


@require_http_methods(["GET", "POST"])
def relieve(request: HttpRequest, pk: int, post: int) -> HttpResponse:
    """End a post."""
    row = _post(request, pk, post)
    form = EndForm(request.POST or None)
    if submitted(request, form, posts.relieve, post=row):
        return done(request, f"已免去{row.person}的{row.title}。", _back(pk))
    return ask(request, Task(row.organization, f"免去{row.person}的{row.title}", "免去", _back(pk)), form)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int, post: int) -> HttpResponse:
    """Put right what was registered wrongly."""
    row = _post(request, pk, post)
    initial = {
        "title": row.title,
        "valid_from": row.valid_from,
        "valid_to": None if row.valid_to == OPEN_END else row.valid_to,
        "document_no": row.document_no,
    }
    titles = titles_of(Kind(row.organization.kind))
    form = CorrectPostForm(request.POST or None, initial=initial, version=version_of(row), titles=titles)
    if submitted(request, form, posts.correct, post=row):
        return done(request, f"已更正{row.person}的职务。", _back(pk))
    note = "只用来改登记错误；职务变动请办任命和免去。原来的内容留在审计日志里。"
    return ask(request, Task(row.organization, f"更正{row.person}的职务", "更正", _back(pk), note), form)
