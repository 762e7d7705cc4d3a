"""Accounts and tokens over the API: the same services, the same refusals."""

import pytest
from django.test import Client
from rest_framework.test import APIClient

from linshu.people.models import ApiToken, User
from tests.factories import PASSWORD, PersonFactory, UserFactory

REASON = {"reason": "本人当面申请"}


@pytest.fixture
def api_with(user_with):
    def make(role, organization, **kwargs) -> APIClient:
        client = APIClient()
        client.force_login(
            user_with(role, organization, **kwargs), backend="linshu.people.services.credentials.PasswordAndCode"
        )
        return client

    return make


@pytest.fixture
def operator(tree, api_with) -> APIClient:
    return api_with("system_admin", tree.county, user__username="operator")


@pytest.fixture
def account(db) -> User:
    return UserFactory(username="wang", full_name="王文书")


def test_list(operator, account):
    rows = operator.get("/api/v1/accounts/?q=wang").json()["results"]

    assert [row["username"] for row in rows] == ["wang"]
    assert rows[0]["allowed_actions"] == ["reset_password", "disable"]
    assert "password" not in rows[0] and "person" not in rows[0]


def test_the_list_costs_the_same_for_many(operator, account, django_assert_num_queries, django_assert_max_num_queries):
    operator.get("/api/v1/accounts/")
    with django_assert_max_num_queries(12) as one:
        operator.get("/api/v1/accounts/")
    UserFactory.create_batch(20)
    with django_assert_num_queries(len(one)):
        operator.get("/api/v1/accounts/")


def test_create_tells_the_first_password_once(operator):
    answer = operator.post("/api/v1/accounts/", {"full_name": "李新人", "username": "li.xr"})

    assert answer.status_code == 201
    password = answer.json()["first_password"]
    assert Client().post("/login/", {"username": "li.xr", "password": password}).status_code == 302
    assert "first_password" not in operator.get(f"/api/v1/accounts/{answer.json()['id']}/").json()


def test_life_of_an_account(operator, account):
    url = f"/api/v1/accounts/{account.pk}/"

    assert operator.post(f"{url}disable/", REASON).json()["is_active"] is False
    assert operator.post(f"{url}disable/", REASON).status_code == 409
    assert operator.post(f"{url}enable/", REASON).json()["is_active"] is True
    assert operator.post(f"{url}reset_password/", REASON).json()["must_change_password"] is True
    assert operator.post(f"{url}reset_second_factor/", REASON).status_code == 409
    assert operator.post(f"{url}unlock/", {"reason": "短"}).status_code == 409


def test_unlock(operator, account):
    for _ in range(5):
        Client().post("/login/", {"username": "wang", "password": "wrong"})
    url = f"/api/v1/accounts/{account.pk}/"
    assert "unlock" in operator.get(url).json()["allowed_actions"]

    assert operator.post(f"{url}unlock/", {"reason": "短"}).status_code == 422
    assert operator.post(f"{url}unlock/", REASON).status_code == 200
    assert Client().post("/login/", {"username": "wang", "password": PASSWORD}).status_code == 302


def test_ones_own_account_offers_nothing(operator):
    own = User.objects.get(username="operator")

    assert operator.get(f"/api/v1/accounts/{own.pk}/").json()["allowed_actions"] == []
    assert operator.post(f"/api/v1/accounts/{own.pk}/disable/", REASON).status_code == 403


@pytest.mark.parametrize("role", ["county_admin", "security_auditor"])
def test_others_are_refused(tree, api_with, account, role):
    client = api_with(role, tree.county)

    assert client.get("/api/v1/accounts/").status_code == 403
    assert client.post("/api/v1/accounts/", {"full_name": "x", "username": "xyz"}).status_code == 403
    assert client.post(f"/api/v1/accounts/{account.pk}/disable/", REASON).status_code == 403


def test_security_reads_and_links_but_does_not_manage(tree, api_with, account):
    client, person = api_with("security_admin", tree.county), PersonFactory(name="王文书")
    url = f"/api/v1/accounts/{account.pk}/"

    assert client.get(url).json()["allowed_actions"] == ["link"]
    assert client.post(f"{url}disable/", REASON).status_code == 403
    refused = client.post(f"{url}link/", {"id_number": "11010519491231002X"})
    assert refused.status_code == 422 and "11010519491231002X" not in refused.content.decode()
    assert client.post(f"{url}link/", {"id_number": person.id_number}).json()["is_linked"] is True


class TestTokens:
    @pytest.fixture
    def mine(self, tree, api_with) -> APIClient:
        return api_with("community_officer", tree.community)

    def test_made_used_revoked(self, mine):
        made = mine.post("/api/v1/tokens/", {"label": "报表", "days": 30}).json()
        caller = APIClient(headers={"authorization": f"Token {made['key']}"})

        assert caller.get("/api/v1/me/").status_code == 200
        assert "key" not in mine.get("/api/v1/tokens/").json()["results"][0]
        assert mine.post(f"/api/v1/tokens/{made['id']}/revoke/").json()["revoked_at"]
        assert caller.get("/api/v1/me/").status_code == 401

    def test_somebody_elses_is_not_there(self, mine, tree, api_with):
        mine.post("/api/v1/tokens/", {"label": "报表", "days": 30})
        stranger = api_with("county_admin", tree.county)

        assert stranger.get("/api/v1/tokens/").json()["count"] == 0
        assert stranger.post(f"/api/v1/tokens/{ApiToken.objects.get().pk}/revoke/").status_code == 404

    def test_a_repeated_request_makes_one_token_and_tells_its_key_once(self, mine):
        headers = {"Idempotency-Key": "a1"}
        first = mine.post("/api/v1/tokens/", {"label": "报表", "days": 30}, headers=headers)
        again = mine.post("/api/v1/tokens/", {"label": "报表", "days": 30}, headers=headers)

        assert (first.status_code, again.status_code) == (201, 409)
        assert ApiToken.objects.count() == 1

    def test_too_long_a_life(self, mine):
        assert mine.post("/api/v1/tokens/", {"label": "报表", "days": 400}).status_code == 422
