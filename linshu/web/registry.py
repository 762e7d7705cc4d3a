"""What apps add to the shell in ``AppConfig.ready()``: navigation, switcher, node panels, search."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from linshu.scope import Actor, Right


@dataclass(frozen=True)
class Entry:
    """A link of the left navigation. ``section`` is a key of ``SECTIONS``.

    Shown to who holds ``right`` anywhere (None: to everybody who is logged in). ``badge_url_name`` names a page that
    answers with a number; the browser asks for it after the page is there, so no page waits for a count.
    ``label_for`` names the page for who sees less than the whole.
    """

    section: str
    label: str
    url_name: str
    right: Right | None
    order: int = 50
    remark: str = ""
    badge_url_name: str = ""
    label_for: Callable[[Actor], str] | None = None


# Order and words of ux.md 10: the two above, the five systems, then the offices' own tools.
SECTIONS = {
    "top": "",
    "grid": "三线一网格",
    "council": "三会一核心",
    "decision": "三审一公决",
    "training": "三有一活动",
    "performance": "三岗一统算",
    "tools": "管理",
}
SECTION_REMARKS = {
    "grid": "组织、管理、服务、网格",
    "council": "协商议事",
    "decision": "重大事项决策",
    "training": "学习与承诺",
    "performance": "岗位绩效",
}


@dataclass(frozen=True)
class Panel:
    """A card on the page of a node: ``context(actor, organization, look)`` fills ``template``; None leaves it out.

    The look (``linshu.figures``) is at the node and what is below it on the day of the page; all cards share it.
    """

    code: str
    template: str
    right: Right
    context: Callable[[Actor, Any, Any], dict[str, Any] | None]
    order: int = 50


@dataclass(frozen=True)
class Hit:
    """One result of the search box."""

    label: str
    remark: str
    url: str


@dataclass(frozen=True)
class SearchProvider:
    """``find(actor, text, limit)`` returns hits in the actor's scope, best first."""

    label: str
    right: Right
    find: Callable[[Actor, str, int], Iterable[Hit]]


@dataclass(frozen=True)
class Place:
    """An organisation in the switcher of the red bar."""

    label: str
    url: str
    remark: str = ""


Places = Callable[[Actor], Iterable[Place]]

_entries: list[Entry] = []
_panels: list[Panel] = []
_search: list[SearchProvider] = []
_places: list[Places] = []


def register_entry(entry: Entry) -> None:
    """Add a navigation link."""
    if entry.section not in SECTIONS:
        raise ValueError(f"unknown section: {entry.section}")
    _entries.append(entry)


def register_panel(panel: Panel) -> None:
    """Add a card to the page of a node."""
    _panels.append(panel)


def register_search(provider: SearchProvider) -> None:
    """Add a search provider."""
    _search.append(provider)


def register_places(provider: Places) -> None:
    """Tell which organisations the switcher offers: the roots the actor was granted and their children, own first."""
    _places.append(provider)


def entries() -> list[Entry]:
    """Navigation links in order."""
    return sorted(_entries, key=lambda entry: entry.order)


def panels() -> list[Panel]:
    """Node cards in order."""
    return sorted(_panels, key=lambda panel: panel.order)


def search_providers() -> list[SearchProvider]:
    """Search providers in order of registration."""
    return list(_search)


def places(actor: Actor) -> list[Place]:
    """Organisations of the switcher."""
    return [place for provider in _places for place in provider(actor)]
