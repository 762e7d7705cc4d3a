"""The dashboard in two parts: what it begins with, what comes after it, and what both cost."""

import pytest

from organizations.rules.kinds import Kind
from tests.factories import MembershipFactory, OrganizationFactory

PAGE = "/dashboard/"
HTMX = {"HX-Request": "true", "HX-Target": "board"}  # as htmx asks once the page stands
PAGES = {"": (12, {}), "?as_of=2020-06-30": (12, {}), "?cards=1": (26, {}), "?": (25, {"headers": HTMX})}


@pytest.mark.parametrize("query", PAGES)
def test_costs_the_same_for_two_communities_as_for_twenty(register, statements, query):
    most, kwargs = PAGES[query]
    cost = statements("county_viewer", register.county)
    two = cost(PAGE + query, **kwargs)
    for _ in range(20):
        register.street.refresh_from_db()
        community = OrganizationFactory(kind=Kind.COMMUNITY, parent=register.street)
        MembershipFactory(organization=OrganizationFactory(parent=community))
    assert cost(PAGE + query, **kwargs) == two <= most


def test_the_page_asks_for_what_comes_after_it_and_links_to_the_whole(register, client_with, page_ok):
    client = client_with("county_viewer", register.county)
    first = page_ok(client.get(PAGE, {"organization": register.street.pk}), charts=True)
    assert f'id="board" hx-get="{PAGE}?organization={register.street.pk}" hx-trigger="load"' in first
    assert f'id="print" href="{PAGE}?organization={register.street.pk}&amp;cards=1">打印</a>' in first
    assert "社区对照" in first and "历年党员</h2>" not in first and "较上月" not in first and "项不合" not in first
    whole = page_ok(client.get(PAGE, {"organization": register.street.pk, "cards": "1"}), charts=True)
    assert "历年党员</h2>" in whole and "hx-get" not in whole[whole.index('id="board"') :] and "data-print" in whole


def test_what_comes_after_is_the_whole_page(register, client_with):
    client = client_with("county_viewer", register.county)
    alone, whole = client.get(PAGE, headers=HTMX), client.get(PAGE, {"cards": "1"})
    assert alone.context["board"].whole and "<html" not in alone.content.decode()
    told = [(response.context["board"].strip, response.context["board"].table) for response in (alone, whole)]
    assert told[0] == told[1]
    assert alone.content.decode().count('hx-swap-oob="true"') == 2, "day and print button stand outside"


def test_numbers_it_begins_with_are_those_of_the_whole(register, client_with):
    client = client_with("county_viewer", register.county)
    first, whole = (client.get(PAGE, query).context["board"].table.total.cells for query in ({}, {"cards": "1"}))
    told = [here.number for here in first if here.number is not None]
    assert told == [there.number for here, there in zip(first, whole, strict=True) if here.number is not None]
    assert [each.code for each in first if each.number is None] == [
        "members.women", "members.over_60", "posts", "posts.vacant", "late", "soon",
    ]  # fmt: skip


@pytest.mark.parametrize(("code", "column"), [("late", -2), ("members.women", 5)])
def test_an_order_by_what_comes_later_comes_whole(register, client_with, code, column):
    board = client_with("county_viewer", register.county).get(PAGE, {"sort": f"-{code}"}).context["board"]
    numbers = [line.cells[column].number for line in board.table.lines]
    assert board.whole and numbers == sorted(numbers, reverse=True) and numbers[0] > 0
