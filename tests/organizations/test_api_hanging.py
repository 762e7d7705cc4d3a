"""Posts, terms, leads, bodies, seats and grids over the API."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linshu.scope import SYSTEM
from organizations.models import Grid, Post, Seat
from organizations.rules.bodies import BodyKind
from organizations.services import bodies, grids, seats
from tests.factories import PersonFactory

API = "/api/v1"
ON = date(2025, 6, 1)


@pytest.fixture
def post():
    """``post(client, path, body)``: status and JSON."""

    def do(client, path, body):
        answer = client.post(f"{API}{path}", body, content_type="application/json")
        return answer.status_code, answer.json()

    return do


@pytest.fixture
def officer(tree, client_with):
    return client_with("community_officer", tree.community)


@pytest.fixture
def committee(tree, now):
    return bodies.establish_body(community=tree.community, kind=BodyKind.RESIDENTS_COMMITTEE, on=ON, by=SYSTEM, now=now)


def test_appoint_then_relieve(tree, officer, post, full_member):
    person = full_member(tree.branch, "王一")
    body = {"organization": tree.branch.pk, "person": person.pk, "title": "书记", "on": "2025-06-01"}
    status, told = post(officer, "/posts/", body)
    assert (status, told["person_name"], told["valid_to"]) == (201, "王一", None)
    assert told["allowed_actions"] == ["relieve", "correct"]
    assert post(officer, "/posts/", body)[0] == 409
    status, told = post(officer, f"/posts/{told['id']}/relieve/", {"on": "2026-01-01", "reason": "调离"})
    assert (status, told["valid_to"], told["allowed_actions"]) == (200, "2026-01-01", ["correct"])
    assert officer.get(f"{API}/posts/").json()["count"] == 0
    assert officer.get(f"{API}/posts/?as_of=2025-12-31").json()["count"] == 1


def test_a_person_out_of_reach_does_not_exist(tree, officer, post, full_member):
    body = {"organization": tree.branch.pk, "title": "书记", "on": "2025-06-01"}
    assert post(officer, "/posts/", body | {"person": full_member(tree.other_branch).pk})[0] == 404
    assert post(officer, "/posts/", body | {"person": PersonFactory().pk})[0] == 404
    assert not Post.objects.exists()


@pytest.mark.parametrize(
    ("role", "node", "status"),
    [
        ("branch_secretary", "branch", 403),
        ("community_officer", "other_community", 404),
        ("supervisor", "community", 403),
    ],
)
def test_without_right_403_out_of_scope_404(tree, post, client_with, full_member, role, node, status):
    client = client_with(role, getattr(tree, node))
    body = {"organization": tree.branch.pk, "person": full_member(tree.branch).pk, "title": "书记", "on": "2025-06-01"}
    assert post(client, "/posts/", body)[0] == status


def test_the_lead_is_the_streets_to_appoint(tree, officer, post, client_with):
    body = {"organization": tree.community.pk, "branch": tree.branch.pk, "on": "2025-06-01", "document_no": "甲街5号"}
    assert post(officer, "/leads/", body)[0] == 403
    street = client_with("street_officer", tree.street)
    status, told = post(street, "/leads/", body)
    assert (status, told["branch"], told["allowed_actions"]) == (201, tree.branch.pk, ["end"])
    status, told = post(street, f"/leads/{told['id']}/end/", {"on": "2026-01-01", "reason": "支部撤销"})
    assert (status, told["allowed_actions"]) == (200, [])


def test_a_term_is_started_and_extended(tree, officer, post, client_with):
    status, told = post(officer, "/terms/", {"organization": tree.branch.pk, "on": "2021-12-10"})
    assert (status, told["due_on"], told["allowed_actions"]) == (201, "2026-12-10", [])
    extension = {"to": "2027-06-01", "document_no": "甲街8号"}
    assert post(officer, f"/terms/{told['id']}/extend/", extension)[0] == 403
    street = client_with("street_officer", tree.street)
    status, told = post(street, f"/terms/{told['id']}/extend/", extension)
    assert (status, told["extended_to"]) == (200, "2027-06-01")


def test_a_body_with_seats_and_declarations(tree, officer, post, client_with):
    status, body = post(
        officer, "/bodies/", {"organization": tree.community.pk, "kind": "residents_committee", "on": "2025-06-01"}
    )
    assert (status, body["kind_name"], body["term_due_on"]) == (201, "居民委员会", "2030-06-01")
    rows = []
    for name in ("赵三", "钱四"):
        resident = {"name": name, "sex": "1", "birth_date": "1980-01-01"}
        fields = {"body": body["id"], "resident": resident, "title": "委员", "on": "2025-06-01"}
        status, row = post(officer, "/seats/", fields)
        assert (status, row["allowed_actions"]) == (201, ["leave", "declare_kinship"])
        rows.append(row)
    first, second = rows
    colleagues = officer.get(f"{API}/seats/{first['id']}/colleagues/").json()
    assert colleagues == [{"person": second["person"], "name": "钱四", "relation": ""}]
    relations = {"relations": [{"person": second["person"], "relation": "sibling"}]}
    status, row = post(officer, f"/seats/{first['id']}/declare_kinship/", relations)
    assert (status, row["kinship_declared"]) == (200, True)
    verdicts = officer.get(f"{API}/bodies/{body['id']}/exclusions/").json()
    assert {each["verdict"] for each in verdicts} == {"冲突"}
    assert {each["against"] for each in verdicts} == {"赵三", "钱四"}
    supervisor = client_with("supervisor", tree.community)
    verdicts = supervisor.get(f"{API}/bodies/{body['id']}/exclusions/").json()
    assert {each["verdict"] for each in verdicts} == {"冲突"}
    assert {each["against"] for each in verdicts} == {""}
    assert supervisor.get(f"{API}/seats/{first['id']}/colleagues/").status_code == 403


def test_a_seat_takes_a_person_or_a_resident(officer, post, committee):
    fields = {"body": committee.pk, "title": "委员", "on": "2025-06-01"}
    status, told = post(officer, "/seats/", fields)
    assert (status, told["details"][0]["field"]) == (422, "person")


def test_a_grid_tells_what_it_lacks(tree, officer, post):
    fields = {"number": "01", "bounds": "东至振兴路", "households": 320}
    status, told = post(officer, "/grids/", fields | {"organization": tree.community.pk, "on": "2025-06-01"})
    assert (status, told["missing"], told["allowed_actions"]) == (201, ["所属支部或党小组"], ["change", "close"])
    change = fields | {"party_organization": tree.branch.pk}
    status, told = post(officer, f"/grids/{told['id']}/change/", change)
    assert (status, told["missing"]) == (200, [])
    status, told = post(officer, f"/grids/{told['id']}/close/", {"on": "2026-01-01", "reason": "并入"})
    assert (status, told["valid_to"], told["allowed_actions"]) == (200, "2026-01-01", [])
    assert Grid.objects.count() == 1


def test_an_outsider_sees_nothing(tree, client_with, committee):
    stranger = client_with("community_officer", tree.other_community)
    assert stranger.get(f"{API}/bodies/").json()["count"] == 0
    assert stranger.get(f"{API}/bodies/{committee.pk}/").status_code == 404
    assert stranger.get(f"{API}/bodies/?organization={tree.community.pk}").status_code == 404


@pytest.mark.parametrize("path", ["seats", "grids"])
def test_lists_cost_the_same_with_one_and_twenty_rows(tree, officer, committee, now, path, django_assert_num_queries):
    def add(number):
        seats.seat(body=committee, person=PersonFactory(), title="委员", on=ON, by=SYSTEM, now=now)
        data = grids.GridData(f"{number:02}", "东至振兴路", 320)
        grids.create_grid(community=tree.community, data=data, on=ON, by=SYSTEM, now=now)

    add(1)
    officer.get(f"{API}/{path}/")  # the first request of a session costs more
    with CaptureQueriesContext(connection) as few:
        assert officer.get(f"{API}/{path}/").json()["count"] == 1
    for number in range(2, 21):
        add(number)
    with django_assert_num_queries(len(few)):
        assert officer.get(f"{API}/{path}/").json()["count"] == 20
    assert Seat.objects.count() == 20
