"""The API tells the numbers of the page."""

import pytest
from django.utils import timezone

API = "/api/v1/dashboard/"


@pytest.mark.parametrize("query", [{}, {"as_of": "2020-06-30"}])
def test_the_same_numbers_as_the_page(register, client_with, query):
    client = client_with("county_viewer", register.county)
    board = client.get("/dashboard/", query).context["board"]
    told = client.get(API, query).json()
    assert told["organization"]["id"] == register.county.pk
    assert told["day"] == query.get("as_of", timezone.localdate().isoformat())
    assert {each["code"]: each["number"] for each in told["figures"]} == {
        each.code: each.number for each in board.strip
    }
    lines = [[cell["number"] for cell in line["numbers"]] for line in told["communities"]]
    assert lines == [[cell.number for cell in line.cells] for line in board.table.lines]
    assert sum(group["count"] for group in told["findings"]) == len(board.found) > 0
    assert [each["total"] for each in told["trend"]] == [year.point.total for year in board.trend.years]
    assert [each["count"] for each in told["terms"]] == [each.count for each in board.endings]
    assert [part["number"] for each in told["structures"] for part in each["parts"]] == [
        part.cell.number for each in board.structures for part in each.parts
    ]


def test_counts_are_those_of_the_lists_of_the_api(register, client_with):
    client = client_with("county_viewer", register.county)
    told = client.get(API).json()
    for line in told["communities"]:
        numbers = {each["code"]: each["number"] for each in line["numbers"]}
        place = {"organization": line["organization"]}
        assert client.get("/api/v1/members/", place).json()["count"] == numbers["members.total"]
        assert client.get(f"{API}findings/", place | {"level": "late"}).json()["count"] == numbers["late"]
    for each in told["terms"]:
        query = {"organization": register.county.pk, "state": each["state"]}
        query |= {"year": each["year"]} if each["year"] else {}
        assert client.get("/api/v1/terms/", query).json()["count"] == each["count"]


def test_findings_by_check_and_level(register, client_with):
    client = client_with("street_officer", register.street)
    told = client.get(f"{API}findings/", {"code": "term", "level": "late"}).json()
    (found,) = told["results"]
    assert told["count"] == 1 and found["organization"] == register.branch.pk and found["task"] == "办理换届"


@pytest.mark.parametrize("url", [API, f"{API}findings/"])
def test_who_may_not_and_what_is_wrong(register, client_with, url):
    assert client_with("community_officer", register.community).get(url).status_code == 403
    client = client_with("street_officer", register.street)
    assert client.get(url, {"organization": register.other_street.pk}).status_code == 404
    for query in ({"organization": "abc"}, {"as_of": "1900-01-01"}, {"as_of": "2010-04-30"}, {"nonsense": "1"}):
        assert client.get(url, query | {}).status_code == 400, query
    assert client.get(url, {"organization": register.street.pk, "as_of": "2010-04-30"}).status_code == 400
