"""Checks and panels beside the tree: after the page for who has script, with it for who has not; and what both cost."""

import re
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import GrantFactory, MembershipFactory, PersonFactory
from tests.furnished import furnish

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Target": "cards"}
ON = date(2020, 6, 1)


PAGES = {
    "": (9, {}),
    "?as_of=2021-01-01": (10, {}),
    "?open=1": (10, {"headers": {"HX-Request": "true", "HX-Target": "tree"}}),
    "?cards": (22, {"headers": HTMX}),
    "?as_of=2022-01-01": (22, {"headers": HTMX}),
    "?cards=1": (30, {}),
}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_costs_the_same_at_every_size(tree, statements, now, path):
    most, kwargs = PAGES[path]
    MembershipFactory(organization=tree.group)
    furnish(tree, 1, now)
    cost = statements("county_admin", tree.county)
    urls = [f"/organizations/{node.pk}/{path}" for node in (tree.county, tree.street)]
    few = [cost(url, **kwargs) for url in urls]
    for number in range(2, 6):
        furnish(tree, number, now)

    assert [cost(url, **kwargs) for url in urls] == few
    assert max(few) <= most


def test_the_first_page_costs_no_more(tree, statements, now):
    furnish(tree, 1, now)
    assert statements("county_admin", tree.county)("/organizations/") <= 10


def test_the_page_asks_for_its_cards_and_links_to_them(tree, client_with, page_ok):
    client, url = client_with("community_officer", tree.community), f"/organizations/{tree.community.pk}/"
    html = page_ok(client.get(url))

    assert f'id="cards" hx-get="{url}?cards=1" hx-trigger="load" hx-swap="outerHTML"' in html
    assert f'<a href="{url}?cards=1">看规则检查</a>' in html
    assert "班子与职务" not in html and "不合规则" not in html
    whole = page_ok(client.get(f"{url}?cards=1"))
    assert "班子与职务" in whole and "hx-trigger" not in whole[whole.index('id="cards"') :]


def test_the_cards_alone_are_those_of_the_whole_page(tree, client_with, page_ok):
    client, url = client_with("community_officer", tree.community), f"/organizations/{tree.community.pk}/?cards=1"
    alone = client.get(url, headers=HTMX).content.decode().replace(' hx-swap-oob="true"', "")
    whole = page_ok(client.get(url))

    for part in ("cards", "checks", "found"):
        found = re.search(rf'<(\w+)[^>]* id="{part}".*', alone, re.DOTALL)
        assert found, part
    assert re.search(r'<span class="ls-found" id="found">.*?项不合规则</span>', alone)[0] in whole
    checks = re.search(r'<section class="ls-card" id="checks".*?</section>', alone, re.DOTALL)
    assert checks[0] in whole


def test_what_is_deferred_is_told_alone_as_on_the_whole_page(tree, client_with, page_ok):
    MembershipFactory(organization=tree.branch, person=PersonFactory(birth_date=date(1950, 1, 1), sex="2"))
    MembershipFactory(organization=tree.area)
    client, url = client_with("community_officer", tree.community), f"/organizations/{tree.branch.pk}/?cards=1"
    alone, whole = client.get(url, headers=HTMX).content.decode(), page_ok(client.get(url))
    first = page_ok(client.get(f"/organizations/{tree.branch.pk}/"))
    found = re.findall(r'<(?:li|dd) id="(?:fact|structure)-[^>]*>.*', alone)

    assert len(found) == 4  # 女, 60岁以上, 年龄结构, 学历结构
    for each in found:
        told = each.replace(' hx-swap-oob="true"', "")
        assert told in whole and told not in first
        assert re.match(r'<\w+ id="[\w-]+">', told)[0] in first  # its place
    assert f'<a href="/members/?organization={tree.branch.pk}&amp;sex=2">1</a>' in alone


def test_what_is_deferred_counts_nobody_from_elsewhere(tree, user_with, page_ok):
    """Who oversees one community and keeps the register of a branch of another is told of nobody in the first."""
    woman = PersonFactory(birth_date=date(1950, 1, 1), sex="2")
    MembershipFactory(organization=tree.other_branch, person=woman)
    user = user_with("supervisor", tree.community)
    GrantFactory(user=user, role="branch_secretary", organization=tree.other_branch)
    client, url = Client(), f"/organizations/{tree.community.pk}/?cards=1"
    client.force_login(user, backend="linshu.people.services.credentials.PasswordAndCode")
    alone, whole = client.get(url, headers=HTMX).content.decode(), page_ok(client.get(url))
    women = re.search(r'<li id="fact-members-women">.*', alone.replace(' hx-swap-oob="true"', ""))[0]

    assert '<span class="ls-fig">0</span>' in women and women in whole


def test_without_script_the_cards_stay_while_one_walks_the_tree(tree, client_with):
    html = client_with("county_viewer", tree.county).get(f"/organizations/{tree.street.pk}/?cards=1").content.decode()
    assert f'href="/organizations/{tree.community.pk}/?cards=1"' in html


def test_cards_of_a_stranger_are_not_found(tree, client_with):
    client = client_with("street_officer", tree.other_street)
    assert client.get(f"/organizations/{tree.branch.pk}/", headers=HTMX).status_code == 404
    assert client.get("/organizations/999999/", headers=HTMX).status_code == 404
    assert client_with("member", tree.branch).get(f"/organizations/{tree.branch.pk}/", headers=HTMX).status_code == 403


def test_only_who_may_is_led_to_the_operation(tree, client_with):
    url, lead = f"/organizations/{tree.community.pk}/", f'<a href="/organizations/{tree.community.pk}/lead/">'
    assert lead in client_with("community_officer", tree.community).get(url, headers=HTMX).content.decode()
    viewer = client_with("county_viewer", tree.county).get(url, headers=HTMX).content.decode()
    assert "没有牵头党组织" in viewer and lead not in viewer


def test_the_structure_of_the_members_stands_with_its_lists(tree, client_with, page_ok):
    MembershipFactory(organization=tree.branch, person=PersonFactory(birth_date=date(1950, 1, 1)))
    html = page_ok(client_with("community_officer", tree.community).get(f"/organizations/{tree.branch.pk}/?cards=1"))

    assert "<dt>年龄结构</dt>" in html and "<dt>学历结构</dt>" in html
    assert f'70 岁及以上 <a href="/members/?organization={tree.branch.pk}&amp;age=70">1</a>' in html
    assert timezone.localdate().year < 2060
