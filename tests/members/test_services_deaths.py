"""去世: final, ends everything that was held, and can be taken back by the county only."""

from datetime import date, timedelta

import pytest

from linshu.audit.models import Event
from linshu.errors import Conflict, Invalid, NotPermitted
from linshu.people.models import Person
from linshu.scope import SYSTEM
from members.models import ChangeRequest, Membership
from members.services.correcting import correct, regroup
from members.services.deaths import record_death, undo_death
from members.services.mobility import mark_home, mark_mobile
from members.services.requests import submit
from organizations.models import OPEN_END, Body, Grid, Post, Seat
from tests.factories import LONG_AGO, MembershipFactory, UserFactory

TODAY = date(2026, 11, 24)
DAY = date(2026, 11, 20)


@pytest.fixture
def member(tree):
    return MembershipFactory(organization=tree.branch, person__name="陈华雪")


def test_everything_he_held_ends_on_that_day(tree, member, now, actor_with):
    person = member.person
    post = Post.objects.create(organization=tree.street, person=person, title="委员", valid_from=LONG_AGO)
    late = Post.objects.create(organization=tree.branch, person=person, title="书记", valid_from=TODAY)
    body = Body.objects.create(
        organization=tree.community,
        kind="residents_committee",
        term_from=LONG_AGO,
        term_due_on=TODAY,
        valid_from=LONG_AGO,
    )
    seat = Seat.objects.create(body=body, person=person, title="委员", valid_from=LONG_AGO)
    grid = Grid.objects.create(
        organization=tree.community, number="1", bounds="东西南北", households=9, leader=person, worker=person,
        valid_from=LONG_AGO,
    )  # fmt: skip
    UserFactory(username="chx", person=person)
    death = record_death(membership=member, on=DAY, by=actor_with("community_officer", tree.community), now=now)

    for row in (member, post, seat, grid):
        row.refresh_from_db()
    assert member.valid_to == post.valid_to == seat.valid_to == DAY and member.reason == "去世"
    assert not Post.objects.filter(pk=late.pk).exists()
    assert (grid.leader, grid.worker) == (None, None)
    assert Person.objects.get(pk=person.pk).died_on == DAY
    assert death.account == "chx" and "1 号网格网格长" in death.ended
    assert not Membership.objects.on(DAY).exists() and Membership.objects.on(DAY - timedelta(days=1)).exists()
    types = set(Event.objects.values_list("type", flat=True))
    assert types >= {
        "members.died",
        "organizations.post_relieved",
        "organizations.seat_left",
        "organizations.grid_changed",
    }


def test_he_is_stopped_for_good(tree, member, now):
    row = record_death(membership=member, on=TODAY, by=SYSTEM, now=now).membership
    for act in (
        lambda: record_death(membership=row, on=TODAY, by=SYSTEM, now=now),
        lambda: correct(membership=row, values={"name": "陈雪"}, by=SYSTEM, now=now),
        lambda: regroup(membership=row, organization=tree.group, on=TODAY, by=SYSTEM, now=now),
        lambda: mark_mobile(membership=row, destination="上海市松江区", on=TODAY, by=SYSTEM, now=now),
        lambda: mark_home(membership=row, on=TODAY, by=SYSTEM, now=now),
    ):
        with pytest.raises(Conflict):
            act()


def test_what_was_registered_after_the_day_has_never_been(tree, now):
    member = MembershipFactory(organization=tree.area)
    moved = regroup(membership=member, organization=tree.group, on=TODAY, by=SYSTEM, now=now)
    death = record_death(membership=moved, on=DAY, by=SYSTEM, now=now)

    assert death.membership.pk == member.pk
    assert list(Membership.objects.filter(person=member.person).values_list("valid_to", flat=True)) == [DAY]


@pytest.mark.parametrize("day", [date(2012, 7, 1), date(2000, 1, 1), TODAY + timedelta(days=1)])
def test_the_day_lies_between_the_register_and_today(member, now, day):
    with pytest.raises(Invalid) as refused:
        record_death(membership=member, on=day, by=SYSTEM, now=now)
    assert refused.value.problems[0].field == "on"


def test_what_the_branch_asked_about_him_is_void(tree, member, now, actor_with):
    secretary = actor_with("branch_secretary", tree.branch)
    submit(membership=member, values={"name": "陈雪华"}, reason="身份证更名", by=secretary, now=now)
    record_death(membership=member, on=TODAY, by=SYSTEM, now=now)

    request = ChangeRequest.objects.get()
    assert (request.state, request.opinion, request.content) == ("returned", "本人已登记去世。", "")


def test_only_the_county_takes_it_back(tree, member, now, actor_with):
    row = record_death(membership=member, on=DAY, by=SYSTEM, now=now).membership
    for role, place in (("community_officer", tree.community), ("street_officer", tree.street)):
        with pytest.raises(NotPermitted):
            undo_death(membership=row, reason="登记错了人", by=actor_with(role, place), now=now)
    admin = actor_with("county_admin", tree.county)
    with pytest.raises(Invalid):
        undo_death(membership=row, reason="错", by=admin, now=now)
    back = undo_death(membership=row, reason="登记错了人", by=admin, now=now)

    assert back.valid_to == OPEN_END and Person.objects.get(pk=member.person_id).died_on is None
    with pytest.raises(Conflict):
        undo_death(membership=back, reason="登记错了人", by=admin, now=now)


def test_only_the_community_records_a_death(tree, member, now, actor_with):
    for role, place in (("branch_secretary", tree.branch), ("community_officer", tree.other_community)):
        with pytest.raises(NotPermitted):
            record_death(membership=member, on=TODAY, by=actor_with(role, place), now=now)


def test_mobile_and_home_are_periods_of_their_own(member, now):
    away = mark_mobile(membership=member, destination=" 上海市松江区 ", on=DAY, by=SYSTEM, now=now)
    member.refresh_from_db()
    assert (member.valid_to, member.is_mobile) == (DAY, False)
    assert (away.valid_from, away.destination, away.is_mobile) == (DAY, "上海市松江区", True)

    other = mark_mobile(membership=away, destination="苏州市吴中区", on=TODAY, by=SYSTEM, now=now)
    home = mark_home(membership=other, on=TODAY, by=SYSTEM, now=now)
    assert home.pk == other.pk and (home.is_mobile, home.destination) == (False, "")
    assert Membership.objects.filter(person=member.person).count() == 3


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"destination": ""}, "destination"),
        ({"destination": "上\n海"}, "destination"),
        ({"on": date(2012, 1, 1)}, "on"),
    ],
)
def test_where_and_when_of_a_mobile_member(member, now, given, field):
    with pytest.raises(Invalid) as refused:
        mark_mobile(**{"membership": member, "destination": "上海市", "on": DAY, "by": SYSTEM, "now": now} | given)
    assert refused.value.problems[0].field == field


def test_nothing_to_mark_is_a_conflict(member, now):
    with pytest.raises(Conflict):
        mark_home(membership=member, on=DAY, by=SYSTEM, now=now)
    away = mark_mobile(membership=member, destination="上海市", on=DAY, by=SYSTEM, now=now)
    with pytest.raises(Conflict):
        mark_mobile(membership=away, destination="上海市", on=TODAY, by=SYSTEM, now=now)
