"""The rule numbers over the API."""

from datetime import timedelta

import pytest
from django.utils import timezone

from linshu.parameters.catalogue import security

URL = "/api/v1/parameters/"
DETAIL = f"{URL}GENERAL_BRANCH_WARN/"


@pytest.fixture
def county(tree, client_with):
    return client_with("county_admin", tree.county)


def body(**changes):
    tomorrow = timezone.localdate() + timedelta(days=1)
    return {"value": "40", "effective_from": tomorrow.isoformat(), "basis": "通知", "reason": "提早预警"} | changes


def post(client, url, data):
    return client.post(url, data, content_type="application/json")


def test_the_list_is_paged_and_filtered(county, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        assert county.get(URL, {"area": "安全"}).json()["count"] == len(security.DEFINITIONS)
    (row,) = county.get(URL, {"q": "GENERAL_BRANCH_WARN"}).json()["results"]
    assert (row["current"]["value"], row["coming"], row["allowed_actions"]) == ("45", [], ["versions"])
    assert county.get(URL, {"area": "天气"}).status_code == 400
    assert county.get(URL, {"code": "X"}).json()["code"] == "unknown_parameter"


def test_a_version_is_added_and_taken_back(county):
    answer = post(county, f"{DETAIL}versions/", body())
    assert (answer.status_code, answer.json()["value"]) == (200, "40")
    told = county.get(DETAIL).json()
    assert [version["value"] for version in told["versions"]] == ["40", "45"]
    assert told["allowed_actions"] == ["versions", "withdraw"]
    withdrawn = post(county, f"{DETAIL}withdraw/", {"version_id": answer.json()["id"], "reason": "填错"})
    assert withdrawn.status_code == 204
    assert len(county.get(DETAIL).json()["versions"]) == 1


def test_errors_have_the_shape_and_the_rule(county):
    answer = post(county, f"{DETAIL}versions/", body(value="999"))
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert answer.json()["details"][0] | {"message": ""} == {
        "field": "value", "message": "", "rule": "GENERAL_BRANCH_WARN", "value": "999",
    }  # fmt: skip
    post(county, f"{DETAIL}versions/", body())
    assert post(county, f"{DETAIL}versions/", body(value="41")).status_code == 409


@pytest.mark.parametrize(("role", "read", "write"), [("street_officer", 200, 403), ("security_auditor", 403, 403)])
def test_rights_are_held(tree, client_with, role, read, write):
    client = client_with(role, tree.county)
    assert client.get(URL).status_code == read
    assert client.get(DETAIL).status_code == read
    assert post(client, f"{DETAIL}versions/", body()).status_code == write


def test_an_unknown_number_is_not_found(county):
    assert county.get(f"{URL}NO_SUCH/").status_code == 404
