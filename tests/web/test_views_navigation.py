"""Navigation and switcher: only what has a page and a right is shown."""

import pytest

from linshu.scope import Right
from linshu.web import registry
from linshu.web.providers import current_url
from linshu.web.registry import Entry, Place


@pytest.fixture
def entries(monkeypatch):
    found = [
        Entry("top", "待办提醒", "home:home", None, order=10, badge_url_name="home:count"),
        Entry("grid", "组织线", "home:search", Right.ORGANIZATIONS_READ),
        Entry("tools", "审计日志", "people:login", Right.AUDIT_READ, remark="谁在何时做了什么"),
    ]
    monkeypatch.setattr(registry, "_entries", found)


def test_five_systems_show_what_has_a_page(entries, client_with, tree, page_ok):
    html = page_ok(client_with("community_officer", tree.community).get("/search/"))
    assert "五个体系" in html and "<small>组织、管理、服务、网格</small>" in html
    assert "三会一核心" not in html
    assert '<a href="/search/" aria-current="page">组织线</a>' in html
    assert "审计日志" not in html and "管理</p>" not in html


def test_an_auditor_sees_the_tools_only(entries, client_with, tree, page_ok):
    html = page_ok(client_with("security_auditor", tree.county).get("/"))
    assert '<p id="nav-tools">管理</p>' in html and "<small>谁在何时做了什么</small>" in html
    assert "五个体系" not in html


def test_the_number_comes_after_the_page(entries, client_with, tree, page_ok):
    html = page_ok(client_with("community_officer", tree.community).get("/"))
    assert '<b hx-get="/todos/count/" hx-trigger="load"></b>' in html


def test_switcher(monkeypatch, client_with, tree, page_ok):
    places = [Place("乙社区", "/search/?q=1", "2 个支部"), Place("乙社区第一支部", "/search/?q=2")]
    monkeypatch.setattr(registry, "_places", [lambda actor: places])
    html = page_ok(client_with("community_officer", tree.community).get("/"))
    assert '<span class="visually-hidden">切换组织，当前：</span>乙社区' in html
    assert (
        '<a href="/search/?q=1">乙社区（2 个支部）</a>' in html and '<a href="/search/?q=2">乙社区第一支部</a>' in html
    )
    monkeypatch.setattr(registry, "_places", [lambda actor: []])
    assert "切换组织" not in page_ok(client_with("system_admin", tree.county).get("/"))


def test_an_unknown_section_is_refused():
    with pytest.raises(ValueError, match="unknown section"):
        registry.register_entry(Entry("nowhere", "x", "home:home", None))


@pytest.mark.parametrize(
    ("path", "here"),
    [
        ("/", "/"),
        ("/members/", "/members/"),
        ("/members/7/", "/members/"),
        ("/members/import/3/", "/members/import/"),
        ("/me/", ""),
    ],
)
def test_a_page_lies_under_the_longest_address(path, here):
    assert current_url(path, ["/", "/members/", "/members/import/"]) == here
