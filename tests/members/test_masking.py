"""No page and no answer of the API carries a full identity number or phone, whoever reads it."""

import pytest
from django.urls import reverse

from linshu.demo.rules.linshu import LOG_INS
from linshu.grants.rules.roles import ROLES
from members.models import Membership
from tests.factories import MembershipFactory

PLACES = {each.role: each.organization_code for each in LOG_INS}
ADDRESSES = (
    "/", "/members/", "/members/?page_size=100", "/members/?as_of=2016-01-01", "/search/?q=199", "/search/?q=测试",
    "/organizations/", "/api/v1/members/", "/api/v1/memberships/?page_size=500", "/api/v1/me/", "/audit/",
    "/api/v1/events/", "/api/v1/seats/", "/api/v1/posts/",
)  # fmt: skip


@pytest.fixture
def register(tree):
    """Members everywhere, one of them moved; the last row of each is what a reader must not see."""
    rows = [MembershipFactory(organization=node) for node in (tree.group, tree.branch, tree.sibling, tree.other_branch)]
    Membership.objects.filter(pk=rows[1].pk).update(valid_to="2020-01-01")
    rows.append(MembershipFactory(person=rows[1].person, organization=tree.sibling, valid_from="2020-01-01"))
    return rows


@pytest.mark.parametrize("role", ROLES)
def test_what_is_shown_is_masked(tree, register, client_with, role):
    place = tree.county if PLACES[role] == "ZZ-0000" else tree.street
    linked = {"user__person": register[0].person} if role in {"member", "supervisor"} else {}
    client = client_with(role, place, **linked)
    secrets = [value for row in register for value in (row.person.id_number, row.person.phone, row.person.address)]
    pages = [reverse(name, args=[row.pk]) for row in register for name in ("members:detail", "members:reveal")]
    nodes = [f"/organizations/{node.pk}/?cards=1" for node in (tree.street, tree.branch, tree.group)]
    api = [f"/api/v1/members/{row.pk}/" for row in register]

    seen = 0
    for url in (*ADDRESSES, *pages, *nodes, *api):
        answer = client.get(url, follow=True)
        text = answer.content.decode()
        assert not [secret for secret in secrets if secret in text], url
        seen += answer.status_code == 200
    assert seen, "a role that opens nothing proves nothing"


def test_the_scan_would_notice(tree, register, client_with):
    """The number is there once it has been asked for with a reason."""
    client = client_with("county_admin", tree.county)
    url = reverse("members:reveal", args=[register[0].pk])

    asked = {"field": "id_number", "reason": "核对介绍信"}
    assert register[0].person.id_number in client.post(url, asked).content.decode()
