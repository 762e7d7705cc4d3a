"""The tree over the API: read today and on a day, every operation, allowed actions, statements."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linshu.scope import SYSTEM
from organizations.models import Organization
from organizations.rules.kinds import Kind
from organizations.services.changes import NodeData
from organizations.services.founding import NewNode, establish_many
from organizations.services.operations import rename
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
API = "/api/v1/organizations/"
WORDS = {"on": "2020-03-01", "reason": "工作需要"}


def post(client, path, body):
    answer = client.post(f"{API}{path}", body, content_type="application/json")
    return answer.status_code, answer.json()


def test_everyone_reads_his_subtree(tree, client_with):
    client = client_with("community_officer", tree.community)

    names = [row["name"] for row in client.get(API).json()["results"]]

    assert names == ["乙社区", "乙社区第一支部", "乙社区第二支部"]
    assert client.get(f"{API}{tree.general.pk}/").status_code == 404
    assert client_with("member", tree.branch).get(API).status_code == 403


def test_filters(tree, client_with):
    client = client_with("county_viewer", tree.county)
    Organization.objects.filter(pk=tree.sibling.pk).update(closed_on=date(2020, 1, 1))

    def count(query):
        return client.get(f"{API}?{query}").json()["count"]

    assert count("kind=branch") == 3
    assert count("kind=branch&is_open=true") == 2
    assert count("is_open=false") == 1
    assert count(f"parent={tree.street.pk}") == 2
    assert count(f"organization={tree.community.pk}") == 3
    assert count(f"code={tree.branch.code}") == 1


def test_a_day_tells_what_was(tree, client_with):
    client = client_with("county_viewer", tree.county)
    rename(
        node=tree.branch,
        name="先锋支部",
        short_name="先锋",
        on=date(2020, 3, 1),
        reason="更名",
        by=SYSTEM,
        now=timezone.now(),
    )

    before = client.get(f"{API}{tree.branch.pk}/?as_of=2020-02-29").json()

    assert (before["name"], client.get(f"{API}{tree.branch.pk}/").json()["name"]) == ("乙社区第一支部", "先锋支部")
    assert client.get(f"{API}?as_of=2000-01-01").json()["count"] == 0
    assert client.get(f"/api/v1/periods/?organization={tree.branch.pk}").json()["count"] == 2
    (period,) = client.get(f"/api/v1/periods/?organization={tree.branch.pk}&as_of=2020-02-29").json()["results"]
    assert (period["name"], period["valid_to"]) == ("乙社区第一支部", "2020-03-01")


def test_allowed_actions_are_the_menu(tree, client_with):
    def actions(role, place, node):
        return client_with(role, place).get(f"{API}{node.pk}/").json()["allowed_actions"]

    assert actions("street_officer", tree.street, tree.branch) == [
        "establish",
        "rename",
        "move",
        "merge",
        "split",
        "close",
    ]
    assert actions("community_officer", tree.community, tree.branch) == ["establish"]
    assert actions("county_admin", tree.county, tree.county) == ["establish", "correct"]
    assert actions("county_viewer", tree.county, tree.branch) == []


def test_establish_rename_move_close(tree, client_with):
    client = client_with("county_admin", tree.county)
    body = WORDS | {
        "parent": tree.community.pk,
        "code": "N-1",
        "name": "第三支部",
        "short_name": "三",
        "kind": "branch",
    }

    status, made = post(client, "", body)
    assert (status, made["parent"], made["established_on"]) == (201, tree.community.pk, "2020-03-01")
    assert post(client, "", body)[0] == 409

    path, later = f"{made['id']}/", {"on": "2020-04-01", "reason": "工作需要"}
    assert post(client, f"{path}rename/", later | {"name": "四", "short_name": "四"})[1]["name"] == "四"
    moved = post(client, f"{path}move/", later | {"on": "2020-05-01", "parent": tree.other_community.pk})
    assert (moved[0], moved[1]["parent"]) == (200, tree.other_community.pk)
    closed = post(client, f"{path}close/", later | {"on": "2020-06-01"})
    assert (closed[1]["is_open"], closed[1]["closed_on"]) == (False, "2020-06-01")


def test_refusals(tree, client_with):
    officer = client_with("street_officer", tree.street)
    names = {"name": "x", "short_name": "x"}

    assert post(officer, f"{tree.other_branch.pk}/rename/", WORDS | names)[0] == 404
    assert post(client_with("community_officer", tree.community), f"{tree.branch.pk}/rename/", WORDS | names)[0] == 403
    status, told = post(officer, f"{tree.branch.pk}/rename/", WORDS | names | {"on": "2999-01-01"})
    assert (status, told["details"][0]["field"]) == (422, "on")
    assert post(officer, f"{tree.community.pk}/close/", WORDS)[0] == 422
    assert post(officer, f"{tree.branch.pk}/correct/", WORDS)[0] in {403, 422}


def test_merge_split_and_what_goes_along(tree, client_with):
    officer = client_with("street_officer", tree.street)
    MembershipFactory(organization=tree.area)
    rows = officer.get(f"{API}{tree.area.pk}/carried/").json()
    part = {"code": "N-2", "name": "南片区", "short_name": "南", "children": [tree.group.pk], "keys": [rows[0]["key"]]}

    status, made = post(officer, f"{tree.area.pk}/split/", WORDS | {"parts": [part]})
    assert (status, [row["code"] for row in made]) == (200, ["N-2"])
    assert officer.get(f"{API}{tree.area.pk}/carried/").json() == []
    viewer = client_with("county_viewer", tree.county)
    assert viewer.get(f"{API}{tree.area.pk}/carried/").status_code == 403

    status, target = post(officer, f"{tree.branch.pk}/merge/", WORDS | {"target": tree.sibling.pk})
    assert (status, target["id"]) == (200, tree.sibling.pk)


def test_correct(tree, client_with):
    body = {
        "period": "2010-05-01", "name": "乙社区党支部", "short_name": "乙", "parent": tree.community.pk,
        "valid_from": "2010-05-01", "valid_to": None, "reason": "录入有误",
    }  # fmt: skip

    status, told = post(client_with("county_admin", tree.county), f"{tree.branch.pk}/correct/", body)

    assert (status, told["name"]) == (200, "乙社区党支部")


def test_upgrade_step_by_step(tree, client_with):
    secretary = client_with("community_secretary", tree.community)
    officer = client_with("street_officer", tree.street)
    MembershipFactory.create_batch(3, organization=tree.branch)
    url = "/api/v1/upgrades/"

    def take(client, path, body):
        answer = client.post(f"{url}{path}", body, content_type="application/json")
        return answer.status_code, answer.json()

    body = {"organization": tree.community.pk, "reason": "片区多", "on": "2026-03-01"}
    assert take(secretary, "", body)[0] == 422
    status, made = take(secretary, "", body | {"despite_fewer": True})
    assert (status, made["allowed_actions"]) == (201, [])
    path = f"{made['id']}/"
    assert officer.get(f"{url}{path}").json()["allowed_actions"] == ["approve", "withdraw"]
    assert (
        take(officer, f"{path}build/", {"name": "x", "short_name": "x", "branches": [], "on": "2026-03-05"})[0] == 409
    )
    assert take(officer, f"{path}approve/", {"document_no": "1号", "on": "2026-03-05"})[1]["state"] == "approved"
    branches = [
        {"branch": tree.branch.pk, "name": "东片区支部", "short_name": "东"},
        {"branch": tree.sibling.pk, "into": tree.branch.pk},
    ]
    built = {"name": "乙总支", "short_name": "乙总支", "branches": branches, "on": "2026-03-10"}
    assert take(officer, f"{path}build/", built)[1]["election_due_on"] == "2026-04-10"
    assert officer.get(f"{API}{tree.community.pk}/").json()["kind"] == "general_branch"


def test_statements_do_not_grow_with_the_rows(tree, client_with):
    client = client_with("county_admin", tree.county)
    client.get(API)
    with CaptureQueriesContext(connection) as few:
        client.get(API)
    nodes = [
        NewNode(NodeData(f"N-{n}", f"社区{n}", f"社区{n}", Kind.COMMUNITY), tree.street.code, date(2011, 1, 1))
        for n in range(20)
    ]
    establish_many(nodes=nodes, reason="测试", by=SYSTEM, now=timezone.now())

    with CaptureQueriesContext(connection) as many:
        assert client.get(API).json()["count"] == 31

    assert len(many) == len(few)
