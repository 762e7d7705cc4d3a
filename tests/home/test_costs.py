"""What the first page, the number beside its entry and the API of 待办 cost: the same at every size."""

import pytest
from django.utils import timezone

from tests.factories import GrantFactory, MembershipFactory, UserFactory
from tests.furnished import furnish

MOST = {"/": 20, "/?when=late": 20, "/todos/count/": 17, "/api/v1/todos/?page_size=5": 18}


@pytest.mark.parametrize("url", MOST)
def test_the_cost_is_the_same_at_every_size(tree, statements, url):
    MembershipFactory(organization=tree.group)
    furnish(tree, 1, timezone.now())
    cost = statements("street_officer", tree.street)
    few = cost(url)
    for number in range(2, 5):
        furnish(tree, number, timezone.now())

    assert cost(url) == few <= MOST[url]


def test_more_grants_cost_no_more(tree, statements):
    user = UserFactory()
    cost = statements("street_officer", tree.street, user=user)
    few = cost("/")
    for node in (tree.other_street, tree.other_community):
        GrantFactory(role="street_officer", organization=node, user=user)
    assert cost("/") == few


def test_only_who_may_is_led_to_the_operation(tree, client_with, page_ok):
    lead = f'href="/organizations/{tree.community.pk}/lead/"'
    assert lead in page_ok(client_with("community_officer", tree.community).get("/?check=lead"))
    html = page_ok(client_with("county_viewer", tree.county).get("/?check=lead"))
    assert lead not in html and f'href="/organizations/{tree.community.pk}/">指定牵头党组织：乙社区</a>' in html
