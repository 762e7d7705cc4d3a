"""Far pages: the same rows in the same order by one statement, which finds the keys first."""

import pytest

from linshu import paging
from members.models import Membership
from tests.factories import MembershipFactory


@pytest.fixture
def rows(tree, monkeypatch):
    monkeypatch.setattr(paging, "NEAR", 4)
    for number in range(9):
        MembershipFactory(organization=tree.branch, pinyin_key=f"{9 - number}")
    return Membership.objects.filter(organization=tree.branch).order_by("pinyin_key", "pk")


@pytest.mark.parametrize("number", [1, 2, 3, 5])
def test_each_page_holds_what_the_list_holds(rows, number, django_assert_num_queries):
    pages = paging.Pages(rows.select_related("person"), 2)
    with django_assert_num_queries(2):  # the count and the page, persons included
        found = [(row.pk, row.person.name) for row in pages.page(number)]
    assert [pk for pk, _ in found] == [row.pk for row in rows][number * 2 - 2 : number * 2]


def test_only_far_pages_look_for_keys_first(rows):
    near, far = (str(paging.Pages(rows, 2).page(number).object_list.query) for number in (1, 3))
    assert " IN (SELECT " not in near
    assert " IN (SELECT " in far


def test_what_was_read_already_is_cut(rows):
    assert list(paging.Pages(range(9), 2).page(4)) == [6, 7]
