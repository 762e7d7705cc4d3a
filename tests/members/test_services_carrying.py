"""Members are carried along: the old period ends where the new one begins, on one line for every person."""

from datetime import date, timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from linshu.audit.models import Event
from linshu.audit.registry import present
from linshu.errors import Invalid
from linshu.scope import SYSTEM
from members.models import Membership
from members.providers.dependants import blockers, preview
from members.services.carrying import carry
from organizations.models import OPEN_END
from tests.factories import MembershipFactory

ON = date(2026, 6, 1)


def moved(tree, now, keys=None) -> int:
    return carry(tree.branch.pk, tree.sibling.pk, on=ON, keys=keys, by=SYSTEM, now=now)


def test_all_are_carried_and_nobody_is_in_two_or_none(tree, now):
    members = MembershipFactory.create_batch(3, organization=tree.branch, mobile=True)

    assert moved(tree, now) == 3
    for member in members:
        old, new = Membership.objects.filter(person=member.person).order_by("valid_from")
        assert (old.organization, new.organization) == (tree.branch, tree.sibling)
        assert old.valid_to == new.valid_from == ON and new.valid_to == OPEN_END
        assert (new.joined_on, new.destination, new.is_mobile) == (member.joined_on, member.destination, True)
    assert Event.objects.filter(type="members.moved", organization_id=tree.sibling.pk).count() == 3


def test_chosen_ones_only(tree, now):
    stay, go = MembershipFactory.create_batch(2, organization=tree.branch)

    assert moved(tree, now, keys=[str(go.pk)]) == 1
    assert set(Membership.objects.on(ON).filter(organization=tree.branch)) == {stay}


def test_who_has_left_meanwhile_is_told(tree, now):
    gone = MembershipFactory(organization=tree.sibling)
    with pytest.raises(Invalid, match="已不在这个组织"):
        moved(tree, now, keys=[str(gone.pk)])


@pytest.mark.parametrize("key", ["abc", "²", "9" * 30, "-1", ""])
def test_a_key_that_is_none_is_told(tree, now, key):
    with pytest.raises(Invalid):
        moved(tree, now, keys=[key])


def test_who_began_that_day_or_later_is_put_right_in_place(tree, now):
    member = MembershipFactory(organization=tree.branch, valid_from=ON, joined_on=ON, probationary=True)

    assert moved(tree, now) == 1
    rows = Membership.objects.filter(person=member.person)
    assert [(row.organization, row.valid_from) for row in rows] == [(tree.sibling, ON)]


def test_the_log_says_from_where_to_where_even_on_the_day_of_coming(tree, now):
    MembershipFactory(organization=tree.branch, person__name="王一", valid_from=ON)
    moved(tree, now)
    event = Event.objects.get(type="members.moved")
    assert present(event.type, event.data) == "王一由乙社区第一支部随迁至乙社区第二支部，自 2026年6月1日起。"


def test_those_who_left_before_stay_where_they_were(tree, now):
    MembershipFactory(organization=tree.branch, valid_to=ON - timedelta(days=9))

    assert moved(tree, now) == 0
    assert not Membership.objects.filter(organization=tree.sibling).exists()
    assert not Membership.objects.filter(valid_from__gte=F("valid_to")).exists()


def test_a_node_with_members_is_not_closed_and_shows_them_first(tree):
    member = MembershipFactory(organization=tree.branch)
    nodes = [tree.branch.pk, tree.sibling.pk]

    assert [each.organization_id for each in blockers(nodes, ON)] == [tree.branch.pk]
    assert [(each.key, each.full) for each in preview(nodes, timezone.localdate())] == [(str(member.pk), True)]
