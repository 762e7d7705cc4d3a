"""Establish, rename and move: truth, index, audit, rights."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from linshu.audit.models import Event
from linshu.errors import Conflict, Invalid, NotPermitted
from linshu.scope import SYSTEM
from organizations.models import OPEN_END, Organization, OrganizationPeriod
from organizations.rules.kinds import Kind
from organizations.services.changes import NodeData
from organizations.services.operations import establish, move, rename
from organizations.tree import check

ON = date(2020, 3, 1)
BRANCH = NodeData("N-1", "乙社区第三支部", "第三支部", Kind.BRANCH)


def words(**more):
    return {"on": ON, "reason": "工作需要", "now": timezone.now()} | more


def test_establishing_writes_truth_index_and_event(tree, actor_with):
    officer = actor_with("street_officer", tree.street)

    node = establish(parent=tree.community, data=BRANCH, by=officer, document_no="临街发〔2020〕1号", **words())

    node.refresh_from_db()
    assert (node.parent, node.kind, node.established_on) == (tree.community, Kind.BRANCH, ON)
    assert (node.periods.get().valid_from, node.periods.get().valid_to) == (ON, OPEN_END)
    assert " dszb " in node.name_initials
    event = Event.objects.get(type="organizations.established")
    assert (event.organization_id, event.reason, event.data["parent"]) == (node.pk, "工作需要", "乙社区")
    assert check() == []


def test_a_branch_does_not_stand_under_a_general_branch(tree):
    with pytest.raises(Invalid, match="社区党支部“乙社区第三支部”不能设在社区党总支“甲社区党总支”之下"):
        establish(parent=tree.general, data=BRANCH, by=SYSTEM, **words())

    assert not Organization.objects.filter(code="N-1").exists()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"on": timezone.localdate() + timedelta(days=1)}, "晚于今天"),
        ({"on": date(1990, 1, 1)}, "还没有成立"),
        ({"reason": " "}, "请写明事由"),
    ],
)
def test_day_and_reason_are_checked(tree, change, message):
    with pytest.raises(Invalid, match=message):
        establish(parent=tree.community, data=BRANCH, by=SYSTEM, **words(**change))


def test_a_code_is_never_given_twice(tree):
    data = NodeData(tree.sibling.code, "某支部", "某支部", Kind.BRANCH)

    with pytest.raises(Conflict, match="已被使用"):
        establish(parent=tree.community, data=data, by=SYSTEM, **words())


def test_a_community_arranges_its_groups_but_not_its_branches(tree, actor_with):
    secretary = actor_with("community_secretary", tree.community)
    group = NodeData("N-2", "第一党小组", "第一组", Kind.GROUP, "area")

    assert establish(parent=tree.branch, data=group, by=secretary, **words()).parent == tree.branch
    with pytest.raises(NotPermitted):
        establish(parent=tree.community, data=BRANCH, by=secretary, **words())


def test_only_the_operator_establishes_a_county(tree, actor_with):
    data = NodeData("N-3", "某县委", "某县", Kind.COUNTY)

    with pytest.raises(NotPermitted):
        establish(parent=None, data=data, by=actor_with("county_admin", tree.county), **words())
    assert establish(parent=None, data=data, by=SYSTEM, **words()).is_root_node()


def test_a_rename_keeps_the_old_name_for_the_old_days(tree, actor_with):
    officer = actor_with("street_officer", tree.street)

    node = rename(node=tree.branch, name="乙社区先锋支部", short_name="先锋支部", by=officer, **words())

    assert node.name == "乙社区先锋支部"
    before, after = OrganizationPeriod.objects.filter(organization=node).order_by("valid_from")
    assert (before.name, before.valid_to, after.valid_from) == ("乙社区第一支部", ON, ON)
    assert check() == []


def test_a_rename_to_the_same_name_is_refused(tree):
    with pytest.raises(Invalid, match="相同"):
        rename(node=tree.branch, name=tree.branch.name, short_name=tree.branch.short_name, by=SYSTEM, **words())


def test_a_second_change_on_one_day_points_to_correction(tree):
    rename(node=tree.branch, name="甲", short_name="甲", by=SYSTEM, **words())

    with pytest.raises(Invalid, match="更正"):
        rename(node=tree.branch, name="乙", short_name="乙", by=SYSTEM, **words())


def test_a_community_moves_with_all_below_it(tree, actor_with):
    county = actor_with("county_admin", tree.county)

    node = move(node=tree.community, parent=tree.other_street, by=county, **words())

    assert node.parent == tree.other_street
    tree.other_street.refresh_from_db()
    assert set(tree.other_street.get_descendants()) >= {tree.community, tree.branch, tree.sibling}
    assert check() == []


def test_moving_between_streets_needs_the_right_over_both(tree, actor_with):
    with pytest.raises(NotPermitted):
        move(node=tree.community, parent=tree.other_street, by=actor_with("street_officer", tree.street), **words())


def test_a_node_does_not_move_below_itself(tree):
    with pytest.raises(Invalid, match="它自己或它的下级"):
        move(node=tree.street, parent=tree.community, by=SYSTEM, **words())


def test_a_move_into_the_past_respects_later_changes(tree):
    """The new parent stands on the day, but not on a later one that is already history."""
    target = establish(
        parent=tree.street,
        data=NodeData("N-4", "丁社区", "丁", Kind.COMMUNITY),
        by=SYSTEM,
        **words(on=date(2015, 1, 1)),
    )
    OrganizationPeriod.objects.filter(organization=target).update(valid_to=date(2022, 1, 1))
    Organization.objects.filter(pk=target.pk).update(closed_on=date(2022, 1, 1))

    with pytest.raises(Invalid, match="2022年1月1日"):
        move(node=tree.branch, parent=target, by=SYSTEM, **words())
