"""Everyone reaches exactly the subtrees granted to him."""

import pytest
from django.utils import timezone

from linshu.errors import NotFound, NotPermitted
from linshu.grants.services import actor_of
from linshu.scope import NOTHING, Right
from organizations.models import Organization
from tests.factories import MembershipFactory, OrganizationFactory


def test_a_grant_covers_the_subtree_and_nothing_beside_it(tree, actor_with):
    actor = actor_with("community_officer", tree.community)

    seen = set(Organization.objects.readable(actor, Right.ORGANIZATIONS_READ))

    assert seen == {tree.community, tree.branch, tree.sibling}


def test_the_empty_scope_sees_nothing(tree):
    assert not Organization.objects.within(NOTHING).exists()


def test_out_of_scope_is_not_found(tree, actor_with):
    with pytest.raises(NotFound):
        Organization.objects.load(
            actor_with("branch_secretary", tree.branch), Right.ORGANIZATIONS_READ, pk=tree.sibling.pk
        )


def test_out_of_scope_is_not_found_even_where_the_right_is_held_nowhere(tree, actor_with):
    with pytest.raises(NotFound):
        Organization.objects.load(
            actor_with("branch_secretary", tree.branch), Right.ORGANIZATIONS_EDIT, pk=tree.sibling.pk
        )


def test_in_scope_without_the_right_is_not_permitted(tree, actor_with):
    supervisor = actor_with("supervisor", tree.community)
    membership = MembershipFactory(organization=tree.branch)

    assert not supervisor.may(Right.MEMBERS_READ, tree.branch.pk)
    with pytest.raises(NotPermitted):
        type(membership).objects.load(supervisor, Right.MEMBERS_READ, pk=membership.pk)


def test_a_member_reaches_only_his_own_row(tree, actor_with, user_with):
    mine, other = MembershipFactory(organization=tree.branch), MembershipFactory(organization=tree.branch)
    user = user_with("member", tree.branch, user__person=mine.person)

    actor = actor_of(user, day=timezone.localdate())

    assert set(type(mine).objects.readable(actor, Right.MEMBERS_READ)) == {mine}
    assert other.pk != mine.pk


def test_an_insert_elsewhere_never_leaks_into_a_scope(tree, actor_with):
    """The subquery joins roots to descendants in the reading statement: intervals are never cached."""
    actor = actor_with("community_officer", tree.community)
    scope = actor.scope(Right.ORGANIZATIONS_READ)

    tree.general.refresh_from_db()
    late = OrganizationFactory(kind="area_branch", parent=tree.general)

    assert late not in Organization.objects.within(scope)
    assert Organization.objects.within(scope).count() == 3
