"""A merger carries the members along in one transaction, and the day's roll is whole."""

from datetime import date

from linshu.scope import SYSTEM
from members.models import Membership
from organizations.rules.kinds import Kind
from organizations.services.changes import NodeData
from organizations.services.merging import merge
from organizations.services.operations import establish
from tests.factories import MembershipFactory

ON = date(2026, 6, 1)


def test_members_of_a_merged_branch_go_on_in_the_other(tree, now):
    MembershipFactory.create_batch(3, organization=tree.branch)
    MembershipFactory.create_batch(2, organization=tree.sibling)

    merge(node=tree.branch, target=tree.sibling, on=ON, reason="党员人数减少", by=SYSTEM, now=now)

    assert Membership.objects.on(ON).counted() == {tree.sibling.pk: 5}
    assert Membership.objects.on(date(2026, 5, 31)).counted() == {tree.branch.pk: 3, tree.sibling.pk: 2}


def test_a_group_goes_over_with_its_members(tree, now):
    member = MembershipFactory(organization=tree.group)
    other = MembershipFactory(organization=tree.area)

    merge(node=tree.area, target=_second(tree, now), on=ON, reason="片区合并", by=SYSTEM, now=now)

    # The group itself goes over, with who belongs to it; only who hangs on the branch is carried.
    tree.group.refresh_from_db()
    assert Membership.objects.on(ON).get(person=member.person).organization == tree.group
    assert Membership.objects.on(ON).get(person=other.person).organization == tree.group.parent


def _second(tree, now):
    data = NodeData("T-W", "甲社区西片区支部", "西片区支部", Kind.AREA_BRANCH)
    return establish(data=data, parent=tree.general, on=date(2020, 1, 1), reason="设立西片区", by=SYSTEM, now=now)
