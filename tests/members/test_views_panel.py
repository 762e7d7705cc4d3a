"""The roll on the page of a node."""

from django.urls import reverse

from tests.factories import MembershipFactory


def node(organization) -> str:
    """The page of a node with all its cards."""
    return f"/organizations/{organization.pk}/?cards=1"


def test_the_roll_stands_beside_the_tree(tree, client_with, page_ok):
    MembershipFactory.create_batch(12, organization=tree.branch)
    html = page_ok(client_with("community_officer", tree.community).get(node(tree.community)))

    assert "党员名册" in html and "12 人，含下级" in html
    assert f"/members/?organization={tree.community.pk}" in html and "第 1–10 人，共 12 人" in html


def test_who_has_no_register_sees_no_roll(tree, client_with, page_ok):
    member = MembershipFactory(organization=tree.branch)
    html = page_ok(client_with("supervisor", tree.community).get(node(tree.community)))

    assert "党员名册" not in html and member.person.name not in html


def test_the_roll_of_a_day(tree, client_with, page_ok):
    member = MembershipFactory(organization=tree.branch, valid_to="2020-01-01")
    client = client_with("community_officer", tree.community)

    assert member.person.name in page_ok(client.get(f"{node(tree.branch)}&as_of=2019-12-31"))
    assert member.person.name not in page_ok(client.get(node(tree.branch)))


def test_the_search_box_finds_members_but_never_by_number(tree, client_with, page_ok):
    member = MembershipFactory(organization=tree.branch, person__name="陈华雪")
    client = client_with("community_officer", tree.community)

    assert reverse("members:detail", args=[member.pk]) in page_ok(client.get("/search/", {"q": "chx"}))
    found = client.get("/search/", {"q": member.person.id_number})
    assert reverse("members:detail", args=[member.pk]) not in found.content.decode()
