"""Numbers have their list behind them."""

from datetime import date

import pytest
from django.test import Client

from linshu.figures.registry import Look, figure
from linshu.scope import EVERYTHING, NOTHING, Scope
from members.providers.figures import FIGURES
from tests.factories import MembershipFactory, PersonFactory

TODAY = date(2026, 11, 24)


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
