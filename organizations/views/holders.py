"""The list behind the figures of posts: who holds which below a node, and which nobody holds."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from linshu.errors import NotFound
from linshu.figures.registry import Look
from linshu.scope import Right, require
from organizations.providers import readings
from organizations.providers.holders import Office, held_posts, vacant_posts
from organizations.views.folding import day_of
from organizations.views.pages import actor_of, node_of

PER_PAGE = 50
STATES = {"held": "在任", "vacant": "空缺"}


@require_GET
def everywhere(request: HttpRequest) -> HttpResponse:
    """Posts in scope; ``?organization=`` a node with what stood under it, ``?state=held|vacant``, ``?as_of=`` a day."""
    require(actor_of(request), Right.ORGANIZATIONS_READ)
    past, asked = day_of(request), request.GET
    given, state = asked.get("organization", ""), asked.get("state", "")
    if given and not (given.isascii() and given.isdecimal() and len(given) < 19):
        raise NotFound
    node = node_of(request, int(given)) if given else None
    look = Look(actor_of(request).scope(Right.ORGANIZATIONS_READ), past or timezone.localdate())
    inside = readings.below(look, node.pk) if node else None
    lines = {"held": list(held_posts(look, inside)), "vacant": list(vacant_posts(look, inside))}
    chosen = state if state in STATES else ""
    shown = lines[chosen] if chosen else [*lines["vacant"], *lines["held"]]
    page = Paginator(shown, PER_PAGE).get_page(asked.get("page"))
    context = {"node": node, "day": past, "page": page, "tabs": _tabs(lines), "chosen": chosen}
    return render(request, "organizations/post_list.html", context | {"total": sum(map(len, lines.values()))})


def _tabs(lines: dict[str, list[Office]]) -> list[tuple[str, str, int]]:
    return [(code, word, len(lines[code])) for code, word in STATES.items()]
