"""Many nodes at once: any order in, all or none, sound numbers."""

from datetime import date

import pytest
from django.utils import timezone

from linshu.audit.models import Event
from linshu.errors import Conflict, Invalid, NotPermitted
from linshu.scope import SYSTEM
from organizations.models import Organization, OrganizationPeriod
from organizations.rules.kinds import Kind
from organizations.services import founding
from organizations.services.changes import NodeData
from organizations.services.founding import NewNode, establish_many
from organizations.tree import check

DAY = date(2011, 6, 18)
COUNTY = ("Z", "", Kind.COUNTY)
STREET = ("Z-1", "Z", Kind.STREET)
COMMUNITY = ("Z-1-1", "Z-1", Kind.COMMUNITY)


def new(code: str, parent: str, kind: Kind, *, on: date = DAY) -> NewNode:
    group_kind = "area" if kind == Kind.GROUP else ""
    return NewNode(NodeData(code, f"组织{code}", code, kind, group_kind), parent, on)


def found(*rows, by=SYSTEM):
    return establish_many(nodes=[new(*row) for row in rows], reason="导入名册", by=by, now=timezone.now())


def test_a_county_comes_in_any_order(db):
    made = found(COMMUNITY, STREET, COUNTY, ("Z-1-1-1", "Z-1-1", Kind.BRANCH))

    levels = dict(Organization.objects.filter(pk__in=made.values()).values_list("code", "level"))
    assert levels == {"Z": 0, "Z-1": 1, "Z-1-1": 2, "Z-1-1-1": 3}
    assert Event.objects.filter(type="organizations.established").count() == 4
    assert check() == []


def test_a_batch_joins_what_stands(tree, actor_with):
    officer = actor_with("street_officer", tree.street)

    made = found(("N-1", tree.community.code, Kind.BRANCH), ("N-0", "N-1", Kind.GROUP), by=officer)

    assert Organization.objects.get(pk=made["N-1"]).parent == tree.community
    assert check() == []


def test_a_batch_needs_the_right_where_it_meets_the_tree(tree, actor_with):
    with pytest.raises(NotPermitted):
        found(("N-1", tree.other_community.code, Kind.BRANCH), by=actor_with("street_officer", tree.street))


@pytest.mark.parametrize(
    ("rows", "code", "message"),
    [
        ([COUNTY, ("A", "B", Kind.STREET), ("B", "A", Kind.STREET)], "A", "它自己或它的下级"),
        ([COUNTY, ("A", "X", Kind.STREET)], "A", "上级编码 X 不存在"),
        ([COUNTY, STREET, STREET], "Z-1", "不止一次"),
        ([COUNTY, STREET, COMMUNITY, ("B", "Z-1-1", Kind.BRANCH), ("C", "B", Kind.BRANCH)], "C", "不能设在"),
    ],
)
def test_a_broken_batch_is_refused_by_code_and_nothing_is_written(db, rows, code, message):
    with pytest.raises(Invalid) as error:
        found(*rows)

    assert any(problem.field == code and message in problem.message for problem in error.value.problems)
    assert not Organization.objects.exists()


def test_a_code_that_stands_already_is_refused(tree):
    with pytest.raises(Conflict, match="已被使用"):
        found((tree.branch.code, tree.community.code, Kind.BRANCH))


def test_the_number_of_statements_does_not_grow_with_the_batch(db, django_assert_max_num_queries):
    rows = [COUNTY, STREET, COMMUNITY, *[(f"Z-1-1-{n}", "Z-1-1", Kind.BRANCH) for n in range(60)]]

    with django_assert_max_num_queries(20):
        found(*rows)


def test_batches_are_written_like_one(db, monkeypatch):
    monkeypatch.setattr(founding, "BATCH", 2)
    rows = [*[(f"Z-1-1-{n}", "Z-1-1", Kind.BRANCH) for n in range(5)], COMMUNITY, STREET, COUNTY]

    made = found(*rows)

    assert check() == []
    periods = OrganizationPeriod.objects.filter(organization__in=made.values(), parent=made["Z-1-1"])
    assert periods.count() == 5
    events = Event.objects.filter(type="organizations.established", organization_id__in=made.values())
    assert events.count() == len(rows)
    assert events.get(organization_id=made["Z-1-1-4"]).data["parent"] == "组织Z-1-1"
