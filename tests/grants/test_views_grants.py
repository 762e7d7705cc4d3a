"""The security administrator's pages."""

import pytest
from django.utils import timezone

from linshu.grants.models import Grant
from linshu.people.models import User
from tests.factories import GrantFactory, PersonFactory, UserFactory

TODAY = timezone.localdate()


@pytest.fixture
def keeper(tree, client_with):
    return client_with("security_admin", tree.county, user__username="keeper")


def wish(**changes):
    return {
        "role": "community_officer", "organization": "乙社区", "valid_from": str(TODAY), "valid_to": "",
        "reason": "县委组织部通知",
    } | changes  # fmt: skip


def test_the_list_tells_who_holds_what(tree, keeper, page_ok):
    GrantFactory(user__full_name="王文书", organization=tree.community)
    UserFactory(full_name="新来的")

    html = page_ok(keeper.get("/grants/"))

    assert "乙社区 社区党务专干" in html and "没有角色" in html
    assert "新来的" not in page_ok(keeper.get("/grants/?role=community_officer"))
    assert "没有符合条件的账号" in page_ok(keeper.get("/grants/?q=nobody"))


def test_the_list_costs_the_same_for_many(tree, keeper, django_assert_num_queries, django_assert_max_num_queries):
    GrantFactory(organization=tree.community)
    keeper.get("/grants/")
    with django_assert_max_num_queries(20) as one:
        keeper.get("/grants/")
    GrantFactory.create_batch(20, organization=tree.branch)
    with django_assert_num_queries(len(one)):
        keeper.get("/grants/")


def test_give_and_end(tree, keeper, page_ok):
    user = UserFactory(full_name="王文书")
    url = f"/grants/accounts/{user.pk}/"
    assert "还没有角色" in page_ok(keeper.get(url))

    assert keeper.post(url, wish()).url == url
    assert "有效" in page_ok(keeper.get(url))

    grant = Grant.objects.get(user=user)
    page_ok(keeper.get(f"/grants/{grant.pk}/end/"))
    assert keeper.post(f"/grants/{grant.pk}/end/", {"on": str(TODAY), "reason": "已调离本岗位"}).url == url
    html = page_ok(keeper.get(url))
    assert f"/grants/{grant.pk}/end/" not in html


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"role": "system_admin"}, "县一级"),
        ({"role": "member"}, "对应起来"),
        ({"organization": "乙社区第"}, "有几个组织都符合"),
        ({"organization": "无此组织"}, "没有这个组织"),
        ({"reason": "调"}, "至少 5 个字"),
        ({"valid_from": "2020-01-01"}, "不能从过去"),
    ],
)
def test_refusals_stand_beside_the_field(keeper, page_ok, changes, complaint):
    user = UserFactory()

    html = page_ok(keeper.post(f"/grants/accounts/{user.pk}/", wish(**changes)), 422)

    assert complaint in html and "is-bad" in html
    assert not user.grants.exists()


def test_link(keeper, page_ok):
    person = PersonFactory(name="王文书")
    user = UserFactory(full_name="王文书")
    url = f"/grants/accounts/{user.pk}/"

    assert "都相符" in page_ok(keeper.post(f"{url}link/", {"id_number": "11010519491231002X"}), 422)
    assert keeper.post(f"{url}link/", {"id_number": person.id_number}).url == url
    assert "已对应到本人" in page_ok(keeper.get(url))


def test_his_own_account_offers_nothing(keeper, page_ok):
    own = User.objects.get(username="keeper")

    html = page_ok(keeper.get(f"/grants/accounts/{own.pk}/"))
    assert "另一位安全管理员" in html and "收回<" not in html
    page_ok(keeper.post(f"/grants/accounts/{own.pk}/", wish()), 403)


@pytest.mark.parametrize("role", ["county_admin", "system_admin", "security_auditor"])
def test_others_are_refused(tree, client_with, page_ok, role):
    grant = GrantFactory(organization=tree.community)
    client = client_with(role, tree.county)

    page_ok(client.get("/grants/"), 403)
    page_ok(client.get(f"/grants/accounts/{grant.user.pk}/"), 403)
    page_ok(client.post(f"/grants/accounts/{grant.user.pk}/", wish()), 403)
    page_ok(client.post(f"/grants/{grant.pk}/end/", {"on": str(TODAY), "reason": "已调离本岗位"}), 403)


def test_a_grant_of_another_street_is_not_there(tree, client_with, page_ok):
    grant = GrantFactory(organization=tree.other_community)

    page_ok(client_with("security_admin", tree.street).get(f"/grants/{grant.pk}/end/"), 404)


def test_everybody_can_read_what_the_roles_are(tree, client_with, page_ok):
    html = page_ok(client_with("branch_secretary", tree.branch).get("/roles/"))

    assert "安全审计员" in html and "看审计日志" in html and "必须绑定" in html
