"""更正: the row is replaced, the old one stays in the log, every later day is judged anew."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from linshu.audit.models import Event
from linshu.errors import Invalid, NotFound, NotPermitted
from linshu.scope import SYSTEM
from organizations.models import OrganizationPeriod
from organizations.services.correction import Correction, correct
from organizations.services.merging import close
from organizations.services.operations import rename
from organizations.tree import check
from tests.factories import LONG_AGO

ON = date(2020, 3, 1)


def same(node, **changes) -> Correction:
    values = Correction(node.name, node.short_name, node.parent_id, LONG_AGO, None, "")
    return replace(values, **changes)


def fix(node, correction, *, begun=LONG_AGO, by=SYSTEM):
    return correct(node=node, valid_from=begun, correction=correction, reason="登记有误", by=by, now=timezone.now())


def test_a_name_and_a_day_are_put_right_and_the_old_ones_logged(tree, actor_with):
    by = actor_with("county_admin", tree.county)

    node = fix(tree.group, same(tree.group, name="甲社区第一党小组", valid_from=date(2011, 1, 1)), by=by)

    assert (node.name, node.established_on) == ("甲社区第一党小组", date(2011, 1, 1))
    assert node.periods.get().valid_from == date(2011, 1, 1)
    changes = Event.objects.get(type="organizations.corrected").data["changes"]
    assert "全称由“甲社区东片区第一党小组”改为“甲社区第一党小组”" in changes
    assert "起始日由“2010-05-01”改为“2011-01-01”" in changes
    assert check() == []


def test_the_period_before_follows_the_corrected_day(tree):
    node = rename(node=tree.branch, name="新支部", short_name="新", on=ON, reason="更名", by=SYSTEM, now=timezone.now())

    fix(node, same(node, valid_from=date(2019, 1, 1)), begun=ON)

    first, second = OrganizationPeriod.objects.filter(organization=node).order_by("valid_from")
    assert first.valid_to == second.valid_from == date(2019, 1, 1)
    assert check() == []


def test_a_day_that_leaves_children_without_parent_is_refused(tree):
    with pytest.raises(Invalid, match="还没有成立"):
        fix(tree.community, same(tree.community, valid_from=date(2012, 1, 1)))


def test_a_wrong_parent_is_put_right(tree):
    node = fix(tree.branch, same(tree.branch, parent_id=tree.other_community.pk))

    assert node.parent == tree.other_community
    assert check() == []


@pytest.mark.parametrize("new", ["other_community", "community"])
def test_no_node_is_corrected_into_or_out_of_another_scope(tree, actor_with, new):
    by = actor_with("county_admin", tree.street)
    node = tree.branch if new == "other_community" else tree.other_branch
    with pytest.raises(NotPermitted):
        fix(node, same(node, parent_id=getattr(tree, new).pk), by=by)


def test_a_closing_registered_by_mistake_is_undone(tree):
    close(node=tree.branch, on=ON, reason="误办", by=SYSTEM, now=timezone.now())

    assert fix(tree.branch, same(tree.branch)).is_open
    assert check() == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({}, "没有要更正的"),
        ({"valid_to": LONG_AGO}, "应早于截止日"),
        ({"valid_from": date(2999, 1, 1)}, "晚于今天"),
        ({"valid_to": date(2999, 1, 1)}, "晚于今天"),
    ],
)
def test_senseless_corrections_are_refused(tree, changes, message):
    with pytest.raises(Invalid, match=message):
        fix(tree.branch, same(tree.branch, **changes))


def test_a_period_that_is_gone_is_not_found(tree):
    with pytest.raises(NotFound):
        fix(tree.branch, same(tree.branch), begun=ON)


def test_only_who_may_correct_corrects(tree, actor_with):
    with pytest.raises(NotPermitted):
        fix(tree.branch, same(tree.branch, name="x"), by=actor_with("street_officer", tree.street))


def test_the_kind_of_a_group_is_put_right_and_only_of_a_group(tree):
    node = fix(tree.group, same(tree.group, group_kind="retired"))

    assert node.group_kind == node.periods.get().group_kind == "retired"
    assert "改为“离退休”" in Event.objects.get(type="organizations.corrected").data["changes"]
    assert check() == []
    with pytest.raises(Invalid, match="只有党小组分类别"):
        fix(tree.branch, same(tree.branch, group_kind="retired"))
