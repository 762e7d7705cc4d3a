"""The audit page: for the auditor alone, filtered, leafed through, proven."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string

from linshu.audit import services
from linshu.audit.models import Event
from linshu.audit.views import pages
from tests.audit.conftest import NOW


@pytest.fixture
def auditor(tree, client_with):
    return client_with("security_auditor", tree.county)


def test_the_list_tells_events_in_words(auditor, record, page_ok):
    record(2)
    html = page_ok(auditor.get("/audit/"))
    assert "做了第 1 件事。" in html and "2026年11月24日 09:00" in html
    assert "待封存 3 条" in html and "还没有核验过" in html


def test_the_state_of_the_chain_stands_on_top(auditor, record, page_ok):
    record(2)
    services.seal(now=NOW)
    services.verify(now=NOW)
    html = page_ok(auditor.get("/audit/"))
    assert "已封存 3 条，待封存 0 条" in html and "完好" in html and "第 3 号" in html
    record(1, now=NOW - timedelta(hours=1))
    services.verify(now=NOW)
    html = page_ok(auditor.get("/audit/"))
    assert "发现问题" in html and "未封存：事件" in html


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("type=tests.done", True),
        ("type=people.logged_in", False),
        ("actor=系", True),
        ("actor=王", False),
        ("subject=事", True),
        ("since=2026-11-24&until=2026-11-24", True),
        ("until=2026-11-23", False),
        ("since=2026-11-25", False),
    ],
)
def test_filters_narrow_the_list(auditor, record, page_ok, query, found):
    record(1)
    assert ("做了第 1 件事。" in page_ok(auditor.get(f"/audit/?{query}"))) is found


def test_an_organization_means_its_subtree(auditor, record, tree, page_ok):
    record(1, organization_id=tree.branch.pk)
    assert "做了第 1 件事。" in page_ok(auditor.get(f"/audit/?organization={tree.street.pk}"))
    assert "没有符合条件的事件" in page_ok(auditor.get(f"/audit/?organization={tree.other_street.pk}"))


def test_a_senseless_filter_is_told(auditor, record, page_ok):
    record(1)
    assert "没有看懂这个日期" in page_ok(auditor.get("/audit/?since=gestern"), 422)


def test_leafing_reaches_every_event_once(auditor, record, page_ok, monkeypatch):
    monkeypatch.setattr(pages, "PER_PAGE", 2)
    events = record(5)
    seen, url = [], "/audit/"
    while url:
        html = page_ok(auditor.get(url))
        seen += [event.pk for event in events if f'href="/audit/{event.pk}/"' in html]
        older = html.partition('" rel="next"')[0].rpartition('href="')[2] if 'rel="next"' in html else ""
        url = f"/audit/{older}" if older else ""
    assert sorted(seen) == [event.pk for event in events]


def test_the_list_costs_the_same_for_many(auditor, record, django_assert_max_num_queries):
    record(30)
    with django_assert_max_num_queries(14):
        auditor.get("/audit/")


def test_one_event_shows_its_content_and_its_proof(auditor, record, page_ok):
    (event,) = record(1, reason="核对")
    assert "待封存" in page_ok(auditor.get(f"/audit/{event.pk}/"))
    services.seal(now=NOW)
    html = page_ok(auditor.get(f"/audit/{event.pk}/"))
    assert (
        "号，2026年11月24日 09:00" in html and "内容完好" in html and "&quot;number&quot;: 1" in html and "核对" in html
    )
    assert auditor.get(f"/audit/{event.pk + 1000}/").status_code == 404


def test_an_event_that_does_not_fit_its_code_says_so(auditor, page_ok):
    event = Event(uuid="1" * 32, at=NOW, type="gone.type", actor_name="系统", data={}, mac="0" * 64)
    event.save()
    html = page_ok(auditor.get(f"/audit/{event.pk}/"))
    assert "内容与校验码不符" in html and "由旧版本写入" in html


@pytest.mark.parametrize("role", ["county_admin", "system_admin", "security_admin", "community_officer"])
def test_nobody_else_reads_the_log(tree, client_with, record, role):
    (event,) = record(1)
    client = client_with(role, tree.county)
    for url in ("/audit/", f"/audit/{event.pk}/", "/api/v1/audit/", f"/api/v1/audit/{event.pk}/"):
        assert client.get(url).status_code == 403


def test_the_history_of_a_record_is_its_own_newest_first(record, tree):
    record(2, subject=tree.branch)
    record(1, subject=tree.sibling, data={"number": 9})
    events = list(Event.objects.about(tree.branch))
    assert [event.data["number"] for event in events] == [2, 1]
    html = render_to_string("audit/history.html", {"events": events})
    assert html.index("做了第 2 件事") < html.index("做了第 1 件事") and "做了第 9 件事" not in html
