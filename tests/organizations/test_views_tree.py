"""The tree page and the node's card, as each reader sees them."""

import re
from datetime import date

import pytest
from django.utils import timezone

from linshu.scope import SYSTEM
from organizations.models import Organization
from organizations.services.operations import move, rename
from tests.factories import OrganizationFactory

pytestmark = pytest.mark.django_db


def page(client, url):
    response = client.get(url)
    assert response.status_code == 200, response.content.decode()[:500]
    return response.content.decode()


def labels(html: str) -> set[str]:
    """Nodes that the tree draws."""
    return set(re.findall(r'class="ls-node"[^>]*>([^<]+)', html))


def test_the_first_page_is_the_readers_own_node(tree, client_with):
    html = page(client_with("community_officer", tree.community), "/organizations/")

    assert "<h1>乙社区</h1>" in html
    assert labels(html) == {"乙社区", "乙社区第一支部", "乙社区第二支部"}
    assert "测试县委</a>" not in html


def test_the_path_is_unfolded_and_the_rest_is_not(tree, client_with):
    html = page(client_with("county_viewer", tree.county), f"/organizations/{tree.general.pk}/")

    assert {"甲社区东片区支部", "乙社区", "丙街道党工委"} <= labels(html)
    assert not {"乙社区第一支部", "甲社区东片区第一党小组"} & labels(html)


def test_a_toggle_unfolds_without_script(tree, client_with):
    client, url = client_with("county_viewer", tree.county), f"/organizations/{tree.general.pk}/"

    assert "乙社区第一支部" in labels(page(client, f"{url}?open={tree.community.pk}"))
    assert "甲社区东片区支部" not in labels(page(client, f"{url}?shut={tree.general.pk}"))


def test_htmx_gets_the_same_tree_card(tree, client_with):
    client, url = client_with("county_viewer", tree.county), f"/organizations/{tree.general.pk}/"

    fragment = client.get(url, headers={"HX-Request": "true", "HX-Target": "tree"}).content.decode()

    assert fragment.strip().startswith('<section class="ls-card" id="tree"')
    assert fragment.strip() in page(client, url)


def test_out_of_scope_is_404_and_without_the_right_403(tree, client_with):
    assert client_with("branch_secretary", tree.branch).get(f"/organizations/{tree.sibling.pk}/").status_code == 404
    assert client_with("member", tree.branch).get(f"/organizations/{tree.branch.pk}/").status_code in {403, 404}


def test_figures_are_cumulative_and_link_to_their_list(tree, client_with):
    html = page(client_with("street_officer", tree.street), f"/organizations/{tree.street.pk}/")

    assert f'<a href="/organizations/{tree.street.pk}/branches/">3</a><small>支部</small>' in html
    listed = page(client_with("street_officer", tree.street), f"/organizations/{tree.street.pk}/branches/")
    assert "乙社区第一支部" in listed and "丙社区第一支部" not in listed
    assert "共 3 个" in listed


def test_closed_nodes_are_shown_on_request(tree, client_with):
    Organization.objects.filter(pk=tree.sibling.pk).update(closed_on=date(2020, 1, 1))
    client = client_with("community_officer", tree.community)

    assert "乙社区第二支部" not in labels(page(client, "/organizations/"))
    assert "乙社区第二支部（已撤销）" in labels(page(client, f"/organizations/{tree.community.pk}/?closed=1"))


def test_a_day_shows_what_was_and_counts_what_is_left_out(tree, client_with):
    """A community that has left for another street belongs to the old day, but the old street reads it no more."""
    move(
        node=tree.community,
        parent=tree.other_street,
        on=date(2020, 3, 1),
        reason="区划调整",
        by=SYSTEM,
        now=timezone.now(),
    )
    client = client_with("street_officer", tree.street)

    html = page(client, f"/organizations/{tree.street.pk}/?as_of=2019-12-31")

    assert "这一天另有 3 个组织现在不在您的管理范围内" in html
    assert "甲社区党总支" in labels(html) and "乙社区" not in labels(html)
    county = page(client_with("county_viewer", tree.county), f"/organizations/{tree.street.pk}/?as_of=2019-12-31")
    assert "乙社区" in labels(county) and "现在不在您的管理范围内" not in county


def test_a_day_before_a_renaming_shows_the_old_name(tree, client_with):
    """The new one stands beside it."""
    rename(
        node=tree.community,
        name="丁社区",
        short_name="丁社区",
        on=date(2020, 3, 1),
        reason="更名",
        by=SYSTEM,
        now=timezone.now(),
    )
    client = client_with("street_officer", tree.street)

    past = page(client, f"/organizations/{tree.community.pk}/?as_of=2020-02-29")
    assert "<h1>乙社区</h1>" in past and "现名 丁社区" in past
    today = page(client, f"/organizations/{tree.community.pk}/?as_of=2020-03-01")
    assert "<h1>丁社区</h1>" in today and "现名" not in today


def test_a_senseless_day_is_refused(tree, client_with):
    client = client_with("county_viewer", tree.county)

    for day in ("2999-01-01", "2026-13-45", "昨天"):
        assert client.get(f"/organizations/{tree.street.pk}/?as_of={day}").status_code == 422


def test_search_finds_by_name_code_and_initials(tree, client_with):
    OrganizationFactory(
        code="ZZ-77", name="某支部", short_name="先锋支部", parent=tree.community, name_initials=" xfzb "
    )
    client = client_with("community_officer", tree.community)

    for text in ("先锋", "zz-77", "xfz"):
        assert "某支部" in page(client, f"/search/?q={text}")
    assert "甲社区党总支" not in page(client, "/search/?q=甲社区")


def test_findings_of_one_rule_are_told_in_one_line_with_their_places_folded(tree, client_with):
    html = page(client_with("street_officer", tree.street), f"/organizations/{tree.street.pk}/?cards=1")
    card = html[html.index('id="t-checks"') : html.index("合格")]

    assert re.search(r"<summary>没有登记书记　\d+ 项</summary>", card)
    assert f'<a href="/organizations/{tree.branch.pk}/posts/">乙社区第一支部</a>' in card
    assert card.count("没有登记书记") == 1
    single = page(client_with("branch_secretary", tree.branch), f"/organizations/{tree.branch.pk}/?cards=1")
    assert (
        "没有登记书记。<br>" in single and "项</summary>" not in single[single.index("t-checks") : single.index("合格")]
    )
