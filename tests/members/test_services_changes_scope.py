"""Who reads a change request once the person has moved on: it is part of the file, and the file follows him."""

from datetime import date

import pytest

from linshu.errors import NotFound
from linshu.scope import SYSTEM, Right
from members.models import ChangeRequest
from members.services.approving import approve
from members.services.carrying import carry
from members.services.requests import submit, submit_death
from tests.factories import MembershipFactory

READ = Right.MEMBERS_READ


@pytest.fixture
def member(tree):
    return MembershipFactory(organization=tree.branch, person__name="陈华雪")


@pytest.fixture
def secretary(tree, actor_with):
    return actor_with("branch_secretary", tree.branch)


@pytest.fixture
def officer(tree, actor_with):
    return actor_with("community_officer", tree.community)


@pytest.fixture
def waiting(member, secretary, now):
    return submit(membership=member, values={"name": "陈雪华"}, reason="对照身份证更正", by=secretary, now=now)


@pytest.fixture
def away(tree, now):
    """The members of the branch go to the branch of another community."""
    return lambda: carry(tree.branch.pk, tree.other_branch.pk, on=now.date(), keys=None, by=SYSTEM, now=now)


def test_after_he_moved_on_the_old_branch_reads_nothing_of_it(tree, waiting, secretary, officer, actor_with, now, away):
    change = approve(request=waiting, by=officer, now=now)
    assert ChangeRequest.objects.load(secretary, READ, pk=change.pk) == change
    away()

    assert not ChangeRequest.objects.readable(secretary, READ).exists()
    for former in (secretary, officer):
        with pytest.raises(NotFound):
            ChangeRequest.objects.load(former, READ, pk=change.pk)
    for present in ("branch_secretary", "group_leader"):
        assert ChangeRequest.objects.load(actor_with(present, tree.other_branch), READ, pk=change.pk) == change


def test_what_still_waits_can_be_taken_back_by_who_asked(waiting, secretary, officer, away):
    away()
    assert ChangeRequest.objects.load(secretary, Right.MEMBERS_PROPOSE, pk=waiting.pk) == waiting
    assert ChangeRequest.objects.load(officer, Right.MEMBERS_APPROVE, pk=waiting.pk) == waiting


def test_of_the_dead_the_branch_that_asked_keeps_it(member, secretary, officer, now):
    asked = submit_death(membership=member, on=date(2026, 11, 20), reason="家属来电告知", by=secretary, now=now)
    change = approve(request=asked, by=officer, now=now)
    assert ChangeRequest.objects.load(secretary, READ, pk=change.pk) == change
