"""The API tells the numbers of the page."""

import pytest
from django.utils import timezone

API, FINDINGS = "/api/v1/dashboard/", "/api/v1/checks/findings/"


@pytest.mark.parametrize("query", [{}, {"as_of": "2020-06-30"}])
def test_the_same_numbers_as_the_page(register, client_with, query):
    client = client_with("county_viewer", register.county)
    board = client.get("/dashboard/", {**query, "cards": "1"}).context["board"]
    told = client.get(API, query).json()
    assert told["organization"]["id"] == register.county.pk
    assert told["day"] == query.get("as_of", timezone.localdate().isoformat())
    assert [(each["code"], each["number"], each["before"], each["note"]) for each in told["figures"]] == [
        (each.code, each.number, each.before, each.note) for each in board.strip
    ]
    assert told["communities_note"] == board.table.note and bool(board.table.note) == bool(query)
    lines = [[cell["number"] for cell in line["numbers"]] for line in told["communities"]]
    assert lines == [[cell.number for cell in line.cells] for line in board.table.lines]
    assert sum(group["count"] for group in told["findings"]) == len(board.found) > 0
    assert [each["total"] for each in told["trend"]] == [year.point.total for year in board.trend.years]
    assert [each["count"] for each in told["terms"]] == [each.count for each in board.endings]
    assert [(part["number"], part["before"]) for each in told["structures"] for part in each["parts"]] == [
        (part.cell.number, part.before) for each in board.structures for part in each.parts
    ]
    assert [(each["hidden"], each["note"]) for each in told["structures"]] == [
        (each.hidden, each.note) for each in board.structures
    ]


def test_counts_are_those_of_the_lists_of_the_api(register, client_with):
    client = client_with("county_viewer", register.county)
    told = client.get(API).json()
    for line in told["communities"]:
        numbers = {each["code"]: each["number"] for each in line["numbers"]}
        place = {"organization": line["organization"]}
        assert client.get("/api/v1/members/", place).json()["count"] == numbers["members.total"]
        assert client.get(FINDINGS, place | {"level": "late"}).json()["count"] == numbers["late"]
    for each in told["terms"]:
        query = {"organization": register.county.pk, "state": each["state"]}
        query |= {"year": each["year"]} if each["year"] else {}
        assert client.get("/api/v1/terms/", query).json()["count"] == each["count"]


@pytest.mark.parametrize("query", [{}, {"as_of": "2020-06-30"}])
def test_what_the_checks_found_is_listed_by_the_checks(register, client_with, query):
    """There is one list of findings; that of a line of the card has the same code, level and place."""
    client = client_with("county_viewer", register.county)
    groups = client.get(API, query).json()["findings"]
    assert {"late", "soon"} == {each["level"] for each in groups}
    for each in groups:
        asked = {"organization": register.county.pk, "code": each["code"], "level": each["level"]}
        told = client.get(FINDINGS, asked | query).json()
        assert told["count"] == each["count"], each
        assert {found["name"] for found in told["results"]} == {each["name"]}


def test_who_may_not_and_what_is_wrong(register, client_with):
    assert client_with("community_officer", register.community).get(API).status_code == 403
    client = client_with("street_officer", register.street)
    assert client.get(API, {"organization": register.other_street.pk}).status_code == 404
    for query in ({"organization": "abc"}, {"as_of": "1900-01-01"}, {"as_of": "2010-04-30"}, {"nonsense": "1"}):
        assert client.get(API, query).status_code == 400, query
    assert client.get(API, {"organization": register.street.pk, "as_of": "2010-04-30"}).status_code == 400
