"""Who holds which post below a node, and which nobody holds: one by one, for the lists behind the figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from linshu.figures.registry import Look
from organizations.providers import checks, readings
from organizations.providers.readings import Node


@dataclass(frozen=True)
class Office:
    """A post of an organisation; nobody holds it where ``name`` is empty."""

    node: Node
    title: str
    name: str = ""
    since: date | None = None


def held_posts(look: Look, inside: set[int] | None = None) -> Iterator[Office]:
    """Posts in office in the order of the tree, at some nodes or everywhere."""
    in_office = look.once(readings.in_office)
    for pk, node in look.once(readings.nodes).items():
        if inside is None or pk in inside:
            yield from (Office(node, each.title, each.name, each.valid_from) for each in in_office.get(pk, ()))


def vacant_posts(look: Look, inside: set[int] | None = None) -> Iterator[Office]:
    """Posts that ought to be held and are not."""
    nodes = look.once(readings.nodes)
    for pk, titles in look.once(checks.vacancies).items():
        if inside is None or pk in inside:
            yield from (Office(nodes[pk], title) for title in titles)
