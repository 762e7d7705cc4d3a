"""Two officers at the same form: the later one is told what the earlier one has written, and overwrites nothing unseen."""

import re
from datetime import date

import pytest
from django.urls import reverse

from linshu.people.models import Person
from linshu.scope import SYSTEM
from organizations.models import Grid, Post
from organizations.services import grids, posts
from organizations.services.grids import GridData
from tests.factories import MembershipFactory

ON = date(2025, 5, 1)


@pytest.fixture
def leader(tree) -> Person:
    return MembershipFactory(organization=tree.branch, person__name="王一").person


@pytest.fixture
def officer(tree, client_with):
    return client_with("community_officer", tree.community)


@pytest.fixture
def colleague(tree, client_with):
    return client_with("community_secretary", tree.community)


@pytest.fixture
def grid(tree, leader, now) -> Grid:
    data = GridData(number="01", bounds="东至振兴路", households=320, leader=leader)
    return grids.create_grid(community=tree.community, data=data, on=ON, by=SYSTEM, now=now)


def version_in(html: str) -> str:
    (found,) = re.findall(r'name="version" value="(\w{16})"', html)
    return str(found)


def test_the_later_change_of_a_grid_is_asked_to_look_again(tree, grid, leader, officer, colleague, page_ok):
    url = reverse("organizations:change-grid", args=[tree.community.pk, grid.pk])
    seen = version_in(page_ok(officer.get(url)))
    fields = {"number": "01", "bounds": "东至振兴路", "households": "320", "leader": str(leader.pk), "version": seen}
    assert colleague.post(url, fields | {"households": "350", "buildings": "1至6号楼"}).status_code == 302

    html = page_ok(officer.post(url, fields | {"bounds": "东至滨海路"}), 422)
    assert "有人改了这项登记" in html and "东至滨海路" in html
    assert "现在登记的是 350。" in html and "现在登记的是 1至6号楼。" in html and "现在登记的是 王一" not in html
    grid.refresh_from_db()
    assert (grid.bounds, grid.households) == ("东至振兴路", 350)

    again = fields | {"bounds": "东至滨海路", "households": "350", "version": version_in(html)}
    assert officer.post(url, again).status_code == 302
    grid.refresh_from_db()
    assert (grid.bounds, grid.households) == ("东至滨海路", 350)


def test_the_later_correction_of_a_post_too(tree, leader, officer, colleague, now, page_ok):
    post = posts.appoint(organization=tree.branch, person=leader, title="书记", on=ON, by=SYSTEM, now=now)
    url = reverse("organizations:correct-post", args=[tree.branch.pk, post.pk])
    seen = version_in(page_ok(officer.get(url)))
    fields = {"title": "书记", "valid_from": "2025-06-01", "document_no": "", "reason": "登记错误", "version": seen}
    assert colleague.post(url, fields | {"title": "副书记"}).status_code == 302

    html = page_ok(officer.post(url, fields), 422)
    assert "有人改了这项登记" in html and "现在登记的是 副书记。" in html
    assert Post.objects.get().title == "副书记"
