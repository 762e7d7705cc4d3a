"""The list of terms: by state, by year of the end, on a day; the API counts the same."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from organizations.models import Term
from tests.factories import OrganizationFactory

TODAY = timezone.localdate()


def term(organization, due_on: date, *, extended_to: date | None = None, begun: date | None = None) -> Term:
    begun = begun or due_on - timedelta(days=5 * 365)
    return Term.objects.create(
        organization=organization, valid_from=begun, years=5, due_on=due_on, extended_to=extended_to
    )


@pytest.fixture
def terms(tree):
    term(tree.branch, TODAY - timedelta(days=4))
    term(tree.sibling, TODAY + timedelta(days=30))
    term(tree.area, TODAY - timedelta(days=4), extended_to=TODAY + timedelta(days=900))
    term(tree.other_branch, TODAY + timedelta(days=400))


def listed(client, node, **query) -> list[int]:
    page = client.get(f"/organizations/{node.pk}/terms/", query).context["page"]
    told = client.get("/api/v1/terms/", {"organization": node.pk, **query}).json()
    assert sorted(each["organization"] for each in told["results"]) == sorted(each.organization_id for each in page)
    return [each.organization_id for each in page]


def test_terms_below_a_node_the_first_to_end_first(tree, terms, client_with, page_ok):
    client = client_with("street_officer", tree.street)
    assert listed(client, tree.street) == [tree.branch.pk, tree.sibling.pk, tree.area.pk]
    html = page_ok(client.get(f"/organizations/{tree.street.pk}/terms/"))
    assert "已届满" in html and "（延期）" in html and "共 3 个" in html


def test_by_state_and_by_year(tree, terms, client_with):
    client = client_with("county_viewer", tree.county)
    assert listed(client, tree.county, state="ended") == [tree.branch.pk]
    assert listed(client, tree.county, state="ending") == [tree.sibling.pk]
    assert listed(client, tree.county, state="running") == [tree.other_branch.pk, tree.area.pk]
    late = TODAY + timedelta(days=900)
    assert listed(client, tree.county, state="running", year=late.year) == [tree.area.pk]


def test_the_days_a_state_begins(tree, client_with):
    client = client_with("county_viewer", tree.county)
    term(tree.branch, TODAY)
    term(tree.sibling, TODAY + timedelta(days=180))
    term(tree.area, TODAY + timedelta(days=181))
    assert listed(client, tree.county, state="ended") == []
    assert listed(client, tree.county, state="ending") == [tree.branch.pk, tree.sibling.pk]
    assert listed(client, tree.county, state="running") == [tree.area.pk]


def test_terms_of_a_day(tree, terms, client_with, page_ok):
    client = client_with("county_viewer", tree.county)
    day = TODAY - timedelta(days=5)
    assert tree.branch.pk in listed(client, tree.county, state="ending", as_of=day.isoformat())
    assert "的情况" in page_ok(client.get(f"/organizations/{tree.county.pk}/terms/?as_of={day}"))


def test_what_is_not_on_offer_is_not_asked(tree, terms, client_with, page_ok):
    client = client_with("county_viewer", tree.county)
    page_ok(client.get(f"/organizations/{tree.county.pk}/terms/?state=nonsense&year=1850&page=99"))
    assert "没有符合条件的届期" in page_ok(client.get(f"/organizations/{tree.group.pk}/terms/"))
    assert client.get("/api/v1/terms/?state=nonsense").status_code == 400
    assert client.get(f"/api/v1/terms/?organization={tree.county.pk}&year=0").status_code == 400


def test_out_of_scope_is_not_found(tree, terms, client_with):
    client = client_with("street_officer", tree.street)
    assert client.get(f"/organizations/{tree.other_street.pk}/terms/").status_code == 404
    assert client.get(f"/api/v1/terms/?organization={tree.other_street.pk}").status_code == 404


def test_as_many_queries_for_one_as_for_twenty(tree, client_with):
    client = client_with("street_officer", tree.street)

    def queries() -> int:
        with CaptureQueriesContext(connection) as context:
            client.get(f"/organizations/{tree.street.pk}/terms/")
        return len(context)

    term(tree.branch, TODAY + timedelta(days=1))
    queries()  # the first request of a session has more to do
    one = queries()
    for _ in range(20):
        tree.community.refresh_from_db()
        term(OrganizationFactory(parent=tree.community), TODAY + timedelta(days=1))
    assert queries() == one
