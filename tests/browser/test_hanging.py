"""The pages of posts, bodies and grids, looked at at two widths."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from linshu.scope import SYSTEM
from organizations.rules.bodies import BodyKind
from organizations.services import bodies, grids, leads, posts, seats, terms
from tests.factories import MembershipFactory, PersonFactory

ON = date(2025, 6, 1)
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def furnished(tree):
    """The community with a lead, posts, a term, both committees with a conflict, and two grids."""
    act = {"by": SYSTEM, "now": NOW}
    leads.appoint_lead(community=tree.community, branch=tree.branch, document_no="甲街〔2025〕5号", on=ON, **act)
    for name, title in (("王一", "书记"), ("李二", "组织委员"), ("孙五", "宣传委员")):
        person = MembershipFactory(organization=tree.branch, person__name=name).person
        posts.appoint(organization=tree.branch, person=person, title=title, on=ON, document_no="甲街〔2025〕3号", **act)
    terms.start_term(organization=tree.branch, on=date(2021, 12, 10), **act)
    committee = bodies.establish_body(community=tree.community, kind=BodyKind.RESIDENTS_COMMITTEE, on=ON, **act)
    first, second = (
        seats.seat(body=committee, person=PersonFactory(name=name, sex=sex), title=title, on=ON, **act)
        for name, sex, title in (("赵三", "1", "主任"), ("钱四", "2", "委员"))
    )
    seats.declare_kinship(seat=first, relations={second.person_id: "spouse"}, **act)
    for number, party in (("01", tree.branch), ("02", None)):
        data = grids.GridData(
            number, "东至振兴路，西至沭河，南至兴大街，北至滨河路", 320, "1 至 8 号楼", party_organization=party
        )
        grids.create_grid(community=tree.community, data=data, on=ON, **act)
    return committee, first


def test_every_page_of_what_hangs_on_a_community(tree, furnished, client_with, open_page, screens):
    committee, seat = furnished
    street = client_with("street_officer", tree.street)
    home, branch = f"/organizations/{tree.community.pk}/", f"/organizations/{tree.branch.pk}/"
    body = f"{home}bodies/{committee.pk}/"
    pages = {
        "node-cards": home,
        "posts": f"{branch}posts/",
        "appoint": f"{branch}posts/appoint/",
        "lead": f"{home}posts/",
        "bodies": f"{home}bodies/",
        "body": body,
        "seat": f"{body}seat/",
        "kinship": f"{body}seats/{seat.pk}/declare-kinship/",
        "grids": f"{home}grids/",
        "grid-list": "/grids/",
        "grid-form": f"{home}grids/create/",
    }
    for name, path in pages.items():
        screens(open_page(path, street), name)


def test_an_error_is_summed_up_and_what_was_typed_is_kept(tree, furnished, client_with, open_page, screens):
    page = open_page(f"/organizations/{tree.community.pk}/grids/create/", client_with("street_officer", tree.street))
    page.fill("[name=number]", "01")
    page.fill("[name=bounds]", "东至振兴路")
    page.fill("[name=households]", "320")
    page.fill("[name=on]", "2026-06-01")
    page.click("main button.btn-primary")
    assert "本社区已有 01 号网格" in page.inner_text("main [role=alert]")
    assert page.input_value("[name=bounds]") == "东至振兴路"
    screens(page, "grid-form-error")
