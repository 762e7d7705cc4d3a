"""The list behind the rule checks: narrowed by the address, in scope, as many as the dashboard says."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import OrganizationFactory

PAGE = "/dashboard/findings/"


def lines(response) -> list[tuple[str, str, str]]:
    return [(row.place, row.found.check.code, row.found.finding.level.value) for row in response.context["page"]]


def test_what_fails_first_then_what_comes_due(register, client_with, page_ok):
    response = client_with("county_viewer", register.county).get(PAGE)
    html = page_ok(response)
    levels = [level for *_, level in lines(response)]
    assert levels == sorted(levels) and {"late", "soon"} == set(levels)
    assert "《" in html and f"共 {response.context['page'].paginator.count} 项" in html


def test_narrowed_by_check_level_and_place(register, client_with):
    client = client_with("county_viewer", register.county)
    found = lines(client.get(PAGE, {"code": "term", "level": "late"}))
    assert found == [("乙社区第一支部", "term", "late")]
    assert lines(client.get(PAGE, {"code": "term", "organization": register.other_street.pk, "level": "late"})) == []
    assert len(lines(client.get(PAGE, {"code": "nonsense", "level": "nonsense"}))) > len(found)


def test_community_by_community(register, client_with, page_ok):
    response = client_with("county_viewer", register.county).get(PAGE, {"by": "place"})
    above = [row.above for row in response.context["page"]]
    assert list(dict.fromkeys(above)) == ["甲社区党总支", "乙社区", "丙社区"]
    assert above == sorted(above, key=["甲社区党总支", "乙社区", "丙社区"].index)
    assert "按社区排列" in page_ok(response)


def test_nothing_found_says_so(register, client_with, page_ok):
    client = client_with("county_viewer", register.county)
    assert "没有符合条件的项目" in page_ok(client.get(PAGE, {"organization": register.county.pk, "code": "body_term"}))


def test_keeps_to_the_scope(register, client_with):
    client = client_with("street_officer", register.street)
    assert all("丙" not in place for place, *_ in lines(client.get(PAGE)))
    assert client.get(PAGE, {"organization": register.other_branch.pk}).status_code == 404
    assert client_with("community_officer", register.community).get(PAGE).status_code == 403


@pytest.mark.parametrize("query", [{}, {"by": "place"}])
def test_as_many_queries_for_few_as_for_many(register, client_with, query):
    client = client_with("street_officer", register.street)

    def queries() -> int:
        with CaptureQueriesContext(connection) as context:
            client.get(PAGE, query)
        return len(context)

    queries()
    few = queries()
    for _ in range(20):
        register.community.refresh_from_db()
        OrganizationFactory(parent=register.community)
    assert queries() == few
