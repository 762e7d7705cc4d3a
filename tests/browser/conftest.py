"""Real Chromium on the screens of the portal: an office screen and a phone, looked at, and accessible."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Page

OFFICE, PHONE = (1366, 768), (375, 812)
SCREENS = Path(settings.VAR_DIR) / "screens"
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session", autouse=True)
def orm_beside_playwright():
    """Playwright's synchronous API keeps an event loop running in this thread until the session ends.

    Django would take that for asynchronous code and refuse the ORM, here and in every later test of this process.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {"executable_path": "/usr/bin/chromium", "args": QUIET}


@pytest.fixture(scope="session")
def browser_context_args():
    width, height = OFFICE
    return {"viewport": {"width": width, "height": height}, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}


@pytest.fixture
def page(page: Page, live_server):
    """A page of the live server that minds what the browser complains of: CSP violations and script errors."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if is_complaint(message) else None)
    yield page
    assert complaints == []


def is_complaint(message) -> bool:
    """An error in the console, except the notes of browser and htmx that something answered 4xx."""
    refused = ("the server responded with a status of 4", "Response Status Error Code 4")
    return message.type == "error" and not any(words in message.text for words in refused)


@pytest.fixture
def open_page(page, live_server):
    """``open_page("/members/", client)``: the page as the user of a test client sees it."""

    def go(path: str, client=None) -> Page:
        page.context.clear_cookies()
        if client is not None:
            cookie = client.cookies[settings.SESSION_COOKIE_NAME]
            page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        page.goto(live_server.url + path, wait_until="networkidle")
        return page

    return go


def assert_accessible(page: Page) -> None:
    """axe-core finds nothing."""
    found = Axe().run(page).response["violations"]
    assert not found, [(each["id"], [node["html"] for node in each["nodes"]][:5]) for each in found]


def assert_fits(page: Page) -> None:
    """Nothing sticks out to the right: wide tables scroll inside their card."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{wide} px too wide at {page.viewport_size}"


@pytest.fixture
def screens():
    """``screens(page, "home")``: pictures at two widths under var/screens/, each checked with axe."""
    SCREENS.mkdir(parents=True, exist_ok=True)

    def take(page: Page, name: str) -> None:
        for width, height in (OFFICE, PHONE):
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=SCREENS / f"{name}-{width}.png", full_page=True)
            assert_fits(page)
            assert_accessible(page)
        page.set_viewport_size({"width": OFFICE[0], "height": OFFICE[1]})

    return take
