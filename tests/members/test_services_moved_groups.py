"""A 党小组 goes to another branch with its members: on every day each of them is told in the branch of that day."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from linshu.scope import SYSTEM
from linshu.statistics.services.counting import numbers_of
from members.models import Membership
from members.querysets.stays import stays_of
from organizations.models import OPEN_END
from organizations.services.operations import move, rename
from tests.factories import MembershipFactory

ON = date(2026, 6, 1)
BEFORE = ON - timedelta(days=1)


@pytest.fixture
def member(tree):
    return MembershipFactory(organization=tree.group, person__name="陈华雪")


@pytest.fixture
def moved(tree, member, now):
    """From its branch to the branch beside it, and renamed later."""
    old = tree.group.parent
    new = tree.branch if old != tree.branch else tree.sibling
    words = {"reason": "片区调整", "by": SYSTEM, "now": now}
    move(node=tree.group, parent=new, on=ON, **words)
    rename(node=tree.group, name="新名称党小组", short_name="新名称党小组", on=date(2026, 8, 1), **words)
    return old, new


def test_lists_of_a_day(member, moved):
    old, new = moved
    for day, here, not_here in ((BEFORE, old, new), (ON, new, old)):
        assert Membership.objects.on(day).below(here.pk, day).get() == member
        assert not Membership.objects.on(day).below(not_here.pk, day).exists()


def test_the_statistics_of_a_year_go_by_the_tree_of_its_last_day(tree, member, moved):
    told = numbers_of(tree.county.pk, 2025)
    column = [each["code"] for each in told["columns"]].index("members.total")
    members = {row["id"]: row["values"][column] for row in told["rows"]}
    assert (members[tree.general.pk], members[tree.community.pk]) == (1, 0)


def test_the_membership_is_one_and_the_page_cuts_it(member, moved, tree):
    old, new = moved
    row = Membership.objects.with_names().get()
    later, earlier = stays_of([row])
    assert (earlier.branch, earlier.valid_from, earlier.valid_to) == (old, member.valid_from, ON)
    assert (later.branch, later.valid_from, later.valid_to) == (new, ON, OPEN_END)
    assert {later.group, earlier.group} == {tree.group}


def test_the_pages_name_the_branch_of_the_day(tree, member, moved, client_with, page_ok):
    old, new = moved
    county = client_with("county_viewer", tree.county)
    html = page_ok(county.get(reverse("members:detail", args=[member.pk])))
    assert f"<b>{old.short_name} 新名称党小组</b>" in html and f"<b>{new.short_name} 新名称党小组</b>" in html
    for day, named, other in ((BEFORE, old, new), (ON, new, old)):
        asked = {"organization": (old if day == BEFORE else new).pk, "as_of": day.isoformat()}
        cell = page_ok(county.get(reverse("members:list"), asked)).partition("<tbody>")[2].partition("</tbody>")[0]
        assert named.short_name in cell and other.short_name not in cell
