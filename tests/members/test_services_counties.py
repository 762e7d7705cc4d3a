"""The county on a membership follows its organisation, so that who reads a whole county reads exactly that county."""

from datetime import date

import pytest
from django.utils import timezone

from linshu.grants.services import actor_of
from linshu.scope import SYSTEM, Right
from members.models import Membership
from members.services.carrying import carry
from organizations.models import Organization, OrganizationPeriod
from organizations.rules.kinds import Kind
from organizations.services.correction import Correction, correct
from organizations.services.operations import move
from organizations.tree import check, rebuild
from tests.factories import LONG_AGO, GrantFactory, MembershipFactory, OrganizationFactory

ON = date(2020, 3, 1)


@pytest.fixture
def second(tree) -> Organization:
    """Another county with a street, a community and a branch."""
    above = None
    for kind, name in [
        (Kind.COUNTY, "邻县委"),
        (Kind.STREET, "邻街道"),
        (Kind.COMMUNITY, "邻社区"),
        (Kind.BRANCH, "邻支部"),
    ]:
        if above is not None:
            above.refresh_from_db()
        above = OrganizationFactory(kind=kind, name=name, short_name=name, parent=above)
    for node in vars(tree).values():
        node.refresh_from_db()
    return Organization.objects.get(pk=above.pk)


@pytest.fixture
def seen(tree, second, actor_with):
    """Names that the readers of both counties see."""
    readers = [actor_with("county_viewer", county) for county in (tree.county, second.get_root())]

    def names() -> list[set[str]]:
        rows = [Membership.objects.readable(reader, Right.MEMBERS_READ) for reader in readers]
        return [set(found.values_list("person__name", flat=True)) for found in rows]

    return names


def test_each_reads_his_county(tree, second, seen):
    MembershipFactory(organization=tree.branch, person__name="这边")
    MembershipFactory(organization=second, person__name="那边")

    assert seen() == [{"这边"}, {"那边"}]


def test_a_street_that_moves_takes_its_members_of_today_and_before(tree, second, seen):
    MembershipFactory(organization=tree.branch, person__name="在册")
    MembershipFactory(organization=tree.branch, person__name="以前", valid_to=date(2019, 1, 1))
    MembershipFactory(organization=tree.other_branch, person__name="不动")

    move(node=tree.street, parent=second.get_root(), on=ON, reason="区划调整", by=SYSTEM, now=timezone.now())

    assert seen() == [{"不动"}, {"在册", "以前"}]


def test_a_corrected_parent_takes_the_members_along(tree, second, seen):
    MembershipFactory(organization=tree.branch, person__name="在册")
    told = Correction(tree.street.name, tree.street.short_name, second.get_root().pk, LONG_AGO, None, "")

    correct(node=tree.street, valid_from=LONG_AGO, correction=told, reason="登记有误", by=SYSTEM, now=timezone.now())

    assert seen() == [set(), {"在册"}]


def test_who_is_carried_to_another_county_belongs_there(tree, second, seen):
    MembershipFactory(organization=tree.branch, person__name="随迁")
    late = MembershipFactory(organization=tree.branch, person__name="当日", valid_from=ON, joined_on=ON, full_on=ON)

    carry(tree.branch.pk, second.pk, on=ON, keys=None, by=SYSTEM, now=timezone.now())

    assert seen() == [{"随迁"}, {"随迁", "当日"}], "the old branch keeps its line of the past"
    late.refresh_from_db()
    assert late.county_id == second.get_root().pk


def test_an_index_written_anew_takes_the_members_along(tree, second, seen):
    MembershipFactory(organization=tree.branch, person__name="在册")
    OrganizationPeriod.objects.filter(organization=tree.street).update(parent=second.get_root())

    assert rebuild() and check() == []
    assert seen() == [set(), {"在册"}]


def test_a_county_among_smaller_places_is_read_with_them(tree, second, user_with, actor_with):
    """A scope of a county and a branch elsewhere looks at the tree for both."""
    user = user_with("county_viewer", tree.county)
    GrantFactory(user=user, role="branch_secretary", organization=second)
    MembershipFactory(organization=tree.branch, person__name="这边")
    MembershipFactory(organization=second, person__name="那边")
    scope = actor_of(user, day=timezone.localdate()).scope(Right.MEMBERS_READ)

    assert not scope.counties and scope.tops == {tree.county.pk}
    assert Membership.objects.within(scope).count() == 2
