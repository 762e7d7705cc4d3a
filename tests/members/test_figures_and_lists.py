"""Whatever stands in the register: every figure is as long as the list behind it, at any node, on any day."""

import itertools
import random
from datetime import date, timedelta

import pytest
from django.utils import timezone

from linshu.figures.registry import Look, figure, figures, on_day
from linshu.people.models import Person
from linshu.scope import EVERYTHING, Scope
from organizations.models import Grid
from tests.factories import MembershipFactory, PersonFactory

EDUCATIONS = ("", "初中", "高中", "大专", "大学本科", "研究生", "小学", "其他")
SEEDS = range(4)


def fill(tree, seed: int) -> list[date]:
    """Members with random lives all over the tree, some of whom moved or left; the days worth looking at."""
    dice, today = random.Random(seed), timezone.localdate()
    nodes = [tree.group, tree.area, tree.branch, tree.sibling, tree.other_branch]
    days = [today, today - timedelta(days=400), date(2019, 6, 1)]
    for community, party in ((tree.community, tree.branch), (tree.community, None), (tree.general, tree.area)):
        Grid.objects.create(
            organization=community, number=str(Grid.objects.count()), bounds="东至振兴路", households=400,
            party_organization=party, valid_from=dice.choice([date(2018, 1, 1), today]),
        )  # fmt: skip
    for _ in range(25):
        person = PersonFactory(sex=dice.choice("12"), birth_date=today - timedelta(days=dice.randrange(7000, 33000)))
        Person.objects.filter(pk=person.pk).update(education=dice.choice(EDUCATIONS))
        moved = dice.choice([None, *days])
        kept = {"person": person, "is_mobile": dice.random() < 0.3}
        kept |= {"category": "probationary", "full_on": None} if dice.random() < 0.3 else {}
        begun = date(2012, 7, 1)
        if moved:
            MembershipFactory(organization=dice.choice(nodes), valid_from=begun, valid_to=moved, **kept)
        if not moved or dice.random() < 0.6:
            MembershipFactory(organization=dice.choice(nodes), valid_from=moved or begun, **kept)
    return days


@pytest.mark.parametrize("seed", SEEDS)
def test_a_figure_is_as_long_as_its_list(tree, client_with, seed):
    days = fill(tree, seed)
    root = random.Random(seed).choice([tree.county, tree.street, tree.community])
    client = client_with("county_viewer" if root == tree.county else "community_officer", root)
    for day in days:
        look = Look(Scope(frozenset({root.pk})), day)
        for each in figures():
            url = on_day(each.list_url(root.pk), None if day == timezone.localdate() else day)
            page = client.get(url).context["page"]
            assert page.paginator.count == sum(each.compute(look).values()), (each.code, day, url)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_structure_parts_its_whole(tree, seed):
    fill(tree, seed)
    look = Look(EVERYTHING, timezone.localdate())
    whole = figure("members.total").compute(look)
    for structure in ("年龄结构", "学历结构"):
        parts = [each.compute(look) for each in figures() if each.structure == structure]
        assert {node: sum(part.get(node, 0) for part in parts) for node in whole} == whole and len(parts) > 4


@pytest.mark.parametrize("seed", SEEDS)
def test_however_it_is_asked_for_a_figure_is_the_same(tree, seed):
    """With all others or alone, of each organisation or of all together."""
    days = fill(tree, seed)
    for root, day in itertools.product((tree.county, tree.community, tree.branch), days):
        scope = Scope(frozenset({root.pk}))
        look = Look(scope, day)
        for each in figures():
            alone = Look(scope, day, codes=frozenset({each.code}))
            assert each.compute(alone) == each.compute(look), each.code
            assert each.total(alone) == each.total(look) == sum(each.compute(look).values()), each.code


def test_what_was_not_to_be_asked_for_is_not_told(tree):
    look = Look(EVERYTHING, timezone.localdate(), codes=frozenset({"members.women"}))
    with pytest.raises(KeyError):
        figure("members.men").total(look)
