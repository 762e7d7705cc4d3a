"""The first page: what is owed in scope; for those without business rows, what they may do."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linshu.figures import registry
from linshu.figures.registry import Check, Figure, Finding, Level
from linshu.scope import Right
from linshu.workdays.models import CalendarYear
from tests.factories import MembershipFactory, PersonFactory, UserFactory

BASIS = "社区党组织每届任期 5 年。"


@pytest.fixture
def owing(monkeypatch):
    """``owing(finding, …)``: one check that finds these wherever the scope reaches them."""
    monkeypatch.setattr(registry, "_checks", {})
    monkeypatch.setattr(registry, "_figures", {})

    def owe(*findings: Finding, right: Right = Right.ORGANIZATIONS_READ):
        def find(look):
            reached = set(look.scope.ids().values_list("pk", flat=True))
            return [each for each in findings if each.organization_id in reached]

        monkeypatch.setattr(registry, "_checks", {"sample": Check("sample", "样例", right, find)})

    return owe


def late(node, sentence="没有书记", due_on=None):
    return Finding(node.pk, Level.LATE, sentence, BASIS, "去配备", "/search/", due_on)


def soon(node, sentence, due_on=None):
    return Finding(node.pk, Level.SOON, sentence, BASIS, "去办理", "/search/", due_on)


def test_lists_what_is_owed_in_scope_and_nothing_else(owing, client_with, tree, page_ok):
    owing(
        late(tree.branch, "第一支部没有书记"),
        late(tree.other_branch, "丙社区没有书记"),
        Finding(tree.branch.pk, Level.OK, "支部人数合格", BASIS),
    )
    html = page_ok(client_with("community_officer", tree.community).get("/"))
    assert "第一支部没有书记" in html and BASIS in html and "去配备" in html
    assert "丙社区没有书记" not in html and "支部人数合格" not in html
    assert "全部 1" in html and "逾期 1" in html


def test_most_urgent_first_and_by_tab(owing, client_with, tree, page_ok):
    far = date(timezone.localdate().year + 1, 12, 31)
    owing(soon(tree.branch, "以后的事", far), soon(tree.branch, "今天的事", timezone.localdate()), late(tree.branch))
    client = client_with("community_officer", tree.community)
    html = page_ok(client.get("/"))
    places = [html.index(sentence) for sentence in ("没有书记", "今天的事", "以后的事")]
    assert places == sorted(places)
    html = page_ok(client.get("/?when=week"))
    assert "今天的事" in html and "以后的事" not in html
    assert '<a href="?when=week" aria-current="page">本周 1</a>' in html
    assert "以后的事" in page_ok(client.get("/?when=nonsense"))


def test_says_when_holidays_are_not_known(owing, client_with, tree, page_ok):
    client = client_with("community_officer", tree.community)
    owing(soon(tree.branch, "今天的事", timezone.localdate()))
    assert "放假安排尚未导入" not in page_ok(client.get("/"))
    CalendarYear.objects.all().delete()
    assert "放假安排尚未导入" in page_ok(client.get("/"))


def test_nothing_owed(owing, client_with, tree, page_ok):
    owing()
    client = client_with("community_officer", tree.community)
    assert "现在没有待办" in page_ok(client.get("/"))
    owing(late(tree.branch))
    assert "看全部 1 件" in page_ok(client.get("/?when=week"))


def test_a_check_without_the_right_is_not_asked(owing, client_with, tree, page_ok):
    owing(late(tree.branch), right=Right.MEMBERS_READ)
    assert "没有书记" not in page_ok(client_with("supervisor", tree.community).get("/"))


def test_number_beside_the_navigation_entry(owing, client_with, tree, page_ok):
    owing(late(tree.branch), late(tree.other_branch))
    response = client_with("community_officer", tree.community).get("/todos/count/")
    assert page_ok(response).strip() == '1<span class="visually-hidden"> 件</span>'
    assert response.headers["Cache-Control"] == "private, max-age=60"
    owing()
    assert page_ok(client_with("community_officer", tree.community).get("/todos/count/")).strip() == ""


def test_own_organisation_with_its_figures(owing, monkeypatch, client_with, tree, page_ok):
    def compute(look):
        return dict.fromkeys(look.scope.ids().values_list("pk", flat=True), 2)

    def figure(code, name, right):
        return Figure(code, name, "人", right, compute, lambda pk: f"/search/?q={pk}")

    figures = [figure("a", "党员", Right.MEMBERS_READ), figure("b", "秘密", Right.AUDIT_READ)]
    monkeypatch.setattr(registry, "_figures", {each.code: each for each in figures})
    html = page_ok(client_with("community_officer", tree.community).get("/"))
    # the community and its two branches, two each
    assert f'<a href="/search/?q={tree.community.pk}">6</a> 人' in html
    assert "秘密" not in html and "丙社区" not in html


@pytest.mark.parametrize("role", ["system_admin", "security_admin", "security_auditor", "member"])
def test_without_business_rows_the_page_says_what_one_may_do(role, owing, client_with, tree, page_ok):
    owing(late(tree.branch), right=Right.MEMBERS_READ)
    html = page_ok(client_with(role, tree.county).get("/"))
    assert "我的职责" in html and "没有书记" not in html and "待办清单" not in html


def test_a_member_finds_the_own_record(owing, client_with, tree, page_ok):
    person = PersonFactory(name="测试本人")
    membership = MembershipFactory(person=person, organization=tree.branch)
    other = MembershipFactory(organization=tree.branch)
    client = client_with("member", tree.branch, user=UserFactory(person=person))
    html = page_ok(client.get("/"))
    assert f'<a href="/members/{membership.pk}/">测试本人</a>' in html
    assert f"/members/{other.pk}/" not in html


def test_without_any_grant(db, client, page_ok):
    client.force_login(UserFactory(), backend="linshu.people.services.credentials.PasswordAndCode")
    assert "没有任何授权" in page_ok(client.get("/"))


def test_a_long_list_costs_no_more_queries_and_has_pages(owing, client_with, tree, page_ok):
    client = client_with("community_officer", tree.community)

    def queries(number: int) -> tuple[int, str]:
        owing(*(late(tree.branch, f"第{n}件") for n in range(number)))
        with CaptureQueriesContext(connection) as captured:
            html = page_ok(client.get("/"))
        return len(captured), html

    client.get("/")  # the first request of a session notes its time
    few, _ = queries(1)
    many, html = queries(70)
    assert few == many
    assert "第 1–20 件，共 70 件" in html and '<a href="?page=2" rel="next">下一页</a>' in html


def test_says_what_to_do_and_where_and_why(owing, client_with, tree, page_ok):
    owing(Finding(tree.branch.pk, Level.LATE, "没有登记书记。", BASIS, "去任命", "/search/", task="登记书记"))
    html = page_ok(client_with("community_officer", tree.community).get("/"))
    assert '<a href="/search/">登记书记：乙社区第一支部</a>' in html and "没有登记书记。" in html


def test_pages_and_filters_stay_in_the_address(owing, client_with, tree, page_ok):
    here, there = tree.branch, tree.general
    owing(*(late(here, f"第 {n} 件") for n in range(21)), late(there, "别处的一件"))
    client = client_with("street_officer", tree.street)
    query = f"?organization={tree.community.pk}&when=late"
    html = page_ok(client.get(f"/{query}"))
    assert "共 21 件" in html and "别处的一件" not in html and html.count('class="ls-due"') == 20
    assert f'href="?organization={tree.community.pk}&amp;when=late&amp;page=2"' in html
    assert page_ok(client.get(f"/{query}&page=2")).count('class="ls-due"') == 1
    assert "看全部待办" in page_ok(client.get("/?check=sample"))
    assert "别处的一件" in page_ok(client.get("/?check=nonsense&organization=x"))


def test_one_community_needs_no_filter(owing, client_with, tree, page_ok):
    owing(late(tree.branch))
    assert "全部社区" not in page_ok(client_with("community_officer", tree.community).get("/"))


def test_the_badge_counts_no_further_than_it_has_room(owing, monkeypatch, client_with, tree, page_ok):
    monkeypatch.setattr("linshu.home.views.pages.MOST_COUNTED", 2)
    client = client_with("county_viewer", tree.county)
    owing(*[late(tree.branch)] * 2)
    assert page_ok(client.get("/todos/count/")).startswith("2<span")
    owing(*[late(tree.branch)] * 3)
    assert page_ok(client.get("/todos/count/")).startswith("2+<span")


@pytest.mark.parametrize(("most", "label", "places"), [(3, "社区", 3), (2, "街道", 2), (1, "县", 1)])
def test_of_too_many_communities_the_level_above_is_offered(
    owing, monkeypatch, client_with, tree, page_ok, most, label, places
):
    monkeypatch.setattr("linshu.home.forms.MOST_CHOICES", most)
    owing(late(tree.branch), late(tree.other_branch))
    client = client_with("county_viewer", tree.county)
    form = client.get("/").context["form"]
    (_, everywhere), *offered = form.fields["organization"].choices
    assert (everywhere, len(offered)) == (f"全部{label}", places)
    answer = client.get("/", {"organization": tree.other_street.pk})
    page_ok(answer)
    assert answer.context["total"] == (1 if label == "街道" else 2)
