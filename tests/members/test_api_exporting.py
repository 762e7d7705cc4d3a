"""Exports over the API: the same rows, rights and limits as on the page."""

import pytest
from rest_framework.test import APIClient

from linshu.parameters.models import Parameter
from linshu.sheets import MEDIA_TYPE
from members.models import Export
from tests.factories import MembershipFactory

URL = "/api/v1/exports/"
REASON = {"reason": "核对灯塔系统数据"}


@pytest.fixture
def api_with(user_with):
    """``api_with("street_officer", organization)``: a caller."""

    def make(role, organization, **kwargs) -> APIClient:
        client = APIClient()
        user = user_with(role, organization, **kwargs)
        client.force_login(user, backend="linshu.people.services.credentials.PasswordAndCode")
        return client

    return make


@pytest.fixture
def api(tree, api_with):
    """The street's officer, with two members in a community."""
    MembershipFactory(organization=tree.branch)
    MembershipFactory(organization=tree.sibling, mobile=True)
    return api_with("street_officer", tree.street)


def test_one_by_his_number(api, tree):
    member = MembershipFactory(organization=tree.branch, person__name="陈华雪")
    told = api.post(URL, {"id_number": member.person.id_number, **REASON}).json()
    assert (told["rows"], member.person.id_number in str(told)) == (1, False)
    assert "按证号查到的陈华雪" in told["told"]
    far = MembershipFactory(organization=tree.other_branch)
    assert api.post(URL, {"id_number": far.person.id_number, **REASON}).status_code == 404


def test_asked_watched_fetched(api, tree, run_jobs):
    asked = api.post(URL, {"organization": tree.community.pk, "mobile": "yes", **REASON})
    assert asked.status_code == 201, asked.content
    row = asked.json()
    assert (row["state"], row["rows"], row["name"], row["allowed_actions"]) == ("queued", 1, None, [])
    assert "流动：流动党员" in row["told"]
    assert api.get(f"{URL}{row['id']}/file/").status_code == 409
    run_jobs()
    told = api.get(f"{URL}{row['id']}/").json()
    assert (told["state"], told["masked"], told["allowed_actions"]) == ("done", 0, ["file"])
    answer = api.get(f"{URL}{row['id']}/file/", headers={"Accept": MEDIA_TYPE})

    assert answer["Content-Type"] == MEDIA_TYPE
    assert len(b"".join(answer.streaming_content)) == told["size"]


def test_wrong_conditions_name_their_field(api, tree):
    wrong = {
        "as_of": "2999-01-01", "q": "371399195701090025", "category": "x", "sex": "3", "organization": 0, "reason": "要",
    }  # fmt: skip
    for name, value in wrong.items():
        answer = api.post(URL, {**REASON, name: value})
        assert answer.status_code == 422, (name, answer.content)
        assert name in {each["field"] for each in answer.json()["details"]}, (name, answer.content)
    assert not Export.objects.exists()


def test_scope_right_and_limit(api, api_with, tree):
    assert api.post(URL, {"organization": tree.other_street.pk, **REASON}).status_code == 404
    assert api_with("community_secretary", tree.community).post(URL, REASON).status_code == 403
    Parameter.objects.filter(code="EXPORT_ROWS_PER_DAY_STREET").update(value="1")
    Parameter.objects.filter(code="EXPORT_ROWS_PER_DAY").update(value="1")
    answer = api.post(URL, REASON)
    assert (answer.status_code, answer.json()["code"]) == (409, "export_limit")


def test_everybody_reaches_his_own_only(api, api_with, tree, run_jobs):
    row = api.post(URL, REASON).json()
    run_jobs()
    other = api_with("county_admin", tree.county)

    assert [each["id"] for each in api.get(URL).json()["results"]] == [row["id"]]
    assert other.get(URL).json()["results"] == []
    assert other.get(f"{URL}{row['id']}/").status_code == 404
    assert other.get(f"{URL}{row['id']}/file/").status_code == 404


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_asks_the_same_of_the_database(count, api, tree, run_jobs, django_assert_num_queries):
    for _ in range(count):
        api.post(URL, {"organization": tree.community.pk, **REASON})
    run_jobs()
    with django_assert_num_queries(7):
        rows = api.get(URL).json()["results"]
    assert [row["allowed_actions"] for row in rows] == [["file"]] * count
