"""The page of a member, and the number behind the mask."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from linshu.audit.models import Event
from linshu.errors import Conflict
from linshu.parameters.models import Parameter
from linshu.scope import SYSTEM
from members.services.deaths import record_death
from members.services.mobility import mark_mobile
from members.services.revealing import reveal
from organizations.models import Post
from tests.factories import MembershipFactory


@pytest.fixture
def member(tree):
    return MembershipFactory(organization=tree.group, person__name="陈华雪")


def url(name, member):
    return reverse(f"members:{name}", args=[member.pk])


def test_the_page_tells_who_where_and_what_masked(tree, member, client_with, page_ok):
    Post.objects.create(organization=tree.area, person=member.person, title="书记", valid_from=date(2020, 1, 1))
    html = page_ok(client_with("branch_secretary", tree.area).get(url("detail", member)))

    assert "陈华雪" in html and "书记" in html and tree.group.name in html
    assert member.person.id_number_masked in html and member.person.phone_masked in html
    assert member.person.id_number not in html and member.person.phone not in html
    assert "查看完整信息" not in html


def test_a_stranger_gets_404_and_a_colleague_without_the_right_403(tree, member, client_with):
    assert client_with("branch_secretary", tree.branch).get(url("detail", member)).status_code == 404
    assert client_with("supervisor", tree.general).get(url("detail", member)).status_code == 403


def test_a_member_sees_himself_and_nobody_else(tree, member, client_with, page_ok):
    other = MembershipFactory(organization=tree.group)
    client = client_with("member", tree.group, user__person=member.person)

    page_ok(client.get(url("detail", member)))
    assert client.get(url("detail", other)).status_code == 404


def test_who_left_is_a_name_with_dates(tree, member, client_with, page_ok):
    today = timezone.localdate()
    type(member).objects.filter(pk=member.pk).update(valid_to=today)
    MembershipFactory(person=member.person, organization=tree.branch, valid_from=today)
    html = page_ok(client_with("branch_secretary", tree.area).get(url("detail", member)))

    assert "组织关系已转出" in html
    assert member.person.phone_masked not in html and "出生日期" not in html


def test_who_died_keeps_all_of_his_history_and_who_left_what_was_here(tree, member, client_with, page_ok, now):
    branch = Post.objects.create(
        organization=tree.area, person=member.person, title="书记", valid_from=date(2020, 1, 1)
    )
    Post.objects.create(organization=tree.street, person=member.person, title="委员", valid_from=date(2021, 1, 1))
    reader = client_with("branch_secretary", tree.area)
    today = timezone.localdate()
    died = record_death(membership=member, on=today, by=SYSTEM, now=timezone.now())
    html = page_ok(reader.get(url("detail", died.membership)))
    assert f"{tree.area.short_name}书记" in html and f"{tree.street.short_name}委员" in html
    assert "终止" in html and "组织关系" in html and "变更记录" in html
    told = reader.get(f"/api/v1/members/{member.pk}/history/").json()
    assert {each["title"] for each in told["posts"]} == {"书记", "委员"} and told["events"][0]["sentence"]

    type(member.person).objects.filter(pk=member.person_id).update(died_on=None)
    MembershipFactory(person=member.person, organization=tree.branch, valid_from=today)
    html = page_ok(reader.get(url("detail", member)))
    assert f"{branch.organization.short_name}书记" in html and f"<b>{tree.street.short_name}委员" not in html
    assert tree.branch.short_name not in html
    told = reader.get(f"/api/v1/members/{member.pk}/history/").json()
    assert [each["id"] for each in told["periods"]] == [member.pk] and len(told["posts"]) == 1


def test_what_a_death_has_voided_stays_in_the_history(tree, member, client_with, page_ok, now):
    day = timezone.localdate()
    mark_mobile(membership=member, destination="上海市松江区", on=day, by=SYSTEM, now=timezone.now())
    away = type(member).objects.get(person=member.person, is_mobile=True)
    died = record_death(membership=away, on=day - timedelta(days=1), by=SYSTEM, now=timezone.now())
    html = page_ok(client_with("branch_secretary", tree.area).get(url("detail", died.membership)))
    assert "登记为流动党员，流向上海市松江区" in html


def test_an_earlier_period_points_to_the_present_one(tree, member, client_with, page_ok):
    yesterday = timezone.localdate() - timedelta(days=1)
    type(member).objects.filter(pk=member.pk).update(valid_to=yesterday)
    now = MembershipFactory(person=member.person, organization=tree.area, valid_from=yesterday)

    assert url("detail", now) in page_ok(client_with("branch_secretary", tree.area).get(url("detail", member)))


def test_the_number_is_shown_once_for_a_reason_and_leaves_a_trace(tree, member, client_with, page_ok):
    client = client_with("community_officer", tree.general)
    assert url("reveal", member) in page_ok(client.get(url("detail", member)))

    asked = client.get(url("reveal", member))
    assert member.person.id_number not in page_ok(asked)
    refused = client.post(url("reveal", member), {"field": "id_number", "reason": " "})
    assert member.person.id_number not in page_ok(refused, 422)
    shown = client.post(url("reveal", member), {"field": "id_number", "reason": "核对组织关系介绍信"})

    assert member.person.id_number in page_ok(shown)
    assert "no-store" in shown["Cache-Control"]
    event = Event.objects.get(type="members.revealed")
    assert event.reason == "核对组织关系介绍信" and event.organization_id == tree.group.pk
    assert member.person.id_number not in str(event.data)


@pytest.mark.parametrize("field", ["phone", "address"])
def test_phone_and_address_are_shown_each_for_its_own_reason(tree, member, client_with, page_ok, field):
    client = client_with("community_officer", tree.general)
    html = page_ok(client.post(url("reveal", member), {"field": field, "reason": "通知参加组织生活会"}))

    assert getattr(member.person, field) in html
    assert member.person.id_number not in html
    assert Event.objects.get(type="members.revealed").data["field"] in {"联系电话", "现居住地"}


def test_without_the_right_the_number_stays_behind_the_mask(tree, member, client_with):
    for role, place, status in (
        ("branch_secretary", tree.area, 403),
        ("county_viewer", tree.county, 403),
        ("supervisor", tree.general, 403),
        ("community_officer", tree.community, 404),
        ("security_auditor", tree.county, 403),
    ):
        answer = client_with(role, place).post(url("reveal", member), {"field": "id_number", "reason": "核对介绍信"})
        assert answer.status_code == status, role
    assert not Event.objects.filter(type="members.revealed").exists()


def test_the_number_of_who_left_is_not_shown_by_the_old_branch(tree, member, client_with):
    today = timezone.localdate()
    type(member).objects.filter(pk=member.pk).update(valid_to=today)
    MembershipFactory(person=member.person, organization=tree.branch, valid_from=today)

    answer = client_with("community_officer", tree.general).post(
        url("reveal", member), {"field": "id_number", "reason": "核对介绍信"}
    )
    assert answer.status_code == 403


def test_nobody_reads_out_a_register_one_by_one(tree, member, actor_with):
    now, actor = timezone.now(), actor_with("county_admin", tree.county)
    Parameter.objects.filter(code="REVEALS_PER_DAY").update(value="2")
    asked = {"membership": member, "field": "phone", "reason": "通知参加组织生活会", "by": actor}
    yesterday = now - timedelta(days=1)
    for moment in (yesterday, now, now):
        reveal(**asked, now=moment)

    with pytest.raises(Conflict, match="已满 2 次"):
        reveal(**asked, now=now)
    assert reveal(**asked | {"by": actor_with("county_admin", tree.county)}, now=now) == member.person.phone
    assert Event.objects.filter(type="members.revealed").count() == 4
