"""Requests no honest browser sends, and what a browser may keep of the answers."""

import pytest
from django.test import Client
from django.utils import timezone

from linshu.people.services.tokens import create_token
from linshu.scope import SYSTEM
from tests.factories import UserFactory


@pytest.mark.parametrize("address", ["/members/?q=%00", "/organizations/?open=1%00", "/login/?next=%00", "/a%00b/"])
def test_nul_in_an_address_is_a_bad_request(client_with, tree, page_ok, address):
    client = client_with("county_admin", tree.county)
    assert "请求有误" in page_ok(client.get(address), 400)


def test_nul_in_a_cookie_is_a_bad_request(db):
    client = Client()
    client.cookies["sessionid"] = "\0" * 12
    assert client.get("/").status_code == 400


def test_the_api_refuses_nul_in_its_own_words(client_with, tree):
    answer = client_with("county_admin", tree.county).get("/api/v1/organizations/?code=%00")
    assert answer.status_code == 400
    assert answer.json()["code"] == "bad_request"


@pytest.mark.parametrize("address", ["/login/", "/members/", "/api/v1/me/"])
def test_a_foreign_host_is_a_bad_request(client_with, tree, address):
    client = client_with("county_admin", tree.county)
    assert client.get(address, headers={"Host": "evil.example", "Referer": "https://evil.example/"}).status_code == 400


@pytest.mark.parametrize(
    "address", ["/", "/members/", "/organizations/", "/search/?q=x", "/nowhere/", "/api/v1/members/"]
)
def test_no_cache_keeps_what_an_account_was_shown(client_with, tree, address):
    answer = client_with("county_admin", tree.county).get(address)
    assert "no-store" in answer.headers["Cache-Control"]


def test_no_cache_keeps_what_a_token_was_told(db):
    _, key = create_token(user=UserFactory(), label="对账", days=1, by=SYSTEM, now=timezone.now())
    answer = Client().get("/api/v1/me/", headers={"Authorization": f"Token {key}"})
    assert "no-store" in answer.headers["Cache-Control"]


HUGE = ("9" * 19, "9" * 5000, "1.5", "NaN", "²", "abc")


@pytest.mark.parametrize("number", HUGE)
@pytest.mark.parametrize(
    "address", ["/grids/?organization=", "/members/?organization=", "/api/v1/organizations/?parent="]
)
def test_a_number_no_database_holds_is_told(client_with, tree, address, number):
    assert client_with("county_admin", tree.county).get(address + number).status_code in {400, 404}


@pytest.mark.parametrize("address", ["memberships/?person=", "posts/?person=", "seats/?body=", "calendar/?year="])
def test_the_api_tells_a_number_no_database_holds(client_with, tree, address):
    client = client_with("county_admin", tree.county)
    assert client.get(f"/api/v1/{address}{2**63}").status_code == 400
    assert client.get(f"/api/v1/{address}1.5").status_code == 400


def test_the_first_day_of_all(client_with, tree, page_ok):
    client = client_with("county_admin", tree.county)
    page_ok(client.get("/members/?as_of=0001-01-01&age=60"))
    assert "没有可以对照的规则" in page_ok(client.get(f"/organizations/{tree.county.pk}/?as_of=0001-01-01"), 422)


def test_a_year_no_calendar_has_is_this_year(client_with, tree, page_ok):
    page_ok(client_with("county_admin", tree.county).get("/calendar/?year=" + "9" * 5000))


def test_brackets_without_end(client_with, tree):
    client = client_with("county_admin", tree.county)
    answer = client.post("/api/v1/members/find/", "[" * 100_000, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["code"] == "malformed"


def test_half_a_character_is_told_without_it(client_with, tree):
    client = client_with("county_admin", tree.county)
    body = '{"organization": "\\ud800", "\\udfff": 1}'
    answer = client.post("/api/v1/bodies/", body, content_type="application/json")
    assert answer.status_code == 422
