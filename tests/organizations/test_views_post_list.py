"""Posts held and vacant: the figures, their list on the page and over the API, and the card that tells them."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from linshu.figures.registry import Look, figure
from linshu.scope import EVERYTHING
from organizations.models import Grid, Post
from organizations.rules.posts import COMMITTEE_POSTS
from tests.factories import MembershipFactory
from tests.furnished import furnish

PAGE, API, VACANT = "/posts/", "/api/v1/posts/", "/api/v1/posts/vacant/"
TODAY = timezone.localdate()
SINCE, LEFT = date(2020, 1, 1), TODAY - timedelta(days=10)


@pytest.fixture
def staffed(tree):
    """A branch with a 支委会 that lost its 纪检委员, and one without anybody."""
    people = [each.person for each in MembershipFactory.create_batch(4, organization=tree.branch)]
    for person, title in zip(people, ("书记", *COMMITTEE_POSTS), strict=True):
        Post.objects.create(organization=tree.branch, person=person, title=title, valid_from=SINCE)
    Post.objects.filter(title="纪检委员").update(valid_to=LEFT)
    return tree


def told(response) -> list[tuple[str, str]]:
    return [(line.node.name, line.title) for line in response.context["page"]]


def test_the_figures_count_what_is_held_and_what_is_not(staffed):
    look = Look(EVERYTHING, TODAY)
    assert figure("posts").compute(look) == {staffed.branch.pk: 3}
    vacant = figure("posts.vacant").compute(look)
    assert vacant[staffed.branch.pk] == vacant[staffed.sibling.pk] == 1
    assert staffed.community.pk not in vacant and staffed.county.pk not in vacant


def test_the_list_tells_each_of_them(staffed, client_with, page_ok):
    client, place = client_with("community_officer", staffed.community), {"organization": staffed.community.pk}
    assert told(client.get(PAGE, place | {"state": "vacant"})) == [
        ("乙社区第一支部", "纪检委员"), ("乙社区第二支部", "书记"),
    ]  # fmt: skip
    held = client.get(PAGE, place | {"state": "held"})
    assert {title for _, title in told(held)} == {"书记", "组织委员", "宣传委员"}
    html = page_ok(client.get(PAGE, place))
    assert "全部 5" in html and "空缺 2" in html and "在任 3" in html


def test_a_day_before_the_post_fell_vacant(staffed, client_with):
    client = client_with("county_viewer", staffed.county)
    query = {"organization": staffed.branch.pk, "as_of": (LEFT - timedelta(days=1)).isoformat()}
    assert told(client.get(PAGE, query | {"state": "vacant"})) == []
    assert len(told(client.get(PAGE, query | {"state": "held"}))) == client.get(API, query).json()["count"] == 4
    assert client.get(VACANT, query).json()["count"] == 0


@pytest.mark.parametrize("role, place", [("county_viewer", "county"), ("street_officer", "street")])
def test_page_api_and_figure_agree(staffed, client_with, role, place):
    node = getattr(staffed, place)
    client, query = client_with(role, node), {"organization": node.pk}
    held = client.get("/api/v1/figures/posts/", query).json()["results"][0]
    vacant = client.get("/api/v1/figures/posts.vacant/", query).json()["results"][0]
    for row, listed in ((held, client.get(API, query)), (vacant, client.get(VACANT, query))):
        assert client.get(row["url"]).context["page"].paginator.count == row["total"] == listed.json()["count"] > 0
    first = client.get(VACANT, query).json()["results"][0]
    assert set(first) == {"organization", "organization_name", "title"}


def test_the_node_page_tells_them_on_its_card(staffed, client_with):
    client = client_with("community_officer", staffed.community)
    html = client.get(f"/organizations/{staffed.community.pk}/?cards=1").content.decode()
    assert "含下级：在任职务" in html and f"/posts/?organization={staffed.community.pk}&amp;state=vacant" in html


def test_out_of_scope_and_wrong(staffed, client_with):
    client = client_with("community_officer", staffed.community)
    for url in (PAGE, VACANT, API):
        assert client.get(url, {"organization": staffed.other_branch.pk}).status_code == 404, url
    assert client.get(PAGE, {"organization": "x"}).status_code == 404
    for query in ({"organization": "x"}, {"as_of": "2999-01-01"}, {"as_of": "1900-01-01"}, {"nonsense": "1"}):
        assert client.get(VACANT, query).status_code == 400, query
    assert "丙社区" not in client.get(PAGE).content.decode()


@pytest.mark.parametrize("url", [PAGE, VACANT])
def test_the_cost_is_the_same_at_every_size(tree, statements, url):
    furnish(tree, 1, timezone.now())
    cost = statements("street_officer", tree.street)
    few = cost(url)
    for number in range(2, 5):
        furnish(tree, number, timezone.now())
    assert cost(url) == few <= 12


def test_a_community_that_moved_counts_where_it_stood(staffed, client_with):
    """Posts and grids of a past day are listed by the tree of that day, as their figures count."""
    Grid.objects.create(
        organization=staffed.community, number="01", bounds="东至路", households=400, valid_from=SINCE
    )  # fmt: skip
    period = staffed.community.periods.get()
    period.valid_to = LEFT
    period.save()
    period.pk, period.parent, period.valid_from, period.valid_to = None, staffed.other_street, LEFT, date.max
    period.save()
    staffed.community.refresh_from_db()
    staffed.other_street.refresh_from_db()
    staffed.community.move_to(staffed.other_street)
    client, before = client_with("county_viewer", staffed.county), (LEFT - timedelta(days=1)).isoformat()
    for code in ("grids", "posts"):
        for node, then, now in ((staffed.street, True, False), (staffed.other_street, False, True)):
            for day, there in (({"as_of": before}, then), ({}, now)):
                query = {"organization": node.pk} | day
                row = client.get(f"/api/v1/figures/{code}/", query).json()["results"][0]
                count = client.get(row["url"]).context["page"].paginator.count
                assert (count == row["total"]) and (count > 0) == there, (code, node, day)


def test_who_may_read_no_organisation_is_refused(tree, client_with):
    assert client_with("security_auditor", tree.county).get("/posts/").status_code == 403
