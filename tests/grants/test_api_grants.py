"""Who I am, roles and grants over the API."""

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from linshu.grants.models import Grant
from linshu.grants.rules.roles import ROLES
from tests.factories import GrantFactory, UserFactory

TODAY = timezone.localdate()
BACKEND = "linshu.people.services.credentials.PasswordAndCode"


@pytest.fixture
def api_with(user_with):
    def make(role, organization, **kwargs) -> APIClient:
        client = APIClient()
        client.force_login(user_with(role, organization, **kwargs), backend=BACKEND)
        return client

    return make


@pytest.fixture
def keeper(tree, api_with) -> APIClient:
    return api_with("security_admin", tree.county)


def test_me(tree, api_with):
    me = api_with("community_officer", tree.community, user__full_name="王文书").get("/api/v1/me/").json()

    assert me["full_name"] == "王文书"
    assert me["holdings"] == [
        {
            "role": "community_officer", "role_name": "社区党务专干", "organization": tree.community.pk,
            "organization_name": "乙社区", "valid_to": "9999-12-31",
        }
    ]  # fmt: skip


def test_me_needs_a_caller(db):
    assert APIClient().get("/api/v1/me/").status_code == 401


def test_roles(tree, api_with):
    rows = api_with("branch_secretary", tree.branch).get("/api/v1/roles/").json()

    assert rows["count"] == len(ROLES)
    assert {"code", "name", "prose", "family", "second_factor", "rights"} == set(rows["results"][0])


def test_give_filter_end(tree, keeper):
    user = UserFactory()
    body = {
        "user": user.pk, "role": "community_officer", "organization": tree.community.pk, "valid_from": str(TODAY),
        "reason": "县委组织部通知",
    }  # fmt: skip

    made = keeper.post("/api/v1/grants/", body)

    assert made.status_code == 201 and made.json()["allowed_actions"] == ["end"]
    assert keeper.post("/api/v1/grants/", body).status_code == 409
    found = keeper.get(f"/api/v1/grants/?organization={tree.street.pk}&user={user.pk}").json()["results"]
    assert [row["id"] for row in found] == [made.json()["id"]]
    assert keeper.post(f"/api/v1/grants/{made.json()['id']}/end/", {"reason": "已调离本岗位"}).status_code == 204
    assert not Grant.objects.filter(user=user).on(TODAY).exists()


def test_separation_is_told_by_field(tree, keeper):
    user = GrantFactory(organization=tree.community).user
    body = {
        "user": user.pk, "role": "security_auditor", "organization": tree.county.pk, "valid_from": str(TODAY),
        "reason": "县委组织部通知",
    }  # fmt: skip

    answer = keeper.post("/api/v1/grants/", body)

    assert answer.status_code == 422
    assert [(detail["field"], "三权分立" in detail["message"]) for detail in answer.json()["details"]] == [
        ("role", True)
    ]


def test_the_list_costs_the_same_for_many(tree, keeper, django_assert_num_queries, django_assert_max_num_queries):
    GrantFactory(organization=tree.community)
    keeper.get("/api/v1/grants/")
    with django_assert_max_num_queries(12) as one:
        keeper.get("/api/v1/grants/")
    GrantFactory.create_batch(20, organization=tree.branch)
    with django_assert_num_queries(len(one)):
        keeper.get("/api/v1/grants/")


def test_out_of_scope_is_not_found_and_without_the_right_refused(tree, api_with):
    grant = GrantFactory(organization=tree.other_community)

    assert api_with("security_admin", tree.street).get(f"/api/v1/grants/{grant.pk}/").status_code == 404
    for role in ("county_admin", "system_admin", "security_auditor"):
        assert api_with(role, tree.county).get(f"/api/v1/grants/{grant.pk}/").status_code == 403
        assert api_with(role, tree.county).get("/api/v1/grants/").status_code == 403


def test_a_duty_not_done_is_told_to_a_browser_session(tree, api_with, settings):
    settings.DEMO = False
    settings.SECURE_SSL_REDIRECT = False

    answer = api_with("county_admin", tree.county).get("/api/v1/me/")

    assert answer.status_code == 403 and answer.json()["code"] == "duty_first"
