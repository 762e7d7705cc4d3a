"""The dashboard for who reads several counties: one of them, by statements that read no other."""

from datetime import timedelta

import pytest
from django.utils import timezone

from linshu.dashboard.providers.ground import survey
from linshu.scope import SYSTEM, Right
from organizations.models import Organization
from organizations.rules.kinds import Kind
from organizations.services.operations import move
from tests.dashboard.test_views_board import PAGE, TODAY, WHOLE, numbers
from tests.factories import GrantFactory, MembershipFactory, OrganizationFactory


@pytest.fixture
def second(register):
    """Another county with a street, a community and a branch of two members."""
    node = OrganizationFactory(kind=Kind.COUNTY, name="丁县委", short_name="丁县委")
    for kind, name in ((Kind.STREET, "丁街道"), (Kind.COMMUNITY, "丁社区"), (Kind.BRANCH, "丁支部")):
        node.refresh_from_db()  # mptt numbers go stale with every insert
        node = OrganizationFactory(kind=kind, name=name, short_name=name, parent=node)
    MembershipFactory.create_batch(2, organization=node, valid_from=TODAY - timedelta(days=900))
    return Organization.objects.get(name="丁县委")


@pytest.fixture
def both(register, second, user_with, client):
    """A reader of both counties."""
    user = user_with("county_viewer", register.county)
    GrantFactory(user=user, role="county_viewer", organization=second)
    client.force_login(user, backend="linshu.people.services.credentials.PasswordAndCode")
    return client


def test_it_tells_of_a_county_what_its_own_reader_is_told(both, register, second, client_with):
    own = numbers(client_with("county_viewer", register.county).get(PAGE))
    response = both.get(PAGE, {"organization": register.county.pk})
    assert numbers(response) == own
    assert {second, register.county, register.street} <= set(response.context["choices"])
    there = both.get(PAGE, {"organization": second.pk})
    assert numbers(there)["合计"]["members.total"] == 2
    assert {second.name, "丁街道"} <= {each.name for each in there.context["choices"]}
    assert register.street not in there.context["choices"]


def test_no_look_goes_beyond_the_county(both, register, second):
    ground = both.get(PAGE).context["board"].ground
    for right in (Right.DASHBOARD_READ, Right.MEMBERS_READ, Right.ORGANIZATIONS_READ):
        assert ground.look(right).scope.roots == {register.county.pk}


def test_of_a_past_day_the_look_is_as_wide_as_the_reader_sees(both, register, second):
    day = TODAY - timedelta(days=40)
    ground = both.get(PAGE, {"as_of": day.isoformat()}).context["board"].ground
    assert ground.look(Right.MEMBERS_READ).scope.roots == {register.county.pk, second.pk}


def test_what_moved_to_another_county_was_still_here_the_month_before(both, register, second):
    before = both.get(PAGE, WHOLE | {"organization": register.county.pk}).context["board"].strip[1]
    street = Organization.objects.get(name="丁街道")
    move(node=register.other_community, parent=street, on=TODAY, reason="区划调整", by=SYSTEM, now=timezone.now())
    after = both.get(PAGE, WHOLE | {"organization": register.county.pk}).context["board"].strip[1]
    assert (after.number, after.before) == (before.number - 3, before.before)


def test_the_way_up_is_told(register, actor_with):
    ground = survey(actor_with("county_viewer", register.county), TODAY, TODAY, register.street.pk)
    assert [each.id for each in ground.above] == [register.county.pk]
