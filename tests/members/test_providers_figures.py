"""Numbers have their list behind them; checks speak at every level."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linshu.figures.registry import Level, Look, checks, figure
from linshu.scope import EVERYTHING, NOTHING, Scope
from members.providers.figures import FIGURES
from organizations.models import Post
from tests.factories import MembershipFactory, PersonFactory

TODAY = date(2026, 11, 24)


def findings(code: str, scope=EVERYTHING) -> dict[int, tuple[str, str]]:
    check = next(each for each in checks() if each.code == code)
    return {each.organization_id: (each.level, each.sentence) for each in check.find(Look(scope, TODAY))}


@pytest.fixture
def register(tree):
    MembershipFactory(organization=tree.branch, person=PersonFactory(sex="2", birth_date=date(1990, 1, 1)))
    MembershipFactory(organization=tree.branch, person=PersonFactory(birth_date=date(1990, 1, 1)), mobile=True)
    MembershipFactory(organization=tree.group, probationary=True, person=PersonFactory(birth_date=date(1960, 1, 1)))
    MembershipFactory(organization=tree.sibling, valid_to=date(2020, 1, 1))


def test_own_counts_of_those_on_the_register(tree, register):
    own = {each.code: figure(each.code).compute(Look(EVERYTHING, TODAY)) for each in FIGURES}

    assert own["members.total"] == {tree.branch.pk: 2, tree.group.pk: 1}
    assert own["members.full"] == {tree.branch.pk: 2}
    assert own["members.probationary"] == {tree.group.pk: 1}
    assert own["members.mobile"] == own["members.women"] == {tree.branch.pk: 1}
    assert own["members.over_60"] == {tree.group.pk: 1}
    assert figure("members.total").compute(Look(NOTHING, TODAY)) == {}


@pytest.mark.parametrize("code", [each.code for each in FIGURES])
def test_every_number_opens_a_list_of_as_many(tree, register, client_with, code):
    client: Client = client_with("county_viewer", tree.county)
    for node in (tree.branch, tree.group):
        count = figure(code).compute(Look(EVERYTHING, TODAY)).get(node.pk, 0)
        page = client.get(figure(code).list_url(node.pk)).context["page"]
        assert page.paginator.count == count


def test_counts_never_include_a_row_the_list_hides(tree, register, client_with):
    scope = Scope(frozenset({tree.community.pk}))
    assert sum(figure("members.total").compute(Look(scope, TODAY)).values()) == 2
    page = client_with("community_officer", tree.community).get("/members/").context["page"]
    assert page.paginator.count == 2


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


@pytest.mark.parametrize("code", ["members.size", "members.least", "members.committee"])
def test_checks_keep_to_the_scope_and_to_a_few_queries(tree, code):
    MembershipFactory.create_batch(7, organization=tree.branch)
    MembershipFactory.create_batch(7, organization=tree.other_branch)
    with CaptureQueriesContext(connection) as context:
        found = findings(code, Scope(frozenset({tree.community.pk})))

    assert set(found) <= {tree.branch.pk, tree.sibling.pk} and len(context) <= 4
