"""Annual statistics over the API."""

import pytest
from rest_framework.test import APIClient

URL = "/api/v1/statistics/"


@pytest.fixture
def api_with(user_with):
    """``api_with("county_admin", organization)``: a caller."""

    def make(role, organization) -> APIClient:
        client = APIClient()
        client.force_login(user_with(role, organization), backend="linshu.people.services.credentials.PasswordAndCode")
        return client

    return make


def test_freeze_read_check_fetch(tree, members, api_with):
    api = api_with("county_admin", tree.county)
    answer = api.post(URL, {"organization": tree.county.pk, "year": 2025})
    assert answer.status_code == 201, answer.content
    made = answer.json()
    url = f"{URL}{made['id']}/"

    assert [row["id"] for row in api.get(URL, {"year": 2025}).json()["results"]] == [made["id"]]
    assert api.get(URL, {"year": 2024}).json()["results"] == []
    assert api.get(url).json() == made and made["numbers"]["rows"][0]["name"] == "测试县委"
    assert api.get(f"{url}check/").json() == []
    members[0].person.sex = "2"
    members[0].person.save()
    assert {"place": "乙社区", "column": "女党员", "frozen": 1, "now": 2} in api.get(f"{url}check/").json()
    assert b"".join(api.get(f"{url}file/").streaming_content)[:2] == b"PK"


def test_refusals(tree, members, frozen, api_with):
    api = api_with("county_admin", tree.county)
    assert api.post(URL, {"organization": tree.county.pk, "year": 2026}).status_code == 409
    assert api.post(URL, {"organization": tree.county.pk, "year": 2025}).status_code == 422
    assert api.post(URL, {"organization": tree.street.pk, "year": 2025}).status_code == 422
    assert api_with("county_viewer", tree.county).post(URL, {}).status_code == 403
    assert api_with("street_officer", tree.street).get(f"{URL}{frozen.pk}/").status_code == 404
    assert APIClient().get(URL).status_code == 401
