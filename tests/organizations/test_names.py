"""Names are kept tidy, whichever door they come through: what cannot be seen makes no second name."""

from datetime import date

import pytest
from django.utils import timezone

from linshu.errors import Invalid
from linshu.people.models import User
from linshu.people.services.accounts import create_account
from linshu.scope import SYSTEM
from members.models import Membership
from members.services.correcting import correct as correct_member
from members.services.registering import register_member
from organizations.models import Organization
from organizations.rules.bodies import BodyKind
from organizations.rules.kinds import Kind
from organizations.services import operations
from organizations.services.bodies import establish_body
from organizations.services.changes import NodeData
from organizations.services.residents import Resident, seat_resident
from tests.factories import valid_id_number

WORDS = {"on": date(2020, 3, 1), "reason": "工作需要"}
ZERO = "\u200b"


def test_a_renamed_node(tree):
    names = {"name": f"乙社区{ZERO}第三支部", "short_name": f"\ufeff第　三支部{ZERO}"}
    operations.rename(node=tree.branch, **names, **WORDS, by=SYSTEM, now=timezone.now())
    node = Organization.objects.get(pk=tree.branch.pk)
    assert (node.name, node.short_name) == ("乙社区第三支部", "第 三支部")


def test_a_rename_that_nobody_can_see_is_none(tree):
    names = {"name": tree.branch.name + ZERO, "short_name": tree.branch.short_name}
    with pytest.raises(Invalid, match="相同"):
        operations.rename(node=tree.branch, **names, **WORDS, by=SYSTEM, now=timezone.now())


def test_an_established_node(tree):
    data = NodeData("N-1", f"第三{ZERO}支部", f"三{ZERO}", Kind.BRANCH)
    node = operations.establish(parent=tree.community, data=data, **WORDS, by=SYSTEM, now=timezone.now())
    assert (node.name, node.short_name) == ("第三支部", "三")


@pytest.mark.parametrize("door", ["page", "api"])
def test_nothing_but_the_invisible_is_no_name(tree, client_with, door):
    client = client_with("county_admin", tree.county)
    body = {"name": ZERO * 3, "short_name": "三", "on": "2020-03-01", "reason": "工作需要"}
    if door == "page":
        answer = client.post(f"/organizations/{tree.branch.pk}/rename/", body | {"confirm": "1"})
        assert "请填写全称。" in answer.content.decode()
    else:
        url = f"/api/v1/organizations/{tree.branch.pk}/rename/"
        answer = client.post(url, body, content_type="application/json")
        assert [each["field"] for each in answer.json()["details"]] == ["name"]
    assert answer.status_code == 422


def test_a_resident_on_a_seat_is_the_person_of_that_name(tree):
    now = timezone.now()
    number = valid_id_number(7)
    seats = []
    for kind, name in ((BodyKind.RESIDENTS_COMMITTEE, f"赵{ZERO}三"), (BodyKind.CONSULTATIVE, "赵 三")):
        body = establish_body(community=tree.community, kind=kind, on=date(2021, 1, 1), by=SYSTEM, now=now)
        who = Resident(name, "1", date(1980, 1, 1), number)
        seats.append(seat_resident(body=body, resident=who, title="委员", on=date(2021, 1, 1), by=SYSTEM, now=now))
    assert seats[0].person == seats[1].person
    assert seats[0].person.name == "赵三"


def test_a_registered_and_a_corrected_member(tree):
    now = timezone.now()
    values = {
        "id_number": valid_id_number(5), "name": f"陈{ZERO}新来", "category": "full", "joined_on": date(2012, 7, 1),
        "full_on": date(2013, 7, 1), "phone": "19900000001", "address": f"临沭县{ZERO}滨海路1号",
    }  # fmt: skip
    row = register_member(organization=tree.branch, values=values, starts=None, by=SYSTEM, now=now)
    assert (row.person.name, row.person.address) == ("陈新来", "临沭县滨海路1号")
    correct_member(membership=row, values={"name": f"陈　新{ZERO}到"}, reason="证件核对", by=SYSTEM, now=now)
    assert Membership.objects.get(pk=row.pk).person.name == "陈新到"


def test_the_holder_of_an_account(db):
    create_account(full_name=f"王{ZERO} 文书", username="wang", by=SYSTEM, now=timezone.now())
    assert User.objects.get(username="wang").full_name == "王文书"
