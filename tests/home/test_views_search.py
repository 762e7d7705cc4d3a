"""The search box asks every app that has something to find, in the reader's scope."""

import pytest

from linshu.scope import Right
from linshu.web import registry
from linshu.web.registry import Hit, SearchProvider


@pytest.fixture
def providers(monkeypatch):
    def find(actor, text, limit):
        return [Hit(f"{text}{n}", "乙社区", "/search/") for n in range(limit)]

    found = [
        SearchProvider("党员", Right.MEMBERS_READ, find),
        SearchProvider("账号", Right.ACCOUNTS_MANAGE, find),
        SearchProvider("组织", Right.ORGANIZATIONS_READ, lambda actor, text, limit: []),
    ]
    monkeypatch.setattr(registry, "_search", found)


def test_groups_hits_by_app_and_right(providers, client_with, tree, page_ok):
    html = page_ok(client_with("community_officer", tree.community).get("/search/?q= zs "))
    assert "<h2>党员</h2><span>前 20 条</span>" in html and "zs19" in html and "zs20" not in html
    assert "<h2>账号</h2>" not in html and "<h2>组织</h2>" not in html
    assert 'value="zs"' in html


def test_says_what_to_do_when_nothing_is_found(monkeypatch, client_with, tree, page_ok):
    monkeypatch.setattr(registry, "_search", [])
    client = client_with("community_officer", tree.community)
    assert "没有找到“&lt;b&gt;”" in page_ok(client.get("/search/?q=<b>"))
    assert "请在页面上方写" in page_ok(client.get("/search/"))


def test_no_search_box_for_who_may_search_nothing(providers, client_with, tree, page_ok):
    assert 'role="search"' in page_ok(client_with("community_officer", tree.community).get("/"))
    assert 'role="search"' not in page_ok(client_with("security_auditor", tree.county).get("/"))


def test_the_box_puts_words_into_the_address(providers, client_with, tree):
    answer = client_with("community_officer", tree.community).post("/search/", {"q": " 陈华雪 "})

    assert answer.status_code == 302 and answer.url == "/search/?q=%E9%99%88%E5%8D%8E%E9%9B%AA"


@pytest.mark.parametrize("number", ["371399195701090025", "37139919570109002x", "371399570109002"])
def test_an_identity_number_goes_no_further(providers, client_with, tree, number, page_ok):
    """Addresses end in histories and logs."""
    client = client_with("community_officer", tree.community)

    told = page_ok(client.post("/search/", {"q": number}), status=422)

    assert '请到<a href="/members/">党员名册</a>' in told and number not in told
    assert "请到" in page_ok(client.get("/search/", {"q": number}), status=422)
