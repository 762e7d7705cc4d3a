"""Keeping members over the API: the same verbs, rights and rules as the pages."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from linshu.figures.registry import Level, Look
from linshu.people.models import Person
from members.models import ChangeRequest, Membership
from members.providers.change_checks import waiting
from organizations.models import OPEN_END
from tests.factories import MembershipFactory, valid_id_number

MEMBERS, CHANGES = "/api/v1/members/", "/api/v1/changes/"
NUMBER = valid_id_number(5, born=date(1980, 1, 1), male=False)
FACTS = {"id_number": NUMBER, "name": "陈新来", "category": "full", "joined_on": "2012-07-01", "full_on": "2013-07-01"}


@pytest.fixture
def api_with(user_with):
    """``api_with("street_officer", organization)``: a caller."""

    def make(role, organization, **kwargs) -> APIClient:
        client = APIClient()
        client.force_login(
            user_with(role, organization, **kwargs), backend="linshu.people.services.credentials.PasswordAndCode"
        )
        return client

    return make


@pytest.fixture
def officer(tree, api_with):
    return api_with("community_officer", tree.community)


@pytest.fixture
def secretary(tree, api_with):
    return api_with("branch_secretary", tree.branch)


@pytest.fixture
def member(tree):
    return MembershipFactory(organization=tree.branch, person__name="陈华雪")


def post(client, row, verb, body, base=MEMBERS):
    return client.post(f"{base}{row.pk}/{verb}/", body, format="json")


def test_a_person_is_registered_once(tree, officer, secretary):
    body = {"organization": tree.branch.pk, "values": FACTS}
    answer = officer.post(MEMBERS, body, format="json")
    assert answer.status_code == 201 and answer.json()["sex"] == "2" and NUMBER not in answer.content.decode()
    assert officer.post(MEMBERS, body, format="json").status_code == 409
    assert secretary.post(MEMBERS, body, format="json").status_code == 403
    outside = body | {"organization": tree.other_branch.pk}
    assert officer.post(MEMBERS, outside, format="json").status_code == 404
    wrong = officer.post(MEMBERS, body | {"values": FACTS | {"id_number": "1", "boss": "x"}}, format="json")
    assert wrong.status_code == 400 or wrong.status_code == 422


def test_what_should_be_looked_at_is_told(tree, officer, secretary):
    early = {"organization": tree.branch.pk, "values": FACTS | {"joined_on": "1997-07-01", "full_on": "1998-07-01"}}
    refused = officer.post(MEMBERS, early | {"verified": False}, format="json")
    assert refused.status_code == 422 and refused.json()["details"][0]["field"] == "verified"
    told = officer.post(MEMBERS, early, format="json").json()
    assert told["warnings"] == ["入党时不满 18 岁，请对照档案核实。"]
    row = Membership.objects.get()
    assert officer.get(f"{MEMBERS}{row.pk}/").json()["warnings"] == told["warnings"]
    assert "warnings" not in officer.get(MEMBERS).json()["results"][0]
    asked = post(secretary, row, "propose", {"values": {"full_on": "1999-02-01"}, "reason": "对照入党志愿书"}).json()
    assert any("按延长过预备期登记" in each for each in asked["warnings"])
    assert post(officer, row, "correct", {"values": {"name": "陈雪华"}, "reason": "对照身份证"}).json()["warnings"]


def test_facts_are_corrected_by_who_may(member, officer, secretary):
    answer = post(officer, member, "correct", {"values": {"name": "陈雪华"}, "reason": "对照身份证"})
    assert answer.status_code == 200 and answer.json()["name"] == "陈雪华"
    assert post(officer, member, "correct", {"values": {"name": "陈雪"}}).status_code == 422
    assert post(secretary, member, "correct", {"values": {"phone": "19900001234"}}).status_code == 200
    assert post(secretary, member, "correct", {"values": {"name": "陈雪"}, "reason": "更正"}).status_code == 403
    cleared = post(secretary, member, "correct", {"values": {"phone": "", "address": ""}})
    assert (cleared.json()["phone"], cleared.json()["address"]) == ("", "")


def test_every_verb_of_a_member(tree, api_with):
    officer, today = api_with("community_officer", tree.general), timezone.localdate()
    member = MembershipFactory(organization=tree.area)
    away = post(officer, member, "mark_mobile", {"destination": "上海市", "on": str(today)}).json()
    row = Membership.objects.get(pk=away["id"])
    assert away["is_mobile"] and "mark_home" in away["allowed_actions"]
    assert not post(officer, row, "mark_home", {"on": str(today)}).json()["is_mobile"]
    moved = post(officer, row, "regroup", {"organization": tree.group.pk, "on": str(today)})
    assert moved.json()["organization"] == tree.group.pk
    assert post(officer, row, "regroup", {"organization": tree.branch.pk, "on": str(today)}).status_code == 404
    dead = post(officer, row, "record_death", {"on": str(today - timedelta(days=3))}).json()
    assert dead == {"member": member.pk, "ended": "", "account": ""}
    assert post(officer, member, "undo_death", {"reason": "登记错了人"}).status_code == 403
    admin = api_with("county_admin", tree.county)
    assert admin.get(f"{MEMBERS}{member.pk}/").json()["allowed_actions"] == ["undo_death"]
    assert post(admin, member, "undo_death", {"reason": "登记错了人"}).json()["valid_to"] is None


def test_a_request_goes_its_way(member, officer, secretary, api_with, tree):
    asked = post(secretary, member, "propose", {"values": {"name": "陈雪华"}, "reason": "对照身份证"})
    assert asked.status_code == 200 and asked.json()["changes"][0]["new"] == "陈雪华"
    assert asked.json()["allowed_actions"] == ["withdraw"]
    change = ChangeRequest.objects.get()
    assert post(secretary, change, "approve", {}, CHANGES).status_code == 403
    assert post(api_with("community_officer", tree.other_community), change, "approve", {}, CHANGES).status_code == 404
    assert officer.get(f"{CHANGES}{change.pk}/").json()["allowed_actions"] == ["approve", "return"]
    assert post(officer, change, "approve", {"opinion": "已核对"}, CHANGES).json()["state"] == "approved"
    assert post(officer, change, "return", {"opinion": "请补交材料"}, CHANGES).status_code == 409
    assert Person.objects.get(pk=member.person_id).name == "陈雪华"


def test_a_number_asked_for_is_shown_for_a_reason(member, officer, secretary):
    post(secretary, member, "propose", {"values": {"id_number": NUMBER}, "reason": "对照身份证"})
    change = ChangeRequest.objects.get()
    assert NUMBER not in officer.get(CHANGES).content.decode()
    answer = post(officer, change, "reveal", {"reason": "对照身份证核准"}, CHANGES)
    assert answer.json() == {"value": NUMBER} and answer["Cache-Control"] == "no-store"
    assert post(secretary, change, "reveal", {"reason": "对照身份证核准"}, CHANGES).status_code == 403


def test_a_reported_death_and_what_the_branch_may_not_ask_twice(member, secretary, officer):
    body = {"on": str(timezone.localdate()), "reason": "家属来电告知"}
    assert post(secretary, member, "propose_death", body).json()["kind"] == "death"
    assert post(secretary, member, "propose", {"values": {"name": "陈雪"}, "reason": "对照身份证"}).status_code == 409
    told = secretary.get(f"{MEMBERS}{member.pk}/").json()["allowed_actions"]
    assert told == ["correct"]
    post(officer, ChangeRequest.objects.get(), "approve", {}, CHANGES)
    assert not Membership.objects.filter(valid_to=OPEN_END).exists()


def test_a_member_reads_what_is_asked_about_himself_only(tree, member, secretary, api_with):
    other = MembershipFactory(organization=tree.branch)
    for row in (member, other):
        post(secretary, row, "propose", {"values": {"name": "陈雪"}, "reason": "对照身份证"})
    own = api_with("member", tree.branch, user__person=member.person)
    assert [each["member"] for each in own.get(CHANGES).json()["results"]] == [member.pk]
    assert own.get(MEMBERS).json()["results"][0]["allowed_actions"] == []


def test_what_waits_too_long_is_late(tree, member, secretary, actor_with):
    post(secretary, member, "propose", {"values": {"name": "陈雪"}, "reason": "对照身份证"})
    look = Look(actor_with("community_officer", tree.community).scope("members.approve"), timezone.localdate())
    finding = next(iter(waiting(look)))
    assert (finding.organization_id, finding.level, finding.figure) == (tree.branch.pk, Level.SOON, 1)
    later = Look(look.scope, timezone.localdate() + timedelta(days=30))
    assert next(iter(waiting(later))).level == Level.LATE
    stranger = actor_with("community_officer", tree.other_community).scope("members.approve")
    assert list(waiting(Look(stranger, look.day))) == []


def test_lists_cost_the_same_with_twenty(tree, secretary, officer):
    def ask(count):
        for row in MembershipFactory.create_batch(count, organization=tree.branch):
            post(secretary, row, "propose", {"values": {"note": "补记"}, "reason": "对照身份证"})

    def cost(url):
        with CaptureQueriesContext(connection) as context:
            assert officer.get(url).status_code == 200
        return len(context)

    ask(1)
    cost(CHANGES)
    ones = [cost(url) for url in (CHANGES, MEMBERS)]
    ask(19)
    assert [cost(url) for url in (CHANGES, MEMBERS)] == ones
