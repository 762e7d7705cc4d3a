"""Output serializers tell what DRF would tell, faster."""

import pytest
from django.utils import timezone
from rest_framework.serializers import ModelSerializer

from linshu.grants.services import actor_of
from members.api.serializers import MembershipOutput
from members.models import Membership
from organizations.api.nodes import NodeOutput
from organizations.models import Organization
from tests.factories import MembershipFactory


@pytest.fixture
def context(tree, user_with):
    actor = actor_of(user_with("community_officer", tree.community), day=timezone.localdate())
    return {"request": type("Asked", (), {"actor": actor})(), "view": None}


def both(serializer_class, rows, context) -> tuple[list[dict], list[dict]]:
    """As told here, and as DRF's own way tells it."""
    fast = serializer_class(rows, many=True, context=context)
    slow = serializer_class(rows, many=True, context=context)
    return fast.data, [ModelSerializer.to_representation(slow.child, row) for row in rows]


def test_members_are_told_as_drf_tells_them(tree, context):
    today = timezone.localdate()
    MembershipFactory(organization=tree.group, mobile=True)
    MembershipFactory(organization=tree.branch, probationary=True)
    rows = list(Membership.objects.with_organization().with_posts(today).with_waiting())
    for row in rows:
        row.has_file = True

    fast, slow = both(MembershipOutput, rows, context)

    assert [dict(each) for each in fast] == [dict(each) for each in slow] and len(fast) == 2


def test_organisations_are_told_as_drf_tells_them(tree, context):
    rows = list(Organization.objects.described(None).order_by("pk"))

    fast, slow = both(NodeOutput, rows, context)

    assert [dict(each) for each in fast] == [dict(each) for each in slow] and len(fast) == 11
    assert fast[0]["parent"] is None and fast[1]["parent"] == tree.county.pk
