"""The register over the API: scope, masks, filters, the number for a reason."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from linshu.audit.models import Event
from linshu.figures.registry import Look, figure
from linshu.scope import Scope
from organizations.models import Post
from tests.factories import MembershipFactory

MEMBERS, PERIODS = "/api/v1/members/", "/api/v1/memberships/"
BACKEND = "linshu.people.services.credentials.PasswordAndCode"


@pytest.fixture
def api_with(user_with):
    """``api_with("street_officer", organization)``: a caller."""

    def make(role, organization, **kwargs) -> APIClient:
        client = APIClient()
        client.force_login(user_with(role, organization, **kwargs), backend=BACKEND)
        return client

    return make


def names(answer) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [row["name"] for row in answer.json()["results"]]


def test_the_list_is_masked_and_in_scope(tree, api_with):
    member = MembershipFactory(organization=tree.branch, person__name="甲某", mobile=True)
    MembershipFactory(organization=tree.sibling)
    Post.objects.create(organization=tree.branch, person=member.person, title="书记", valid_from=date(2020, 1, 1))
    answer = api_with("branch_secretary", tree.branch).get(MEMBERS)
    row = answer.json()["results"][0]

    assert names(answer) == ["甲某"]
    assert row["id_number"] == member.person.id_number_masked and row["phone"] == member.person.phone_masked
    assert (row["titles"], row["is_mobile"], row["valid_to"], row["branch"]) == ("书记", True, None, tree.branch.pk)
    assert row["allowed_actions"] == ["correct", "propose", "propose_death"]
    assert member.person.id_number not in answer.content.decode()


@pytest.mark.parametrize("url", [MEMBERS, PERIODS])
def test_who_has_no_register_is_refused(tree, api_with, url):
    member = MembershipFactory(organization=tree.branch)

    assert APIClient().get(url).status_code == 401
    assert api_with("supervisor", tree.community).get(url).status_code == 403
    assert api_with("supervisor", tree.community).get(f"{url}{member.pk}/").status_code == 403
    assert api_with("branch_secretary", tree.sibling).get(f"{url}{member.pk}/").status_code == 404


def test_filters_mean_the_same_as_on_the_page(tree, api_with):
    MembershipFactory(organization=tree.branch, person__name="安一", person__sex="2", joined_on=date(2001, 1, 1))
    MembershipFactory(organization=tree.branch, person__name="毕二", mobile=True)
    MembershipFactory(organization=tree.sibling, person__name="程三", probationary=True)
    api = api_with("community_officer", tree.community)

    assert names(api.get(MEMBERS)) == ["安一", "毕二", "程三"]
    assert names(api.get(MEMBERS, {"sort": "-joined_on"}))[-1] == "安一"
    assert names(api.get(MEMBERS, {"organization": tree.sibling.pk})) == ["程三"]
    assert names(api.get(MEMBERS, {"category": "probationary"})) == ["程三"]
    assert names(api.get(MEMBERS, {"mobile": "no"})) == ["安一", "程三"]
    assert names(api.get(MEMBERS, {"sex": "2"})) == ["安一"]
    assert names(api.get(MEMBERS, {"q": "by"})) == [] and names(api.get(MEMBERS, {"q": "b"})) == ["毕二"]
    assert names(api.get(MEMBERS, {"age": "60"})) == names(api.get(MEMBERS))
    assert names(api.get(MEMBERS, {"age": "36-45"})) == names(api.get(MEMBERS, {"education": "primary"})) == []
    assert names(api.get(MEMBERS, {"education": "bachelor"})) == names(api.get(MEMBERS))
    assert api.get(MEMBERS, {"organization": tree.other_branch.pk}).status_code == 404
    assert api.get(MEMBERS, {"mobil": "yes"}).status_code == api.get(MEMBERS, {"age": "61"}).status_code == 400


def test_the_day_asked_for_and_every_period(tree, api_with):
    old = MembershipFactory(organization=tree.branch, person__name="迁出", valid_to=date(2020, 1, 1))
    new = MembershipFactory(person=old.person, organization=tree.sibling, valid_from=date(2020, 1, 1))
    api = api_with("community_officer", tree.community)

    assert [row["id"] for row in api.get(MEMBERS).json()["results"]] == [new.pk]
    assert [row["id"] for row in api.get(MEMBERS, {"as_of": "2019-12-31"}).json()["results"]] == [old.pk]
    assert api.get(PERIODS, {"person": old.person_id}).json()["count"] == 2
    assert api.get(PERIODS, {"as_of": "2019-12-31"}).json()["count"] == 1


def test_of_who_left_only_name_dates_and_category(tree, api_with):
    old = MembershipFactory(organization=tree.branch, valid_to=date(2020, 1, 1), mobile=True)
    MembershipFactory(person=old.person, organization=tree.other_branch, valid_from=date(2020, 1, 1))
    row = api_with("branch_secretary", tree.branch).get(f"{PERIODS}{old.pk}/").json()

    assert row["has_file"] is False and row["name"] == old.person.name and row["joined_on"] == "2012-07-01"
    assert {row[name] for name in ("phone", "id_number", "address", "birth_date", "destination", "person")} == {None}


@pytest.mark.parametrize("day", ["2019-12-31", "2026-01-31"])
def test_the_list_tells_of_each_what_his_own_address_tells(tree, api_with, day):
    """Read in different ways: here, gone, dead, in a group, with posts at home and elsewhere, before he was full."""
    old = MembershipFactory(organization=tree.branch, valid_to=date(2020, 1, 1), mobile=True)
    MembershipFactory(person=old.person, organization=tree.other_branch, valid_from=date(2020, 1, 1))
    MembershipFactory(organization=tree.branch, person__died_on=date(2022, 1, 1), valid_to=date(2022, 1, 1))
    member = MembershipFactory(organization=tree.group, full_on=date(2020, 6, 1), joined_on=date(2019, 6, 1))
    for place, title in ((tree.group, "组长"), (tree.branch, "书记"), (tree.community, "委员")):
        Post.objects.create(organization=place, person=member.person, title=title, valid_from=date(2015, 1, 1))

    for role, place in (("street_officer", tree.street), ("county_admin", tree.county)):
        api = api_with(role, place)
        rows = api.get(PERIODS, {"as_of": day}).json()["results"]
        told = [api.get(f"{PERIODS}{row['id']}/", {"as_of": day}).json() for row in rows]
        assert rows == told and len(rows) >= 1


def test_no_filter_and_no_order_tells_what_the_line_of_who_left_hides(tree, api_with):
    woman = {"person__sex": "2", "person__birth_date": date(1940, 1, 1), "valid_to": date(2020, 1, 1), "mobile": True}
    old = MembershipFactory(organization=tree.branch, **woman)
    here = MembershipFactory(organization=tree.branch, person__sex="2", person__birth_date=date(1950, 1, 1))
    secretary = api_with("branch_secretary", tree.branch)

    def found(**query: object) -> list[int]:
        answer = secretary.get(MEMBERS, {"as_of": "2019-12-31", **query}).json()
        return [row["id"] for row in answer["results"]]

    assert set(found()) == {old.pk, here.pk}
    assert found(sex="2") == [here.pk] and found(age="60") == [here.pk] and found(mobile="yes") == []
    assert found(sort="birth_date")[-1] == found(sort="-birth_date")[-1] == old.pk
    assert secretary.get(PERIODS, {"person": old.person_id}).json()["count"] == 0
    scope, day = Scope(frozenset({tree.branch.pk})), date(2019, 12, 31)
    assert figure("members.women").compute(Look(scope, day)) == {tree.branch.pk: 1}, "as many as the list shows"
    assert figure("members.total").compute(Look(scope, day)) == {tree.branch.pk: 2}


def test_a_number_is_never_searched_for_in_an_address(tree, api_with):
    member = MembershipFactory(organization=tree.branch)
    api = api_with("branch_secretary", tree.branch)
    number = member.person.id_number
    refused = api.get(MEMBERS, {"q": number})

    assert refused.status_code == 400 and number not in refused.content.decode()
    assert api.post(f"{MEMBERS}find/", {"id_number": number.lower()}).json()["id"] == member.pk
    assert api.post(f"{MEMBERS}find/", {"id_number": "11010519491231002X"}).status_code == 404
    stranger = api_with("branch_secretary", tree.sibling)
    assert stranger.post(f"{MEMBERS}find/", {"id_number": number}).status_code == 404


def test_the_number_for_a_reason(tree, api_with):
    member = MembershipFactory(organization=tree.branch)
    url = f"{MEMBERS}{member.pk}/reveal/"
    officer = api_with("community_officer", tree.community)
    shown = officer.post(url, {"field": "id_number", "reason": "核对组织关系介绍信"})

    assert officer.get(f"{MEMBERS}{member.pk}/").json()["allowed_actions"][-1] == "reveal"
    assert shown.json() == {"value": member.person.id_number} and shown["Cache-Control"] == "no-store"
    assert officer.post(url, {"field": "id_number", "reason": " "}).status_code == 422
    assert officer.post(url, {"field": "name", "reason": "核对组织关系介绍信"}).status_code == 422
    asked = {"field": "id_number", "reason": "核对介绍信"}
    assert api_with("branch_secretary", tree.branch).post(url, asked).status_code == 403
    assert api_with("community_officer", tree.other_community).post(url, asked).status_code == 404
    assert Event.objects.get(type="members.revealed").reason == "核对组织关系介绍信"


def test_the_number_of_queries_does_not_grow(tree, api_with):
    api = api_with("community_officer", tree.community)

    def queries(url: str) -> int:
        with CaptureQueriesContext(connection) as context:
            assert api.get(url).status_code == 200
        return len(context)

    MembershipFactory(organization=tree.branch)
    api.get(MEMBERS)
    one = queries(MEMBERS)
    MembershipFactory.create_batch(19, organization=tree.branch)
    assert queries(MEMBERS) == one <= 10
