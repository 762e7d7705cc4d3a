"""Rule checks of the register: what they say at every level, and with how many queries."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linshu.figures.registry import Level, Look, checks
from linshu.scope import EVERYTHING, Scope
from linshu.workdays.rules.calendar import add_years
from organizations.models import OrganizationPeriod, Post
from tests.factories import MembershipFactory, OrganizationFactory
from tests.furnished import furnish

TODAY = date(2026, 11, 24)


def findings(code: str, scope=EVERYTHING, day=TODAY) -> dict[int, tuple[str, str]]:
    check = next(each for each in checks() if each.code == code)
    found = list(check.find(Look(scope, day)))
    assert all(each.limit and each.basis for each in found)
    assert all(each.url and each.task for each in found if each.level != Level.OK)
    return {each.organization_id: (each.level, each.sentence) for each in found}


def test_a_branch_is_due_to_become_a_general_branch_beyond_fifty(tree):
    MembershipFactory.create_batch(44, organization=tree.branch)
    assert findings("members.size")[tree.branch.pk][0] == Level.OK
    MembershipFactory(organization=tree.branch)
    assert findings("members.size")[tree.branch.pk][0] == Level.SOON
    MembershipFactory.create_batch(5, organization=tree.branch)
    assert findings("members.size")[tree.branch.pk][0] == Level.SOON
    MembershipFactory(organization=tree.branch)
    level, sentence = findings("members.size")[tree.branch.pk]
    assert level == Level.LATE and "51 人" in sentence
    assert tree.area.pk not in findings("members.size")  # below a 总支 already


def test_less_than_three_full_members(tree):
    MembershipFactory.create_batch(2, organization=tree.branch)
    MembershipFactory(organization=tree.branch, probationary=True)
    MembershipFactory.create_batch(3, organization=tree.group)

    assert findings("members.least")[tree.branch.pk][0] == Level.LATE
    assert findings("members.least")[tree.area.pk][0] == Level.OK  # the group counts for its branch


def test_seven_full_members_need_a_committee(tree):
    people = [each.person for each in MembershipFactory.create_batch(7, organization=tree.branch)]
    MembershipFactory.create_batch(6, organization=tree.sibling)
    assert findings("members.committee")[tree.branch.pk][0] == Level.LATE
    assert tree.sibling.pk not in findings("members.committee")

    for person, title in zip(people, ("书记", "组织委员", "纪检委员"), strict=False):
        Post.objects.create(organization=tree.branch, person=person, title=title, valid_from=date(2020, 1, 1))
    assert findings("members.committee")[tree.branch.pk][0] == Level.OK


def test_a_committee_that_is_too_small_is_told_once(tree):
    people = [each.person for each in MembershipFactory.create_batch(7, organization=tree.branch)]
    for person, title in zip(people, ("书记", "组织委员"), strict=False):
        Post.objects.create(organization=tree.branch, person=person, title=title, valid_from=date(2020, 1, 1))
    told = [code for code in COMMITTEE_CODES if findings(code).get(tree.branch.pk, (Level.OK,))[0] != Level.OK]
    assert told == ["committee"]

    Post.objects.filter(title="组织委员").delete()
    told = [code for code in COMMITTEE_CODES if findings(code).get(tree.branch.pk, (Level.OK,))[0] != Level.OK]
    assert told == ["members.committee"], "a 书记 alone is no committee"


def test_a_branch_below_a_general_branch_has_its_own_limit(tree):
    MembershipFactory.create_batch(50, organization=tree.group)
    assert findings("members.most")[tree.area.pk][0] == Level.OK
    MembershipFactory(organization=tree.area)
    assert findings("members.most")[tree.area.pk] == (
        Level.SOON, "党员 51 人，一般不超过 50 人，建议分设支部。"
    )  # fmt: skip
    assert tree.branch.pk not in findings("members.most"), "a community branch is told by members.size"


def test_a_group_of_two_is_amber(tree):
    MembershipFactory.create_batch(2, organization=tree.group)
    assert findings("members.group") == {tree.group.pk: (Level.SOON, "党小组 2 人，一般不少于 3 人。")}
    MembershipFactory(organization=tree.group)
    assert findings("members.group") == {tree.group.pk: (Level.OK, "党小组 3 人。")}


def test_a_general_branch_is_reviewed_after_six_months_at_fifty(tree):
    staying = MembershipFactory.create_batch(50, organization=tree.group)
    leaving = MembershipFactory(organization=tree.area)
    assert findings("members.review") == {tree.general.pk: (Level.OK, "党员 51 人。")}
    leaving.valid_to = date(2026, 5, 25)
    leaving.save()
    assert findings("members.review")[tree.general.pk][0] == Level.OK, "51 until the 24th of May"
    leaving.valid_to = date(2026, 5, 24)
    leaving.save()
    assert findings("members.review")[tree.general.pk][0] == Level.SOON
    OrganizationPeriod.objects.filter(organization=tree.general).update(valid_from=date(2026, 6, 1))
    assert findings("members.review")[tree.general.pk][0] == Level.OK, "no 总支 yet six months ago"
    assert len(staying) == 50


CODES = [
    "members.size", "members.most", "members.least", "members.group", "members.committee", "members.review",
]  # fmt: skip
COMMITTEE_CODES = ("members.committee", "committee", "titles")


def test_all_checks_share_their_reads_and_cost_the_same_at_every_size(tree):
    def cost():
        look = Look(EVERYTHING, TODAY)
        with CaptureQueriesContext(connection) as context:
            told = [finding for check in checks() for finding in check.find(look)]
        return len(context), len(told)

    def grow():
        for parent in (tree.community, tree.general):
            parent.refresh_from_db()
            kind = "branch" if parent == tree.community else "area_branch"
            branch = OrganizationFactory(kind=kind, parent=parent)
            person = MembershipFactory(organization=branch).person
            Post.objects.create(organization=branch, person=person, title="书记", valid_from=date(2020, 1, 1))

    grow()
    few, told = cost()
    for _ in range(4):
        grow()
    many, more = cost()
    assert few == many <= 15 and more > told


@pytest.mark.parametrize("code", CODES)
def test_checks_keep_to_the_scope_and_to_a_few_queries(tree, code):
    MembershipFactory.create_batch(7, organization=tree.branch)
    MembershipFactory.create_batch(7, organization=tree.other_branch)
    with CaptureQueriesContext(connection) as context:
        found = findings(code, Scope(frozenset({tree.community.pk})))

    assert set(found) <= {tree.branch.pk, tree.sibling.pk} and len(context) <= 6


@pytest.mark.parametrize("years", [0, 5, 11])
def test_who_wants_no_more_than_what_is_not_met_is_told_all_of_that(tree, years):
    """Of every check: with and without what is in order, of a tree with something of everything."""
    now = timezone.now()
    furnish(tree, 1, now)
    MembershipFactory.create_batch(48, organization=tree.branch)
    day = add_years(timezone.localdate(now), years)
    everything, broken = Look(EVERYTHING, day), Look(EVERYTHING, day, met=False)
    told = {each.code: list(each.find(everything)) for each in checks()}
    assert {found.level for some in told.values() for found in some} == set(Level)
    for each in checks():
        assert list(each.find(broken)) == [found for found in told[each.code] if found.level != Level.OK], each.code
