"""What every rendered page must keep to: a strict CSP without inline code, no template leftovers, ids used once."""

from collections import Counter
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
LEFTOVERS = ("{{", "}}", "{%", "%}", "{#", "INVALID")


class PageChecker(HTMLParser):
    """Collects what is wrong with a page in ``problems``."""

    def __init__(self) -> None:
        super().__init__()
        self.problems: list[str] = []
        self.ids: Counter[str] = Counter()
        self.symbols_used: set[str] = set()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        for name, value in attrs:
            if name == "style" or name.startswith("on"):
                self.problems.append(f'<{tag}> carries {name}="{value}"')
            if value and value.strip().lower().startswith("javascript:"):
                self.problems.append(f"<{tag}> carries {value}")
        if tag == "style" or (tag == "script" and not given.get("src")):
            self.problems.append(f"inline <{tag}>")
        if tag == "a" and (given.get("href") or "").strip() in {"", "#"}:
            self.problems.append("a link that leads nowhere")
        if "id" in given:
            self.ids[given["id"] or ""] += 1
        if tag == "use":
            self.symbols_used.add((given.get("href") or "")[1:])
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.problems.append(f"</{tag}> closes {self.open[-1:] or 'nothing'} at {self.getpos()}")


def problems_of(html: str) -> list[str]:
    """Everything wrong with a page or a fragment."""
    checker = PageChecker()
    checker.feed(html)
    checker.close()
    problems = checker.problems
    problems += [f"id {name!r} used {times} times" for name, times in checker.ids.items() if times > 1]
    problems += [f"left over: {mark}" for mark in LEFTOVERS if mark in html]
    problems += [f"<{tag}> is never closed" for tag in checker.open]
    if "<html" in html:
        missing = checker.symbols_used - set(checker.ids)
        problems += [f"icon {name!r} is not in the sprite" for name in sorted(missing)]
    return problems


def page_ok(response, status: int = 200, *, charts: bool = False) -> str:
    """The page's HTML, once it has answered ``status`` under the CSP and nothing is wrong with it.

    ``charts``: the page may draw with style attributes; its HTML carries none all the same.
    """
    html = response.content.decode()
    assert response.status_code == status, html
    policy = response.headers["Content-Security-Policy"]
    if charts:
        assert policy.count("style-src-attr 'unsafe-inline'") == 1
        policy = policy.replace("style-src-attr 'unsafe-inline'", "")
    assert "default-src 'self'" in policy and "unsafe" not in policy
    assert problems_of(html) == []
    return html
