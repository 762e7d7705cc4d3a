"""Lists, filters, days, verbs and repeated requests, proven on the probe."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from organizations.models import Organization
from tests.factories import OrganizationFactory

pytestmark = pytest.mark.urls("tests.rest.probe")
NODES = "/probe/nodes/"


@pytest.fixture
def officer(tree, client_with):
    return client_with("street_officer", tree.street)


def ids(answer) -> set[int]:
    return {row["id"] for row in answer.json()["results"]}


def test_a_list_has_the_paging_shape(officer):
    answer = officer.get(NODES, {"page_size": 2, "page": 2})

    body = answer.json()
    assert set(body) == {"count", "next", "previous", "results"}
    assert body["count"] == 7
    assert len(body["results"]) == 2
    assert "page=3" in body["next"]


@pytest.mark.parametrize(
    "query", ["page=0", "page=-1", "page=x", "page=", "page_size=0", "page_size=501", "page_size=1e2"]
)
def test_a_wrong_page_is_told_not_corrected(officer, query):
    answer = officer.get(f"{NODES}?{query}")

    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


def test_a_page_past_the_last_is_not_found(officer):
    assert officer.get(NODES, {"page": 2}).json()["code"] == "no_such_page"
    assert officer.get(NODES, {"page": 2}).status_code == 404


def test_organization_means_its_subtree(officer, tree):
    assert ids(officer.get(NODES, {"organization": tree.community.pk})) == {
        tree.community.pk,
        tree.branch.pk,
        tree.sibling.pk,
    }


def test_an_organization_out_of_scope_is_not_found(officer, tree):
    for elsewhere in (tree.other_street.pk, tree.county.pk, 10**12):
        assert officer.get(NODES, {"organization": elsewhere}).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "organization=abc",
        "organization=1.5",
        "organization=0",
        f"organization={10**30}",
        "kind=palace",
        "established_on=2026-13-01",
    ],
)
def test_a_senseless_filter_is_told(officer, query):
    answer = officer.get(f"{NODES}?{query}")

    assert answer.status_code == 400
    assert answer.json()["details"][0]["field"] == query.partition("=")[0]


def test_an_unknown_parameter_is_told_with_the_known_ones(officer, tree):
    answer = officer.get(NODES, {"orgnization": tree.branch.pk})

    assert (answer.status_code, answer.json()["code"]) == (400, "unknown_parameter")
    assert "organization" in answer.json()["message"]
    assert officer.get(f"{NODES}{tree.branch.pk}/", {"page": 1}).status_code == 400


@pytest.mark.parametrize("day", ["2026-1-5", "20260105", "2026-02-30", "昨天", "", "２０２６-01-01"])
def test_a_day_is_read_strictly(officer, day):
    assert officer.get(NODES, {"as_of": day}).status_code == 400


def test_the_day_is_today_or_earlier(officer):
    today = timezone.localdate()

    assert officer.get(NODES, {"as_of": today}).headers["As-Of"] == f"{today}"
    assert officer.get(NODES).headers["As-Of"] == f"{today}"
    assert officer.get(NODES, {"as_of": today + timedelta(days=1)}).status_code == 400


def test_an_object_out_of_scope_is_not_found(officer, tree):
    assert officer.get(f"{NODES}{tree.branch.pk}/").json()["name"] == tree.branch.name
    assert officer.get(f"{NODES}{tree.other_branch.pk}/").status_code == 404
    assert officer.get(f"{NODES}{10**30}/").status_code == 404


def test_allowed_actions_follow_the_grants(tree, client_with):
    assert client_with("street_officer", tree.street).get(f"{NODES}{tree.branch.pk}/").json()["allowed_actions"] == [
        "rename"
    ]
    assert client_with("county_viewer", tree.county).get(f"{NODES}{tree.branch.pk}/").json()["allowed_actions"] == []


def test_a_verb_calls_the_service(officer, tree):
    answer = officer.post(f"{NODES}{tree.branch.pk}/rename/", {"name": "新名"}, "application/json")

    assert (answer.status_code, answer.json()["name"]) == (200, "新名")
    again = officer.post(f"{NODES}{tree.branch.pk}/rename/", {"name": "新名"}, "application/json")
    assert again.status_code == 409


def test_a_verb_needs_the_right(tree, client_with):
    viewer = client_with("county_viewer", tree.county)

    assert viewer.post(f"{NODES}{tree.branch.pk}/rename/", {"name": "新名"}, "application/json").status_code == 403


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({}, 422, "name"),
        ({"name": "长" * 21}, 422, "name"),
        ({"name": "新名", "nmae": "x"}, 422, "nmae"),
        ([], 422, ""),
        ("{", 400, None),
    ],
)
def test_a_wrong_body_is_told(officer, tree, body, status, field):
    answer = officer.post(f"{NODES}{tree.branch.pk}/rename/", body, "application/json")

    assert answer.status_code == status
    assert [d["field"] for d in answer.json()["details"]] == ([] if field is None else [field])
    assert Organization.objects.get(pk=tree.branch.pk).name == tree.branch.name


def test_a_repeated_post_runs_once(officer, tree):
    def ask(name):
        return officer.post(
            f"{NODES}{tree.branch.pk}/rename/", {"name": name}, "application/json", headers={"Idempotency-Key": "k1"}
        )

    first, again, other = ask("新名"), ask("新名"), ask("别名")

    assert (first.status_code, again.status_code, other.status_code) == (200, 200, 422)
    assert first.json() == again.json()
    assert (first.get("Idempotent-Replayed"), again["Idempotent-Replayed"]) == (None, "true")
    assert other.json()["code"] == "idempotency_key_reused"


def test_a_secret_is_told_once(officer, tree):
    path = f"{NODES}{tree.branch.pk}/secret/"

    first = officer.post(path, content_type="application/json", headers={"Idempotency-Key": "k1"})
    again = officer.post(path, content_type="application/json", headers={"Idempotency-Key": "k1"})

    assert first.json() == {"secret": "只说一次"}
    assert (again.status_code, again.json()["code"]) == (409, "already_done")


@pytest.mark.parametrize("key", ["", "有中文", "a b", "x" * 129])
def test_a_senseless_key_is_told(officer, tree, key):
    answer = officer.post(
        f"{NODES}{tree.branch.pk}/secret/", content_type="application/json", headers={"Idempotency-Key": key}
    )

    assert answer.status_code == 400


def test_the_number_of_queries_does_not_grow_with_the_rows(officer, tree):
    def count() -> int:
        with CaptureQueriesContext(connection) as counted:
            officer.get(NODES, {"organization": tree.community.pk})
        return len(counted)

    count()  # the first request of a session notes its time
    few = count()
    tree.community.refresh_from_db()
    for _ in range(20):
        OrganizationFactory(kind="branch", parent=tree.community)

    assert count() == few


def test_anonymous_callers_are_told_how_to_come_in(client, db):
    answer = client.get(NODES)

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Token"
