"""The working calendar over the API."""

import pytest

from tests.workdays.test_services import TABLE

URL = "/api/v1/calendar/"


@pytest.fixture
def county(tree, client_with):
    return client_with("county_admin", tree.county)


def post(client, url, data):
    return client.post(url, data, content_type="application/json")


def test_the_special_days_of_a_year(county):
    body = county.get(URL, {"year": 2026}).json()
    assert {"date": "2026-10-10", "is_workday": True, "name": "国庆节调休补班"} in body["results"]
    assert county.get(URL, {"year": 2027}).json()["count"] == 0
    assert county.get(URL, {"month": 1}).status_code == 400


def test_any_day_can_be_asked_for(county):
    assert county.get(f"{URL}2026-11-24/").json() == {
        "date": "2026-11-24", "is_workday": True, "name": "", "is_loaded": True,
    }  # fmt: skip
    assert county.get(f"{URL}2027-01-01/").json()["is_loaded"] is False
    assert county.get(f"{URL}2026-02-30/").status_code == 404


def test_a_day_is_changed_and_a_table_loaded(county):
    answer = post(county, f"{URL}2026-11-25/change/", {"is_workday": False, "name": "放假", "reason": "通知"})
    assert (answer.status_code, answer.json()["name"]) == (200, "放假")
    assert post(county, f"{URL}load/", {"text": TABLE, "source": "通知"}).json() == {"years": [2027]}


def test_a_wrong_table_names_row_and_column(county):
    answer = post(county, f"{URL}load/", {"text": TABLE + "x,0,\n", "source": "通知"})
    assert answer.status_code == 422
    assert answer.json()["details"][0]["message"].startswith("第 6 行 date 列")


@pytest.mark.parametrize("role", ["system_admin", "security_admin", "security_auditor"])
def test_the_three_administrators_do_not_read_it(tree, client_with, role):
    client = client_with(role, tree.county)
    for address in (URL, f"{URL}2026-11-24/", "/calendar/"):
        assert client.get(address).status_code == 403


def test_every_office_reads_and_only_the_county_changes(tree, client_with):
    reader = client_with("community_officer", tree.community)
    assert reader.get(URL).status_code == 200
    assert post(reader, f"{URL}load/", {"text": TABLE, "source": "通知"}).status_code == 403
    assert post(reader, f"{URL}2026-11-25/change/", {"is_workday": False, "reason": "通知"}).status_code == 403
