"""What an import holds its rows against."""

import pytest

from linshu.scope import Right
from members.rules.roster.judging import Known
from members.services.importing.standing import Standings
from tests.factories import MembershipFactory, OrganizationFactory

pytestmark = pytest.mark.django_db


def test_a_branch_that_another_import_has_just_established_is_known(tree, actor_with):
    officer = actor_with("community_officer", tree.community)
    standings = Standings(officer.scope(Right.MEMBERS_IMPORT))
    branch = OrganizationFactory(parent=tree.community, kind=tree.branch.kind, code="999002")
    row = MembershipFactory(organization=branch)
    standing = standings.of([row.person])[row.person.pk]
    assert (standing.told.known, standing.told.row.branch_code) == (Known.MEMBER, "999002")
