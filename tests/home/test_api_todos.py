"""The lists of the first page and of the search, for integrators."""

import pytest

from linshu.figures import registry as figures
from linshu.figures.registry import Check, Finding, Level
from linshu.scope import Right
from linshu.web import registry as web
from linshu.web.registry import Hit, SearchProvider


@pytest.fixture
def owed(monkeypatch, tree):
    """Two things owed, by a branch here and one elsewhere."""
    found = [
        Finding(tree.branch.pk, Level.LATE, "没有书记", "支部设书记 1 名。", "去配备", "/search/"),
        Finding(tree.other_branch.pk, Level.LATE, "没有书记", "支部设书记 1 名。", "去配备", "/search/"),
        Finding(tree.sibling.pk, Level.SOON, "没有申报近亲属", "依法回避。", "去申报", "/search/"),
    ]

    def find(look):
        reached = set(look.scope.ids().values_list("pk", flat=True))
        return [each for each in found if each.organization_id in reached]

    monkeypatch.setattr(figures, "_checks", {"sample": Check("sample", "样例", Right.ORGANIZATIONS_READ, find)})


def test_what_is_owed_in_scope(owed, client_with, tree):
    answer = client_with("community_officer", tree.community).get("/api/v1/todos/").json()
    assert answer["count"] == 2
    assert answer["results"][0] == {
        "check": "sample", "when": "late", "level": "late", "due": "不合规则", "due_on": None,
        "organization": tree.branch.pk, "organization_name": "乙社区第一支部",
        "title": "没有书记：乙社区第一支部", "sentence": "没有书记",
        "basis": "支部设书记 1 名。", "action": "去配备", "url": "/search/",
    }  # fmt: skip


def test_filters(owed, client_with, tree):
    client = client_with("street_officer", tree.street)
    assert client.get("/api/v1/todos/?when=later").json()["count"] == 1
    assert client.get(f"/api/v1/todos/?organization={tree.branch.pk}").json()["count"] == 1
    assert client.get(f"/api/v1/todos/?organization={tree.other_branch.pk}").status_code == 404
    assert client.get("/api/v1/todos/?check=sample").json()["count"] == 2
    assert client.get("/api/v1/todos/?check=other").json()["count"] == 0
    assert client.get("/api/v1/todos/?when=never").status_code == 400
    assert client.get("/api/v1/todos/?whenn=late").status_code == 400


def test_who_sees_no_business_row_owes_nothing(owed, client_with, tree):
    assert client_with("system_admin", tree.county).get("/api/v1/todos/").json()["count"] == 0


def test_search(monkeypatch, client_with, tree):
    found = [
        SearchProvider("党员", Right.MEMBERS_READ, lambda actor, text, limit: [Hit(text, "乙社区", "/members/1/")])
    ]
    monkeypatch.setattr(web, "_search", found)
    answer = client_with("community_officer", tree.community).get("/api/v1/search/?q=zs").json()
    assert answer["results"] == [{"kind": "党员", "label": "zs", "remark": "乙社区", "url": "/members/1/"}]
    assert client_with("supervisor", tree.community).get("/api/v1/search/?q=zs").json()["count"] == 0
    assert client_with("supervisor", tree.community).get("/api/v1/search/").status_code == 400
