"""变更申请: asked by the branch, decided by its community, held against the register of that moment."""

from datetime import date

import pytest

from linshu.audit.models import Event
from linshu.errors import Conflict, Invalid, NotPermitted
from linshu.people.models import Person
from linshu.people.sealing import blind_index
from linshu.scope import SYSTEM
from members.models import ChangeRequest, Membership
from members.rules.changing import State, Step, steps, target_of
from members.services.approving import approve
from members.services.correcting import correct, regroup
from members.services.requests import return_, submit, submit_death, withdraw
from members.services.sealing import seal_anew
from tests.factories import MembershipFactory, valid_id_number

TODAY = date(2026, 11, 24)
WHY = "对照身份证更正"


@pytest.fixture
def member(tree):
    return MembershipFactory(organization=tree.branch, person__name="陈华雪")


@pytest.fixture
def secretary(tree, actor_with):
    return actor_with("branch_secretary", tree.branch, user__full_name="支书甲")


@pytest.fixture
def officer(tree, actor_with):
    return actor_with("community_officer", tree.community, user__full_name="专干乙")


@pytest.fixture
def asked(member, secretary, now):
    def ask(**values):
        return submit(membership=member, values=values or {"name": "陈雪华"}, reason=WHY, by=secretary, now=now)

    return ask


def test_what_is_asked_waits_sealed_and_is_told_masked(member, asked, now):
    number = valid_id_number(8, born=date(1971, 2, 3))
    request = asked(id_number=number)

    assert request.state == "submitted" and number not in request.content_sealed and number not in str(request.told)
    assert Person.objects.get(pk=member.person_id).id_number != number
    event = Event.objects.get(type="members.change_submitted")
    assert number not in str(event.data)


def test_an_approval_writes_it_and_forgets_what_was_sealed(member, asked, officer, now):
    number = valid_id_number(8, born=date(1971, 2, 3), male=False)
    request = approve(request=asked(id_number=number, name="陈雪华"), by=officer, now=now)

    person = Person.objects.get(pk=member.person_id)
    assert (person.name, person.id_number, person.sex, person.birth_date) == ("陈雪华", number, "2", date(1971, 2, 3))
    assert (request.state, request.content_sealed, request.decided_name) == ("approved", "", "专干乙")
    assert {"members.change_approved", "members.corrected"} <= set(Event.objects.values_list("type", flat=True))


def test_dates_and_categories_come_back_as_they_were_asked(tree, secretary, officer, now):
    member = MembershipFactory(
        organization=tree.branch, probationary=True, joined_on=date(2025, 3, 1), valid_from=date(2025, 3, 1)
    )
    values = {"category": "full", "full_on": date(2026, 3, 1)}
    request = submit(membership=member, values=values, reason="支部大会通过转正", by=secretary, now=now)
    approve(request=request, by=officer, now=now)
    assert Membership.objects.get(person=member.person, valid_from=date(2026, 3, 1)).category == "full"


def test_a_community_secretary_approves_without_keeping_the_register(tree, member, asked, actor_with, now):
    approve(request=asked(), by=actor_with("community_secretary", tree.community), now=now)
    assert Person.objects.get(pk=member.person_id).name == "陈雪华"


def test_nobody_decides_on_his_own_request(tree, member, officer, now):
    from linshu.grants.services import actor_of
    from linshu.people.models import User
    from tests.factories import GrantFactory

    user = User.objects.get(pk=officer.user_id)
    GrantFactory(user=user, role="branch_secretary", organization=tree.branch)
    both = actor_of(user, day=TODAY)
    request = submit(membership=member, values={"name": "陈雪华"}, reason=WHY, by=both, now=now)
    for act in (lambda: approve(request=request, by=both, now=now),
                lambda: return_(request=request, opinion="材料不全请补", by=both, now=now)):  # fmt: skip
        with pytest.raises(NotPermitted):
            act()


def test_a_value_changed_meanwhile_is_a_conflict_with_both_values(member, asked, officer, now):
    request = asked()
    correct(membership=member, values={"name": "陈雪"}, reason=WHY, by=SYSTEM, now=now)
    with pytest.raises(Conflict, match="“陈华雪”，现在登记的是“陈雪”"):
        approve(request=request, by=officer, now=now)
    request.refresh_from_db()
    assert request.state == "submitted" and Person.objects.get(pk=member.person_id).name == "陈雪"


def test_another_group_meanwhile_is_no_matter_and_another_branch_is(tree, actor_with, now):
    member = MembershipFactory(organization=tree.area)
    by = actor_with("branch_secretary", tree.area)
    judge = actor_with("community_officer", tree.general)
    request = submit(membership=member, values={"name": "陈雪华"}, reason=WHY, by=by, now=now)
    row = regroup(membership=member, organization=tree.group, on=TODAY, by=SYSTEM, now=now)
    approve(request=request, by=judge, now=now)

    again = submit(membership=row, values={"name": "陈华"}, reason=WHY, by=by, now=now)
    Membership.objects.filter(pk=row.pk).update(organization=tree.branch)
    with pytest.raises(Conflict, match="已不在"):
        approve(request=again, by=judge, now=now)


def test_a_death_reported_by_the_branch(member, secretary, officer, now):
    request = submit_death(membership=member, on=TODAY, reason="家属来电告知", by=secretary, now=now)
    approve(request=request, opinion="已核实", by=officer, now=now)

    assert Person.objects.get(pk=member.person_id).died_on == TODAY
    request.refresh_from_db()
    assert (request.state, request.opinion) == ("approved", "已核实")


def test_one_request_at_a_time(member, asked, secretary, officer, now):
    request = asked()
    with pytest.raises(Conflict):
        asked(name="陈雪")
    with pytest.raises(Conflict):
        submit_death(membership=member, on=TODAY, reason="家属来电告知", by=secretary, now=now)
    withdraw(request=request, by=secretary, now=now)
    assert asked(name="陈雪").pk != request.pk


def test_returned_with_an_opinion_and_then_closed(asked, officer, secretary, now):
    request = asked()
    with pytest.raises(Invalid) as refused:
        return_(request=request, opinion="不", by=officer, now=now)
    assert refused.value.problems[0].field == "opinion"
    return_(request=request, opinion="请附身份证复印件", by=officer, now=now)
    for act in (lambda: approve(request=request, by=officer, now=now),
                lambda: withdraw(request=request, by=secretary, now=now)):  # fmt: skip
        with pytest.raises(Conflict):
            act()


def test_what_the_branch_may_do_itself_and_what_changes_nothing_is_not_asked(asked):
    with pytest.raises(Invalid):
        asked(phone="19900000001")
    with pytest.raises(Invalid):
        asked(name="陈华雪")
    with pytest.raises(Invalid):
        asked(name="陈1")
    assert not ChangeRequest.objects.exists()


def test_who_may_ask_decide_and_take_back(tree, member, asked, actor_with, now):
    with pytest.raises(NotPermitted):
        submit(membership=member, values={"name": "陈雪"}, reason=WHY, by=actor_with("branch_secretary", tree.sibling), now=now)  # fmt: skip
    request = asked()
    for role, place in (("county_viewer", tree.county), ("community_officer", tree.other_community)):
        with pytest.raises(NotPermitted):
            approve(request=request, by=actor_with(role, place), now=now)
    with pytest.raises(NotPermitted):
        withdraw(request=request, by=actor_with("branch_secretary", tree.branch), now=now)


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("step", list(Step))
def test_the_table_of_steps(state, step):
    if state == State.SUBMITTED:
        assert target_of(state, step) != state
    else:
        with pytest.raises(Conflict):
            target_of(state, step)


def test_steps_are_offered_to_who_may_take_them():
    assert set(steps(State.SUBMITTED, decides=True, is_own=False)) == {Step.APPROVE, Step.RETURN}
    assert set(steps(State.SUBMITTED, decides=True, is_own=True)) == {Step.WITHDRAW}
    assert not set(steps(State.SUBMITTED, decides=False, is_own=False))
    assert not set(steps(State.APPROVED, decides=True, is_own=True))


def test_a_waiting_request_moves_to_a_new_key(asked, member, officer, settings, now):
    request = asked()
    settings.FIELD_KEYS = {"new": bytes(32), **settings.FIELD_KEYS}
    assert (seal_anew("new"), seal_anew("new")) == (1, 0)
    request.refresh_from_db()
    assert request.content_sealed.startswith("new:")
    approve(request=request, by=officer, now=now)
    assert Person.objects.get(pk=member.person_id).name == "陈雪华"


def test_who_meets_a_stranger_while_approving_is_kept_too(tree, asked, officer, now):
    number = valid_id_number(8, born=date(1971, 2, 3))
    request = asked(id_number=number)
    stranger = MembershipFactory(organization=tree.other_branch).person
    stranger.id_number, stranger.id_number_index = number, blind_index(number, purpose="id_number")
    stranger.save()
    with pytest.raises(Invalid, match="已在其他组织登记"):
        approve(request=request, by=officer, now=now)
    assert Event.objects.get(type="members.stranger_met").data == {"act": "核准变更申请"}
    assert ChangeRequest.objects.get().state == "submitted"
