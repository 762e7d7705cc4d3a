"""What the frame of a page shows for an actor: navigation, switcher, larger text; and the error pages in that frame."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import DisallowedHost
from django.http import JsonResponse  # noqa: TID251 - an error has two shapes, a page and this
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from linshu.scope import Actor
from linshu.web import registry
from linshu.web.rules.problems import ErrorPage


@dataclass(frozen=True)
class Link:
    """A navigation link on the present page."""

    label: str
    url: str
    remark: str
    badge_url: str
    current: bool


@dataclass(frozen=True)
class Section:
    """A group of navigation links under its heading."""

    label: str
    remark: str
    links: list[Link]


@dataclass(frozen=True)
class Shell:
    """The frame around a page; ``actor`` is None on pages without log-in. Everything is worked out only when shown."""

    actor: Actor | None
    path: str
    large_text: bool

    @property
    def base(self) -> str:
        """The template error pages extend."""
        return "base.html" if self.actor else "base_public.html"

    @cached_property
    def places(self) -> list[registry.Place]:
        return registry.places(self.actor) if self.actor else []

    @property
    def searches(self) -> bool:
        """Is there anything the actor may search for?"""
        actor = self.actor
        return actor is not None and any(actor.may(each.right) for each in registry.search_providers())

    @cached_property
    def _sections(self) -> dict[str, list[Link]]:
        actor = self.actor
        if actor is None:
            return {}
        shown = [entry for entry in registry.entries() if entry.right is None or actor.may(entry.right)]
        urls = {entry: reverse(entry.url_name) for entry in shown}
        here = current_url(self.path, urls.values())
        links: dict[str, list[Link]] = {}
        for entry, url in urls.items():
            badge_url = reverse(entry.badge_url_name) if entry.badge_url_name else ""
            label = entry.label_for(actor) if entry.label_for else entry.label
            links.setdefault(entry.section, []).append(Link(label, url, entry.remark, badge_url, url == here))
        return links

    @property
    def pages(self) -> list[Link]:
        """Every page of the navigation but the present one."""
        return [link for links in self._sections.values() for link in links if not link.current]

    @property
    def top(self) -> list[Link]:
        return self._sections.get("top", [])

    @property
    def systems(self) -> list[Section]:
        """Those of the five systems that have a page for the actor."""
        return [
            Section(registry.SECTIONS[code], remark, self._sections[code])
            for code, remark in registry.SECTION_REMARKS.items()
            if code in self._sections
        ]

    @property
    def tools(self) -> Section | None:
        links = self._sections.get("tools")
        return Section(registry.SECTIONS["tools"], "", links) if links else None


def current_url(path: str, urls: Iterable[str]) -> str:
    """The navigation address the path lies under; the longest wins, the root only counts for itself."""
    under = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(under, key=len, default="")


def error_page(request: Any, page: ErrorPage) -> Any:
    """Show what happened, why and what to do next: as a page, or as a notice above the page for htmx."""
    context = {"page": page, "back": _referer(request)}
    if getattr(request, "htmx", False):
        response = render(request, "errors/notice.html", context, status=page.status)
        response["HX-Retarget"], response["HX-Reswap"] = "#messages", "innerHTML"
        return response
    return render(request, "errors/page.html", context, status=page.status)


def error_answer(request: Any, code: str, page: ErrorPage) -> Any:
    """An error before any view: under ``/api/`` in the shape of ``linshu.rest.exceptions``, else a page."""
    if request.path_info.startswith("/api/"):
        body = {"code": code, "message": page.message, "details": []}
        return JsonResponse(body, status=page.status, json_dumps_params={"ensure_ascii": False})
    return error_page(request, page)


def _referer(request: Any) -> str:
    """The page one came from, if it is ours and another one than this."""
    referer: str = request.headers.get("Referer", "")
    try:
        ours = url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure())
        return referer if ours and referer != request.build_absolute_uri() else ""
    except DisallowedHost:  # the very thing this page may be about
        return ""
