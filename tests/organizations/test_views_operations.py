"""Pages of the operations: who may, what is previewed, what is done after confirmation only."""

import pytest

from members.models import Membership
from organizations.models import Organization, Upgrade
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
WORDS = {"on": "2020-03-01", "reason": "工作需要", "document_no": ""}


def test_the_menu_shows_what_may_be_done(tree, client_with):
    client = client_with("street_officer", tree.street)

    html = client.get(f"/organizations/{tree.community.pk}/operations/").content.decode()

    for code in ("establish", "rename", "move", "merge", "upgrade"):
        assert f"/organizations/{tree.community.pk}/{code}/" in html
    assert f"/organizations/{tree.community.pk}/correct/" not in html
    assert f"/organizations/{tree.community.pk}/close/" not in html and "下级乙社区第一支部还在" in html


def test_a_community_officer_may_only_arrange_groups(tree, client_with):
    client = client_with("community_officer", tree.community)

    assert client.get(f"/organizations/{tree.branch.pk}/establish/").status_code == 200
    assert client.get(f"/organizations/{tree.branch.pk}/rename/").status_code == 403
    assert client.get(f"/organizations/{tree.other_branch.pk}/rename/").status_code == 404


def test_nothing_is_done_before_the_confirmation(tree, client_with):
    client, url = client_with("street_officer", tree.street), f"/organizations/{tree.branch.pk}/rename/"
    typed = WORDS | {"name": "乙社区先锋支部", "short_name": "先锋支部"}

    preview = client.post(url, typed)
    assert "乙社区第一支部更名为乙社区先锋支部" in preview.content.decode()
    tree.branch.refresh_from_db()
    assert tree.branch.name == "乙社区第一支部"

    back = client.post(url, typed | {"back": "1"})
    assert 'value="乙社区先锋支部"' in back.content.decode()

    done = client.post(url, typed | {"confirm": "1"}, follow=True)
    assert done.redirect_chain and "已更名。乙社区第一支部更名为乙社区先锋支部" in done.content.decode()
    tree.branch.refresh_from_db()
    assert tree.branch.name == "乙社区先锋支部"


def test_what_the_rules_refuse_is_said_beside_the_form(tree, client_with):
    client, url = client_with("street_officer", tree.street), f"/organizations/{tree.branch.pk}/rename/"

    response = client.post(url, WORDS | {"on": "2999-01-01", "name": "新名", "short_name": "新"})

    assert response.status_code == 422
    assert "晚于今天" in response.content.decode()


def test_establish_by_form(tree, client_with):
    client, url = client_with("street_officer", tree.street), f"/organizations/{tree.community.pk}/establish/"
    typed = WORDS | {"kind": "branch", "group_kind": "", "code": "N-1", "name": "第三支部", "short_name": "三支部"}

    assert "成立社区党支部“第三支部”" in client.post(url, typed).content.decode()
    client.post(url, typed | {"confirm": "1"})

    assert Organization.objects.get(code="N-1").parent == tree.community


def test_move_and_merge_offer_only_what_is_in_scope(tree, client_with):
    client = client_with("street_officer", tree.street)

    move = client.get(f"/organizations/{tree.branch.pk}/merge/").content.decode()

    assert "乙社区第二支部" in move and "丙社区第一支部" not in move


def test_a_merger_previews_its_members_and_carries_them(tree, client_with):
    MembershipFactory.create_batch(2, organization=tree.branch)
    client, url = client_with("street_officer", tree.street), f"/organizations/{tree.branch.pk}/merge/"
    typed = WORDS | {"target": tree.sibling.pk}

    assert "2 名党员" in client.post(url, typed).content.decode()
    assert Membership.objects.on(Membership.objects.first().valid_from).filter(organization=tree.sibling).count() == 0
    client.post(url, typed | {"confirm": "1"})

    tree.branch.refresh_from_db()
    assert not tree.branch.is_open


def test_a_split_offers_children_and_members(tree, client_with):
    member = MembershipFactory(organization=tree.area)
    client, url = client_with("street_officer", tree.street), f"/organizations/{tree.area.pk}/split/"
    html = client.get(url).content.decode()
    assert "甲社区东片区第一党小组" in html and member.person.name in html

    typed = WORDS | {"code": "N-9", "name": "南片区支部", "short_name": "南", "children": [tree.group.pk]}
    client.post(url, typed | {"confirm": "1"})

    tree.group.refresh_from_db()
    assert tree.group.parent.code == "N-9"


def test_the_county_corrects_a_period(tree, client_with):
    client, url = client_with("county_admin", tree.county), f"/organizations/{tree.branch.pk}/correct/"
    typed = {
        "name": "乙社区党支部", "short_name": "乙支部", "parent": tree.community.pk, "valid_from": "2010-05-01",
        "valid_to": "", "document_no": "", "reason": "录入有误",
    }  # fmt: skip

    assert "全称由“乙社区第一支部”改为“乙社区党支部”" in client.post(url, typed).content.decode()
    client.post(url, typed | {"confirm": "1"})

    assert Organization.objects.get(pk=tree.branch.pk).name == "乙社区党支部"
    history = client.get(f"/organizations/{tree.branch.pk}/history/").content.decode()
    assert "更正乙社区党支部的登记" in history and "录入有误" in history


def test_each_period_of_the_history_can_be_corrected_by_who_may(tree, client_with):
    period = tree.branch.periods.get()
    link = f"/organizations/{tree.branch.pk}/correct/?period={period.pk}"

    def history(role, place):
        return client_with(role, place).get(f"/organizations/{tree.branch.pk}/history/").content.decode()

    assert link in history("county_admin", tree.county)
    assert link not in history("street_officer", tree.street)
    assert client_with("county_admin", tree.county).get(link).status_code == 200


def test_closing_by_form(tree, client_with):
    client, url = client_with("street_officer", tree.street), f"/organizations/{tree.sibling.pk}/close/"

    client.post(url, WORDS | {"confirm": "1"})

    tree.sibling.refresh_from_db()
    assert not tree.sibling.is_open
    assert client.get(f"/organizations/{tree.sibling.pk}/rename/").status_code == 403


def test_a_promotion_through_its_pages(tree, client_with):
    MembershipFactory.create_batch(4, organization=tree.branch)
    MembershipFactory.create_batch(4, organization=tree.sibling)
    client, url = client_with("street_officer", tree.street), f"/organizations/{tree.community.pk}/upgrade/"

    def take(step, **typed):
        response = client.post(f"{url}{step}/", typed | {"confirm": "1"})
        assert response.status_code == 302, response.content.decode()

    assert "建议升格" in client.get(url).content.decode()
    assert client.get(f"{url}build/").status_code == 404
    take("propose", reason="片区多", despite_fewer="on", on="2026-03-01")
    assert client.get(f"{url}build/").status_code == 409
    take("approve", document_no="甲街〔2026〕9号", on="2026-03-05")
    branch, sibling = tree.branch.pk, tree.sibling.pk
    take(
        "build", name="乙社区总支部委员会", short_name="乙总支", on="2026-03-10",
        **{f"into_{sibling}": branch, f"name_{branch}": "东片区支部", f"short_{branch}": "东"},
    )  # fmt: skip
    secretary = Membership.objects.filter(organization=branch).first().person_id
    take("elect", on="2026-03-20", document_no="乙总〔2026〕1号", title_0=secretary)
    take("file", on="2026-03-25", document_no="甲街〔2026〕12号")

    assert Upgrade.objects.get().state == "filed"
    assert "已报批备案" in client.get(url).content.decode()


def test_steps_of_a_promotion_belong_to_the_street(tree, client_with):
    url = f"/organizations/{tree.community.pk}/upgrade/"
    client = client_with("community_secretary", tree.community)
    client.post(f"{url}propose/", {"reason": "片区多", "despite_fewer": "on", "on": "2026-03-01", "confirm": "1"})

    assert "等待街道办理" in client.get(url).content.decode()
    assert client.get(f"{url}approve/").status_code == 403
    assert client_with("branch_secretary", tree.sibling).get(url).status_code == 404
    assert client_with("community_officer", tree.other_community).get(url).status_code == 404


def test_the_menu_is_offered_only_where_it_offers_something(tree, client_with):
    officer = client_with("community_officer", tree.community)
    assert "办理变动" not in officer.get(f"/organizations/{tree.community.pk}/").content.decode()
    assert "办理变动" in officer.get(f"/organizations/{tree.branch.pk}/").content.decode()


def test_where_only_groups_may_stand_the_form_asks_only_which_kind_of_group(tree, client_with):
    html = client_with("community_officer", tree.community).get(f"/organizations/{tree.branch.pk}/establish/").content
    assert '<input type="hidden" name="kind" value="group"' in html.decode()
    assert "不是党小组" not in html.decode() and "楼栋" in html.decode()


def test_what_stands_against_closing_is_folded_with_its_number(tree, client_with):
    html = client_with("street_officer", tree.street).get(f"/organizations/{tree.community.pk}/operations/").content
    assert "先要办完 2 件事" in html.decode()
    assert f'<a href="/organizations/{tree.branch.pk}/operations/">去办理</a>' in html.decode()
