"""check_tree finds every kind of damage, --fix mends it; the tree of a day."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from linshu.scope import EVERYTHING, SYSTEM, Scope
from organizations.models import Organization, OrganizationPeriod
from organizations.services.operations import move, rename
from organizations.tree import as_of, check, rebuild

ON = date(2020, 3, 1)


@pytest.mark.parametrize(
    "damage",
    [
        {"lft": 1},
        {"rght": 2},
        {"level": 7},
        {"tree_id": 99},
        {"name": "别的名字"},
        {"closed_on": ON},
        {"kind": "street"},
    ],
)
def test_damage_is_found_and_mended(tree, damage):
    assert check() == []
    Organization.objects.filter(pk=tree.community.pk).update(**damage)

    assert check() != []
    assert rebuild() > 0
    assert check() == []


def test_a_parent_changed_behind_the_periods_is_found_and_mended(tree):
    Organization.objects.filter(pk=tree.branch.pk).update(parent=tree.other_community)

    assert any(difference.code == tree.branch.code for difference in check())
    rebuild()
    tree.branch.refresh_from_db()
    assert tree.branch.parent == tree.community
    assert check() == []


def test_unsound_periods_are_told_and_not_hidden_by_fixing(tree):
    OrganizationPeriod.objects.filter(organization=tree.community).update(valid_to=ON)

    rebuild()

    assert any("还在" in difference.sentence for difference in check())


def test_the_command_tells_and_mends(tree):
    out = StringIO()
    call_command("check_tree", stdout=out)
    assert "11 个组织" in out.getvalue()
    Organization.objects.filter(pk=tree.community.pk).update(lft=1)
    with pytest.raises(SystemExit):
        call_command("check_tree", stdout=StringIO(), stderr=StringIO())
    call_command("check_tree", "--fix", stdout=out)

    assert check() == []


def test_the_tree_of_a_day(tree):
    now = timezone.now()
    rename(node=tree.branch, name="乙社区先锋支部", short_name="先锋", on=ON, reason="更名", by=SYSTEM, now=now)
    move(node=tree.community, parent=tree.other_street, on=date(2021, 1, 1), reason="区划", by=SYSTEM, now=now)

    before = as_of(date(2019, 12, 31), EVERYTHING)
    assert [(each.short_name, each.depth) for each in before.nodes[:3]] == [
        ("测试县委", 0),
        ("甲街道党工委", 1),
        ("甲社区党总支", 2),
    ]
    assert {each.name for each in before.nodes if each.parent_id == tree.community.pk} == {
        "乙社区第一支部",
        "乙社区第二支部",
    }
    between = as_of(date(2020, 6, 1), EVERYTHING)
    assert "乙社区先锋支部" in {each.name for each in between.nodes}
    assert next(each for each in between.nodes if each.id == tree.community.pk).parent_id == tree.street.pk
    assert as_of(date(2000, 1, 1), EVERYTHING).nodes == []


def test_todays_tree_decides_who_may_read_the_days_tree(tree):
    move(node=tree.community, parent=tree.other_street, on=ON, reason="区划", by=SYSTEM, now=timezone.now())

    left = as_of(date(2019, 1, 1), Scope(frozenset({tree.street.pk})))
    gained = as_of(date(2019, 1, 1), Scope(frozenset({tree.other_street.pk})))

    assert (tree.community.pk in {each.id for each in left.nodes}, left.left_out) == (False, 3)
    assert (tree.community.pk in {each.id for each in gained.nodes}, gained.left_out) == (True, 0)
