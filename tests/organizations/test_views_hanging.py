"""Pages of posts, bodies and grids: who sees which buttons, what a form does, what a stranger gets."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linshu.scope import SYSTEM
from organizations.models import Body, Grid, LeadAppointment, Post, Seat, Term
from organizations.rules.bodies import BodyKind
from organizations.services import bodies, grids, posts, seats
from tests.factories import PersonFactory

ON = date(2025, 6, 1)


def url(name, *args):
    return reverse(f"organizations:{name}", args=args)


@pytest.fixture
def officer(tree, client_with):
    return client_with("community_officer", tree.community)


@pytest.fixture
def street(tree, client_with):
    return client_with("street_officer", tree.street)


@pytest.fixture
def committee(tree, now):
    return bodies.establish_body(community=tree.community, kind=BodyKind.RESIDENTS_COMMITTEE, on=ON, by=SYSTEM, now=now)


def text(response):
    return response.content.decode()


def test_appoint_from_the_list_of_members(tree, officer, full_member):
    person = full_member(tree.branch, "王一")
    page = officer.get(url("appoint", tree.branch.pk))
    assert "王一（" in text(page)
    fields = {"person": person.pk, "title": "书记", "on": "2025-06-01", "document_no": "甲街3号"}
    answer = officer.post(url("appoint", tree.branch.pk), fields, follow=True)
    assert answer.redirect_chain == [(url("posts", tree.branch.pk), 302)]
    assert "已任命王一" in text(answer)
    assert "2025年6月1日" in text(answer)


def test_a_refused_appointment_keeps_what_was_typed(tree, officer, full_member):
    person = full_member(tree.branch, "王一")
    fields = {"person": person.pk, "title": "书记", "on": "2099-01-01", "document_no": "甲街3号"}
    answer = officer.post(url("appoint", tree.branch.pk), fields)
    assert answer.status_code == 422
    assert "晚于今天" in text(answer)
    assert "甲街3号" in text(answer)
    assert not Post.objects.exists()


def test_a_name_finds_the_candidate(tree, officer, full_member):
    full_member(tree.branch, "王一")
    full_member(tree.branch, "李二")
    page = text(officer.get(url("appoint", tree.branch.pk) + "?q=王"))
    assert "王一（" in page
    assert "李二（" not in page


def test_relieve_and_correct(tree, officer, full_member, now):
    post = posts.appoint(
        organization=tree.branch, person=full_member(tree.branch, "王一"), title="书记", on=ON, by=SYSTEM, now=now
    )
    fields = {"title": "副书记", "valid_from": "2025-05-01", "document_no": "", "reason": "登记错误"}
    assert officer.post(url("correct-post", tree.branch.pk, post.pk), fields).status_code == 302
    fields = {"on": "2026-01-01", "reason": "调离"}
    assert officer.post(url("relieve", tree.branch.pk, post.pk), fields).status_code == 302
    post.refresh_from_db()
    assert (post.title, post.valid_to) == ("副书记", date(2026, 1, 1))
    assert "调离" in text(officer.get(url("posts", tree.branch.pk)))


def test_terms_and_the_lead_are_registered(tree, officer, street):
    assert officer.post(url("start-term", tree.branch.pk), {"on": "2021-12-10"}).status_code == 302
    term = Term.objects.get()
    extension = {"to": "2027-06-01", "document_no": "甲街8号"}
    assert officer.post(url("extend-term", tree.branch.pk, term.pk), extension).status_code == 403
    assert street.post(url("extend-term", tree.branch.pk, term.pk), extension).status_code == 302
    lead = {"branch": tree.branch.pk, "on": "2025-06-01", "document_no": "甲街5号"}
    assert officer.post(url("lead", tree.community.pk), lead).status_code == 403
    assert street.post(url("lead", tree.community.pk), lead).status_code == 302
    row = LeadAppointment.objects.get()
    assert "乙社区第一支部" in text(officer.get(url("posts", tree.community.pk)))
    end = {"on": "2026-01-01", "reason": "另行指定"}
    assert street.post(url("end-lead", tree.community.pk, row.pk), end).status_code == 302
    assert "没有牵头党组织" in text(officer.get(url("posts", tree.community.pk)))


def test_a_body_from_establishment_to_its_end(tree, officer):
    fields = {"kind": "residents_committee", "on": "2025-06-01", "document_no": ""}
    assert officer.post(url("establish-body", tree.community.pk), fields).status_code == 302
    body = Body.objects.get()
    fields = {"person": "", "name": "赵三", "sex": "1", "birth_date": "1980-01-01", "title": "主任", "on": "2025-06-01"}
    assert officer.post(url("seat", tree.community.pk, body.pk), fields).status_code == 302
    page = text(officer.get(url("body", tree.community.pk, body.pk)))
    assert "赵三" in page
    assert "未申报" in page
    assert officer.post(url("begin-body-term", tree.community.pk, body.pk), {"on": "2026-06-01"}).status_code == 302
    assert "换届" in text(officer.get(url("body", tree.community.pk, body.pk)))
    end = {"on": "2026-07-01", "reason": "社区撤并"}
    assert officer.post(url("dissolve-body", tree.community.pk, body.pk), end).status_code == 302
    assert "已撤销" in text(officer.get(url("bodies", tree.community.pk)))


def test_a_seat_needs_somebody(tree, officer, committee):
    answer = officer.post(url("seat", tree.community.pk, committee.pk), {"title": "主任", "on": "2025-06-01"})
    assert answer.status_code == 422
    assert "请填姓名" in text(answer) or "请填居民姓名" in text(answer)


def test_declaring_relatives_shows_the_conflict_by_name_only_to_who_may_know(
    tree, officer, committee, now, client_with
):
    first, second = (
        seats.seat(body=committee, person=PersonFactory(name=name), title="委员", on=ON, by=SYSTEM, now=now)
        for name in ("赵三", "钱四")
    )
    place = url("declare-kinship", tree.community.pk, committee.pk, first.pk)
    assert officer.post(place, {f"person_{second.person_id}": ""}).status_code == 422
    assert officer.post(place, {f"person_{second.person_id}": "spouse"}).status_code == 302
    page = url("body", tree.community.pk, committee.pk)
    assert "冲突" in text(officer.get(page))
    assert "（与钱四）" in text(officer.get(page))
    supervisor = client_with("supervisor", tree.community)
    assert "冲突" in text(supervisor.get(page))
    assert "（与钱四）" not in text(supervisor.get(page))
    assert supervisor.get(place).status_code == 403


def test_a_seat_is_left(tree, officer, committee, now):
    row = seats.seat(body=committee, person=PersonFactory(), title="委员", on=ON, by=SYSTEM, now=now)
    place = url("leave", tree.community.pk, committee.pk, row.pk)
    assert officer.post(place, {"on": "2026-01-01", "reason": "迁出"}).status_code == 302
    assert Seat.objects.get().valid_to == date(2026, 1, 1)


def test_a_grid_is_drawn_changed_found_and_closed(tree, officer):
    fields = {"number": "01", "bounds": "东至振兴路", "households": 320, "on": "2025-06-01"}
    assert officer.post(url("create-grid", tree.community.pk), fields).status_code == 302
    grid = Grid.objects.get()
    assert "缺所属支部或党小组" in text(officer.get(url("grids", tree.community.pk)))
    assert "东至振兴路" in text(officer.get(url("grid-list") + "?state=gap&q=振兴"))
    assert "东至振兴路" not in text(officer.get(url("grid-list") + "?state=covered"))
    fields["party_organization"] = tree.branch.pk
    assert officer.post(url("change-grid", tree.community.pk, grid.pk), fields).status_code == 302
    assert "东至振兴路" in text(officer.get(url("grid-list") + "?state=covered"))
    end = {"on": "2026-01-01", "reason": "并入"}
    assert officer.post(url("close-grid", tree.community.pk, grid.pk), end).status_code == 302
    assert "已撤销" in text(officer.get(url("grids", tree.community.pk)))


PAGES = ["posts", "bodies", "grids"]
FORMS = ["appoint", "start-term", "establish-body", "create-grid"]


@pytest.mark.parametrize("name", PAGES)
def test_readers_see_no_buttons(tree, client_with, name):
    reader = client_with("supervisor", tree.community)
    page = text(reader.get(url(name, tree.community.pk)))
    assert "btn-primary" not in page.split("<main")[1]


@pytest.mark.parametrize("name", FORMS)
def test_forms_need_the_right(tree, client_with, name):
    assert client_with("supervisor", tree.community).get(url(name, tree.community.pk)).status_code == 403


@pytest.mark.parametrize("name", [*PAGES, *FORMS, "lead"])
def test_a_stranger_finds_nothing(tree, client_with, name):
    stranger = client_with("street_officer", tree.other_street)
    assert stranger.get(url(name, tree.community.pk)).status_code == 404


def test_the_node_page_carries_the_cards(tree, officer, committee):
    page = text(officer.get(url("node", tree.community.pk), {"cards": "1"}))
    for heading in ("班子与职务", "社区机构", "网格"):
        assert f">{heading}</h2>" in page


@pytest.mark.parametrize("name", ["grids", "grid-list", "body"])
def test_lists_cost_the_same_with_one_and_twenty_rows(tree, officer, committee, now, name):
    args = {"grids": [tree.community.pk], "grid-list": [], "body": [tree.community.pk, committee.pk]}[name]

    def add(number):
        seats.seat(body=committee, person=PersonFactory(), title="委员", on=ON, by=SYSTEM, now=now)
        data = grids.GridData(f"{number:02}", "东至振兴路", 320, party_organization=tree.branch)
        grids.create_grid(community=tree.community, data=data, on=ON, by=SYSTEM, now=now)

    officer.get("/grids/")  # the first page of a session costs more
    counts = []
    for numbers in (range(1, 2), range(2, 21)):
        for number in numbers:
            add(number)
        with CaptureQueriesContext(connection) as queries:
            assert officer.get(url(name, *args)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
