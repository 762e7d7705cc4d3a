"""办理变动, 登记党员 and 变更核准 by clicking: menu, forms, what stays hidden, who decides."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from linshu.people.models import Person
from members.models import ChangeRequest, Membership
from members.services.correcting import version_of
from organizations.models import OPEN_END, Post
from tests.factories import MembershipFactory, UserFactory, valid_id_number

NUMBER = valid_id_number(5, born=date(1980, 1, 1), male=False)


@pytest.fixture
def member(tree):
    return MembershipFactory(organization=tree.branch, person__name="陈华雪")


@pytest.fixture
def officer(tree, client_with):
    return client_with("community_officer", tree.community, user__full_name="专干乙")


@pytest.fixture
def secretary(tree, client_with):
    return client_with("branch_secretary", tree.branch, user__full_name="支书甲")


def url(name, row):
    return reverse(f"members:{name}", args=[row.pk])


def form_of(client, address) -> dict:
    """What a browser would send back untouched."""
    form = client.get(address).context["form"]
    return {name: field.value() for name in form.fields if (field := form[name]).value() not in (None, False)}


def test_the_menu_shows_what_the_reader_may_do_and_what_must_wait(
    tree, member, officer, secretary, client_with, page_ok
):
    html = page_ok(officer.get(url("operations", member)))
    assert "登记去世" in html and "不是流动党员，不用登记返回。" in html and "报请更正" not in html
    html = page_ok(secretary.get(url("operations", member)))
    assert "报请更正" in html and "登记去世" not in html
    html = page_ok(client_with("county_viewer", tree.county).get(url("operations", member)))
    assert "您的角色不能变动这条登记" in html
    assert "办理变动" not in page_ok(client_with("county_viewer", tree.county).get(url("detail", member)))


def test_every_page_of_the_menu_opens(tree, officer, secretary, page_ok):
    away = MembershipFactory(organization=tree.branch, mobile=True)
    for name in ("correct", "regroup", "mark_mobile", "mark_home", "record_death"):
        html = page_ok(officer.get(url(name, away)))
        assert away.person.id_number not in html and away.person.phone not in html and away.person.address not in html
        assert secretary.get(url(name, away)).status_code == (200 if name == "correct" else 403)
    for name in ("propose", "propose_death"):
        page_ok(secretary.get(url(name, away)))
        assert officer.get(url(name, away)).status_code == 403


def test_a_form_sent_back_untouched_changes_nothing(member, officer):
    before = version_of(Membership.objects.with_names().get(pk=member.pk))
    assert officer.post(url("correct", member), form_of(officer, url("correct", member))).status_code == 302
    assert version_of(Membership.objects.with_names().get(pk=member.pk)) == before


def test_a_correction_by_clicking(member, officer, page_ok):
    data = form_of(officer, url("correct", member)) | {"education": "大专", "id_number": NUMBER, "reason": "对照身份证"}
    page_ok(officer.post(url("correct", member), data, follow=True))

    person = Person.objects.get(pk=member.person_id)
    assert (person.education, person.id_number, person.sex) == ("大专", NUMBER, "2")
    assert person.phone == member.person.phone


@pytest.mark.parametrize("role", ["community_officer", "branch_secretary"])
@pytest.mark.parametrize("fact", ["phone", "address"])
def test_phone_and_address_are_taken_out_by_their_box(tree, member, client_with, page_ok, role, fact):
    client = client_with(role, tree.branch if role == "branch_secretary" else tree.community)
    data = form_of(client, url("correct", member)) | {f"clear_{fact}": "on"}
    html = page_ok(client.post(url("correct", member), data | {"phone": "19900009999", "address": "新居"}), status=422)
    assert "请只留一样" in html

    assert client.post(url("correct", member), data).status_code == 302
    person = Person.objects.get(pk=member.person_id)
    assert {name: bool(getattr(person, name)) for name in ("id_number", "phone", "address")} == {
        "id_number": True, "phone": fact != "phone", "address": fact != "address",
    }  # fmt: skip
    html = page_ok(client.get(url("correct", member)))
    assert f"clear_{fact}" not in html and "clear_id_number" not in html


def test_what_is_wrong_stands_beside_its_field_and_needs_a_reason(member, officer, page_ok):
    data = form_of(officer, url("correct", member))
    html = page_ok(officer.post(url("correct", member), data | {"phone": "123", "reason": "更正"}), status=422)
    assert "手机号应为 11 位数字" in html
    for name in ("name", "joined_on", "category"):
        page_ok(officer.post(url("correct", member), data | {name: "", "reason": "更正"}), status=422)
    html = page_ok(officer.post(url("correct", member), data | {"name": "陈雪"}), status=422)
    assert "请写明更正的原因" in html


def test_the_second_officer_sees_what_changed_and_may_send_again(member, officer, page_ok):
    data = form_of(officer, url("correct", member))
    Person.objects.filter(pk=member.person_id).update(education="初中")
    response = officer.post(url("correct", member), data | {"education": "大专"})
    html = page_ok(response, status=422)
    assert "有人改了陈华雪的登记" in html and "现在登记的是 初中。" in html

    again = {name: response.context["form"][name].value() for name in ("version", "education")}
    assert officer.post(url("correct", member), data | again).status_code == 302
    assert Person.objects.get(pk=member.person_id).education == "大专"


def test_a_death_ends_what_he_held_and_names_his_account(tree, member, officer, client_with, page_ok):
    Post.objects.create(organization=tree.branch, person=member.person, title="书记", valid_from=date(2020, 1, 1))
    UserFactory(username="chx", person=member.person)
    assert "乙社区第一支部书记同日终止" in page_ok(officer.get(url("record_death", member)))
    today = timezone.localdate()
    html = page_ok(officer.post(url("record_death", member), {"on": today.isoformat()}, follow=True))

    assert "账号 chx" in html and "已去世" in html and member.person.phone_masked not in html
    assert "已去世" in page_ok(officer.get(reverse("members:list"), {"as_of": (today - timedelta(days=1)).isoformat()}))
    refused = officer.get(url("record_death", member))
    assert refused.status_code == 409 and "这一段登记已经结束" in refused.content.decode()
    admin = client_with("county_admin", tree.county)
    page_ok(admin.get(url("undo_death", member)))
    admin.post(url("undo_death", member), {"reason": "登记错了人"})
    assert Membership.objects.get(pk=member.pk).valid_to == OPEN_END


def test_mobile_home_and_another_group(tree, client_with, page_ok):
    member = MembershipFactory(organization=tree.area)
    client, today = client_with("community_officer", tree.general), timezone.localdate().isoformat()
    client.post(url("mark_mobile", member), {"destination": "上海市松江区", "on": today})
    row = Membership.objects.get(person=member.person, valid_to=OPEN_END)
    assert row.is_mobile
    client.post(url("mark_home", row), {"on": today})
    page_ok(client.post(url("regroup", row), {"place": tree.group.pk, "on": today}, follow=True))
    row.refresh_from_db()
    assert (row.is_mobile, row.organization) == (False, tree.group)


def test_a_person_is_registered_with_the_number_first(tree, officer, page_ok):
    address = f"{reverse('members:new')}?organization={tree.branch.pk}"
    assert "登记党员" in page_ok(officer.get(reverse("organizations:node", args=[tree.branch.pk]), {"cards": "1"}))
    page_ok(officer.get(address))
    html = page_ok(officer.post(address, {"id_number": NUMBER, "check": "1"}))
    assert "女，1980年1月1日出生" in html and NUMBER in html and "入党日期" in html
    assert "校验码不对" in page_ok(officer.post(address, {"id_number": NUMBER[:-1] + "0", "check": "1"}), status=422)
    data = {
        "id_number": NUMBER, "name": "陈新来", "place": tree.branch.pk, "category": "full", "joined_on": "2012-07-01",
        "full_on": "2013-07-01",
    }  # fmt: skip
    page_ok(officer.post(address, data, follow=True))
    assert Membership.objects.get().person.name == "陈新来"

    html = page_ok(officer.post(address, {"id_number": NUMBER, "check": "1"}))
    assert "这个证号已有登记" in html
    assert "不能再登记一次" in page_ok(officer.post(address, data), status=422)


def test_what_should_be_looked_at_is_ticked_before_it_is_written_and_told_ever_after(tree, officer, page_ok):
    address = f"{reverse('members:new')}?organization={tree.branch.pk}"
    data = {
        "id_number": NUMBER, "name": "陈新来", "place": tree.branch.pk, "category": "full", "joined_on": "1997-07-01",
        "full_on": "1999-01-01",
    }  # fmt: skip
    asked = officer.post(address, {"id_number": NUMBER, "check": "1"})
    assert "已核实" not in page_ok(asked)
    html = page_ok(officer.post(address, data), status=422)
    assert "入党时不满 18 岁" in html and "按延长过预备期登记" in html and 'type="checkbox" name="verified"' in html
    assert not Membership.objects.exists()
    again = officer.post(address, data | {"verified": "on", "name": ""})
    assert "checked" not in page_ok(again, status=422)

    html = page_ok(officer.post(address, data | {"verified": "on"}, follow=True))
    assert "请核实：入党时不满 18 岁" in html
    row = Membership.objects.get()
    data = form_of(officer, url("correct", row)) | {"education": "大专"}
    assert officer.post(url("correct", row), data).status_code == 302
    data = form_of(officer, url("correct", row)) | {"full_on": "1999-02-01", "reason": "对照档案"}
    html = page_ok(officer.post(url("correct", row), data), status=422)
    assert "按延长过预备期登记" in html


def test_who_approves_is_told_what_should_be_looked_at(member, officer, secretary, page_ok):
    data = form_of(secretary, url("propose", member)) | {"full_on": "2014-03-01", "reason": "对照支部大会决议"}
    page_ok(secretary.post(url("propose", member), data), status=422)
    assert secretary.post(url("propose", member), data | {"verified": "on"}).status_code == 302
    assert "按延长过预备期登记" in page_ok(officer.get(url("change", ChangeRequest.objects.get())))


def test_registering_is_for_who_keeps_the_register(tree, secretary, officer, client_with):
    assert secretary.get(reverse("members:new")).status_code == 403
    assert officer.get(f"{reverse('members:new')}?organization={tree.other_branch.pk}").status_code == 404
    assert client_with("county_viewer", tree.county).get(reverse("members:new")).status_code == 403


def test_a_far_member_is_told_in_one_sentence(tree, officer, page_ok):
    far = MembershipFactory(organization=tree.other_branch, person__name="李远处")
    html = page_ok(officer.post(reverse("members:new"), {"id_number": far.person.id_number, "check": "1"}), 422)
    assert "该人已在其他组织登记，请走组织关系转接。" in html and "李远处" not in html


def test_a_request_from_the_branch_to_the_community(member, officer, secretary, page_ok):
    data = form_of(secretary, url("propose", member)) | {
        "name": "陈雪华",
        "id_number": NUMBER,
        "reason": "对照身份证更正",
    }
    page_ok(secretary.post(url("propose", member), data, follow=True))
    change = ChangeRequest.objects.get()
    assert "陈华雪" in page_ok(secretary.get(reverse("members:changes-mine")))
    assert "待核准" in page_ok(secretary.get(url("detail", member)))
    assert "已有一件变更申请待核准" in page_ok(secretary.get(url("operations", member)))
    assert secretary.get(url("propose", member)).status_code == 409

    assert page_ok(officer.get(reverse("members:changes-count"))).startswith("1<")
    assert "核准党员信息变更" in page_ok(officer.get("/"))
    html = page_ok(officer.get(url("change", change)))
    assert "陈雪华" in html and NUMBER not in html and "退回" in html
    html = page_ok(officer.post(url("reveal-change", change), {"reason": "对照身份证核准"}))
    assert NUMBER in html
    page_ok(officer.post(url("change", change), {"return": "1", "opinion": ""}), status=422)
    page_ok(officer.post(url("change", change), {"approve": "1", "opinion": "已核对"}, follow=True))
    assert Person.objects.get(pk=member.person_id).name == "陈雪华"
    assert officer.get(url("reveal-change", change)).status_code == 403


def test_who_asked_takes_back_and_nobody_else_decides(tree, member, officer, secretary, client_with, page_ok):
    secretary.post(url("propose_death", member), {"on": timezone.localdate().isoformat(), "reason": "家属来电告知"})
    change = ChangeRequest.objects.get()
    html = page_ok(secretary.get(url("change", change)))
    assert "撤回申请" in html and "核准后立即写入名册" not in html
    assert secretary.post(url("change", change), {"approve": "1"}).status_code == 403
    assert "不再是在册党员" in page_ok(officer.get(url("change", change)))
    assert officer.post(url("withdraw-change", change)).status_code == 403
    stranger = client_with("community_officer", tree.other_community)
    assert stranger.get(url("change", change)).status_code == 404
    secretary.post(url("withdraw-change", change))
    change.refresh_from_db()
    assert change.state == "withdrawn"


def test_the_list_costs_the_same_with_twenty(tree, officer, actor_with, now):
    from members.services.requests import submit_death

    by = actor_with("branch_secretary", tree.branch)

    def ask(count):
        for row in MembershipFactory.create_batch(count, organization=tree.branch):
            submit_death(membership=row, on=date(2026, 11, 20), reason="家属来电告知", by=by, now=now)

    def cost():
        with CaptureQueriesContext(connection) as context:
            assert officer.get(reverse("members:changes")).status_code == 200
        return len(context)

    ask(1)
    officer.get(reverse("members:changes"))
    one = cost()
    ask(18)
    assert cost() == one
