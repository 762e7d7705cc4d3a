"""What organisations give the shell: the navigation entry, the switcher, the search."""

from collections.abc import Iterable

from django.urls import reverse

from linshu.scope import Actor, Right
from linshu.web.registry import (
    Entry,
    Hit,
    Place,
    SearchProvider,
    register_entry,
    register_places,
    register_search,
)
from organizations.models import Organization
from organizations.rules.kinds import KINDS, Kind

PLACES = 20


def places(actor: Actor) -> list[Place]:
    """Where the reader's tree begins, then the level below."""
    roots = actor.scope(Right.ORGANIZATIONS_READ).roots
    if not roots:
        return []
    nodes = Organization.objects.beginning(roots).open().order_by("level", "tree_id", "lft")
    tree = reverse("organizations:tree")  # nodes lie below it; twenty look-ups of addresses cost more than the rest
    return [Place(name, f"{tree}{pk}/") for pk, name in nodes.values_list("pk", "short_name")[:PLACES]]


def find(actor: Actor, text: str, limit: int) -> Iterable[Hit]:
    """Open nodes by name, short name, code or pinyin initials."""
    nodes = Organization.objects.readable(actor, Right.ORGANIZATIONS_READ).open().called(text)
    for node in nodes.order_by("level", "tree_id", "lft")[:limit]:
        yield Hit(node.name, KINDS[Kind(node.kind)].label, reverse("organizations:node", args=[node.pk]))


def register_shell() -> None:
    """Fill the registries of the shell."""
    register_entry(Entry("grid", "组织线", "organizations:tree", Right.ORGANIZATIONS_READ, order=10))
    register_places(places)
    register_search(SearchProvider("组织", Right.ORGANIZATIONS_READ, find))
