"""Giving and ending roles."""

from datetime import timedelta

import pytest
from django.utils import timezone

from linshu.audit.models import Event
from linshu.audit.registry import present
from linshu.errors import Conflict, Invalid, NotPermitted
from linshu.grants.models import Grant
from linshu.grants.services import actor_of
from linshu.grants.services.grants import end_grant, give_grant, named_organization
from linshu.people.models import User
from linshu.people.services.accounts import link_person
from linshu.scope import Right
from organizations.models import OPEN_END
from tests.factories import GrantFactory, PersonFactory, UserFactory

NOW = timezone.now()
TODAY = timezone.localdate(NOW)


@pytest.fixture
def keeper(tree, actor_with):
    return actor_with("security_admin", tree.county)


def give(by, user, organization, role="community_officer", **changes):
    wish = {"valid_from": TODAY, "valid_to": None, "reason": "县委组织部通知"} | changes
    return give_grant(user=user, role=role, organization=organization, by=by, now=NOW, **wish)


def test_a_given_role_works_from_its_first_day(tree, keeper):
    user = UserFactory()

    grant = give(keeper, user, tree.community, valid_from=TODAY + timedelta(days=3))

    assert grant.valid_to == OPEN_END
    assert not actor_of(user, day=TODAY).may(Right.MEMBERS_READ)
    assert actor_of(user, day=TODAY + timedelta(days=3)).may(Right.MEMBERS_READ, tree.branch.pk)


def test_it_is_signed_and_told(tree, keeper):
    grant = give(keeper, UserFactory(username="wang"), tree.community)

    event = Event.objects.get(type="grants.given")
    assert (event.actor_id, event.organization_id, event.reason) == (
        keeper.user_id, tree.community.pk, "县委组织部通知",
    )  # fmt: skip
    assert "账号 wang 在乙社区的“社区党务专干”" in present(event.type, event.data)
    assert grant.granted_by == keeper.name


@pytest.mark.parametrize("role", ["county_admin", "system_admin", "security_auditor", "community_officer"])
def test_only_the_security_administrator_gives(tree, actor_with, role):
    with pytest.raises(NotPermitted):
        give(actor_with(role, tree.county), UserFactory(), tree.community)


def test_only_below_his_own_county(tree, actor_with):
    keeper_of_street = actor_with("security_admin", tree.street)

    with pytest.raises(NotPermitted):
        give(keeper_of_street, UserFactory(), tree.other_community)


def test_not_to_himself(tree, keeper):
    with pytest.raises(NotPermitted, match="自己"):
        give(keeper, User.objects.get(pk=keeper.user_id), tree.county, role="security_admin")


def test_a_role_that_only_begins_later_counts_for_separation(tree, keeper):
    user = UserFactory()
    give(keeper, user, tree.county, role="system_admin", valid_from=TODAY + timedelta(days=30))

    with pytest.raises(Invalid, match="三权分立"):
        give(keeper, user, tree.community)
    give(keeper, user, tree.community, valid_to=TODAY + timedelta(days=30))


def test_the_same_role_twice_is_a_conflict(tree, keeper):
    user = UserFactory()
    give(keeper, user, tree.community)

    with pytest.raises(Conflict, match="不需要再授"):
        give(keeper, user, tree.community)


def test_one_taken_back_meanwhile_is_a_conflict(tree, keeper):
    grant = give(keeper, UserFactory(), tree.community, valid_from=TODAY + timedelta(days=3))
    end_grant(grant=Grant.objects.get(pk=grant.pk), reason="不再需要了", by=keeper, now=NOW)

    with pytest.raises(Conflict):
        end_grant(grant=grant, reason="不再需要了", by=keeper, now=NOW)


def test_not_at_a_closed_organization(tree, keeper):
    type(tree.branch).objects.filter(pk=tree.branch.pk).update(closed_on=TODAY)
    tree.branch.refresh_from_db()

    with pytest.raises(Invalid, match="已经撤销"):
        give(keeper, UserFactory(), tree.branch)


class TestEnd:
    def test_from_that_day_on(self, tree, keeper):
        grant = GrantFactory(organization=tree.community)
        end_grant(grant=grant, reason="已调离本岗位", on=TODAY + timedelta(days=2), by=keeper, now=NOW)

        assert actor_of(grant.user, day=TODAY + timedelta(days=1)).may(Right.MEMBERS_READ)
        assert not actor_of(grant.user, day=TODAY + timedelta(days=2)).may(Right.MEMBERS_READ)
        assert Event.objects.filter(type="grants.ended").count() == 1

    def test_one_that_has_not_begun_is_taken_back(self, tree, keeper):
        grant = give(keeper, UserFactory(), tree.community, valid_from=TODAY + timedelta(days=3))
        end_grant(grant=grant, reason="任职文件撤回", by=keeper, now=NOW)

        assert not Grant.objects.filter(pk=grant.pk).exists()

    def test_not_in_the_past(self, tree, keeper):
        grant = GrantFactory(organization=tree.community)
        with pytest.raises(Invalid, match="过去"):
            end_grant(grant=grant, reason="已调离本岗位", on=TODAY - timedelta(days=1), by=keeper, now=NOW)

    def test_not_twice(self, tree, keeper):
        grant = GrantFactory(organization=tree.community)
        end_grant(grant=grant, reason="已调离本岗位", by=keeper, now=NOW)
        with pytest.raises(Conflict):
            end_grant(grant=grant, reason="已调离本岗位", by=keeper, now=NOW)

    def test_not_his_own(self, tree, keeper):
        with pytest.raises(NotPermitted, match="自己"):
            end_grant(grant=Grant.objects.get(user_id=keeper.user_id), reason="不想干了", by=keeper, now=NOW)


class TestNamedOrganization:
    def test_by_code_and_by_name(self, tree, keeper):
        assert named_organization(text=tree.branch.code, actor=keeper) == tree.branch
        assert named_organization(text=" 乙社区第一 ", actor=keeper) == tree.branch

    def test_an_exact_name_wins_over_longer_ones(self, tree, keeper):
        assert named_organization(text="乙社区", actor=keeper) == tree.community

    def test_several_are_named(self, tree, keeper):
        with pytest.raises(Invalid, match=f"乙社区第二支部（{tree.sibling.code}）"):
            named_organization(text="乙社区第", actor=keeper)

    def test_none_outside_the_scope(self, tree, actor_with):
        with pytest.raises(Invalid, match="没有这个组织"):
            named_organization(text="丙社区", actor=actor_with("security_admin", tree.street))


class TestLink:
    @pytest.fixture
    def person(self):
        return PersonFactory(name="王文书")

    def test_name_and_number_must_fit(self, keeper, person):
        account = UserFactory(full_name="王文书")

        linked = link_person(account=account, id_number=person.id_number, by=keeper, now=NOW)

        assert linked.person == person
        assert person.id_number not in str(list(Event.objects.values()))

    def test_the_refusal_tells_nothing(self, keeper, person):
        messages = set()
        for name, number in [("李旁人", person.id_number), ("王文书", "11010519491231002X"), ("王文书", "")]:
            with pytest.raises(Invalid) as caught:
                link_person(account=UserFactory(full_name=name), id_number=number, by=keeper, now=NOW)
            messages.add(caught.value.message)
        assert len(messages) == 1

    def test_one_account_a_person_and_for_good(self, keeper, person):
        first = UserFactory(full_name="王文书")
        link_person(account=first, id_number=person.id_number, by=keeper, now=NOW)

        with pytest.raises(Conflict, match="一人一个"):
            link_person(account=UserFactory(full_name="王文书"), id_number=person.id_number, by=keeper, now=NOW)
        with pytest.raises(Conflict, match="已经对应"):
            link_person(account=first, id_number=person.id_number, by=keeper, now=NOW)

    def test_the_system_administrator_may_not(self, tree, actor_with, person):
        with pytest.raises(NotPermitted):
            link_person(
                account=UserFactory(full_name="王文书"), id_number=person.id_number,
                by=actor_with("system_admin", tree.county), now=NOW,
            )  # fmt: skip
