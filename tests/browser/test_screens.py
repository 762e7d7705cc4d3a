"""Every screen at two widths, with axe: nothing sticks out, nothing is hidden from who cannot see."""

import pytest
from playwright.sync_api import expect

from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def register(tree):
    """Sixty members of a community, some on the move, some on probation."""
    for number in range(60):
        MembershipFactory(
            organization=tree.branch if number % 2 else tree.sibling, mobile=number % 7 == 0, probationary=number == 3
        )


@pytest.mark.parametrize(
    ("name", "role", "path", "heading"),
    [
        ("members", "community_officer", "/members/", "党员名册"),
        ("tree", "county_admin", "/organizations/", "县委"),
        ("members-none", "community_officer", "/members/?q=查无此人", "党员名册"),
        ("me", "community_officer", "/me/", "我的账号"),
        ("password", "community_officer", "/password/", "更换口令"),
        ("second-factor", "county_admin", "/second-factor/", "动态口令"),
        ("roles", "community_officer", "/roles/", "角色说明"),
        ("accounts", "system_admin", "/accounts/", "账号"),
        ("account-new", "system_admin", "/accounts/new/", "账号"),
        ("grants", "security_admin", "/grants/", "授权"),
        ("grids", "community_officer", "/grids/", "网格"),
        ("dashboard", "county_viewer", "/dashboard/", "社区"),
        ("findings", "county_viewer", "/dashboard/findings/", "规则检查清单"),
    ],
)
def test_screen(name, role, path, heading, open_page, screens, client_with, tree, register):
    page = open_page(path, client_with(role, tree.county))
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    screens(page, name)


def test_member(open_page, screens, client_with, tree, register):
    page = open_page("/members/", client_with("community_officer", tree.community))
    page.locator("tbody a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    screens(page, "member")
    page.get_by_role("link", name="查看完整").first.click()
    screens(page, "member-reveal")


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("node", ""),
        ("posts", "posts/"),
        ("appoint", "posts/appoint/"),
        ("bodies", "bodies/"),
        ("establish-body", "bodies/establish/"),
        ("node-grids", "grids/"),
        ("create-grid", "grids/create/"),
    ],
)
def test_work_on_an_organisation(name, path, open_page, screens, client_with, tree, register):
    page = open_page(f"/organizations/{tree.community.pk}/{path}", client_with("community_officer", tree.community))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    screens(page, name)
