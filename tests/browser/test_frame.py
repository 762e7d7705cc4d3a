"""Log-in, the first page, what is not there; the frame by keyboard, without scripts and in larger text."""

import pytest
from playwright.sync_api import expect

from linshu.figures import registry
from linshu.scope import Right

pytestmark = pytest.mark.django_db(transaction=True)


def test_log_in(open_page, screens):
    page = open_page("/login/")
    expect(page.get_by_role("heading", name="登录")).to_be_visible()
    screens(page, "login")


def test_home(open_page, screens, client_with, tree, owed):
    page = open_page("/", client_with("community_officer", tree.community))
    expect(page.get_by_role("heading", name="待办", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="待办提醒 5 件")).to_be_visible()
    screens(page, "home")


def test_not_found(open_page, screens, client_with, tree):
    page = open_page("/nowhere/", client_with("community_officer", tree.community))
    expect(page.get_by_role("heading", name="没有找到")).to_be_visible()
    screens(page, "404")


def test_search(open_page, screens, client_with, tree):
    page = open_page("/search/?q=不存在的人", client_with("community_officer", tree.community))
    expect(page.get_by_text("没有找到“不存在的人”")).to_be_visible()
    screens(page, "search")


def test_by_keyboard_the_first_stop_leads_to_the_text(open_page, client_with, tree):
    page = open_page("/", client_with("community_officer", tree.community))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.fixture
def owed(tree, monkeypatch):
    """Findings of every urgency at the community."""
    from datetime import timedelta

    from django.utils import timezone

    today = timezone.localdate()
    sunday = today + timedelta(days=6 - today.weekday())

    def finding(level, sentence, due_on=None):
        return registry.Finding(
            tree.community.pk, level, sentence, "社区党组织每届任期 5 年，届满按期换届（基层组织选举条例第 3 条）。",
            "去办理", "/", due_on,
        )  # fmt: skip

    found = [
        finding(registry.Level.LATE, "乙社区第二支部没有书记"),
        finding(registry.Level.LATE, "乙社区第一支部委员会任期已满", today - timedelta(days=63)),
        finding(registry.Level.SOON, "居务监督委员会任期将满", sunday),
        finding(registry.Level.SOON, "居民委员会任期将满", today + timedelta(days=37)),
        finding(registry.Level.SOON, "2 名委员没有申报近亲属"),
        finding(registry.Level.OK, "支部人数合格"),
    ]
    check = registry.Check("sample", "样例", Right.ORGANIZATIONS_READ, lambda look: found)
    monkeypatch.setattr(registry, "_checks", {"sample": check})
