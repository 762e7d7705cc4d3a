"""The list: who sees whom, what the address does, what never stands in an address."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linshu.people.sealing import blind_index
from tests.factories import MembershipFactory, PersonFactory

LIST = "/members/"


def names(response) -> list[str]:
    return [row.person.name for row in response.context["page"]]


def test_each_role_sees_exactly_its_part(tree, client_with):
    ours = MembershipFactory(organization=tree.branch, person__name="本支部")
    MembershipFactory(organization=tree.sibling, person__name="邻支部")
    MembershipFactory(organization=tree.group, person__name="党小组")

    assert names(client_with("branch_secretary", tree.branch).get(LIST)) == ["本支部"]
    assert names(client_with("group_leader", tree.group).get(LIST)) == ["党小组"]
    assert set(names(client_with("community_officer", tree.community).get(LIST))) == {"本支部", "邻支部"}
    assert len(names(client_with("county_viewer", tree.county).get(LIST))) == 3
    assert names(client_with("member", tree.branch, user__person=ours.person).get(LIST)) == ["本支部"]


@pytest.mark.parametrize("role", ["supervisor", "service_clerk", "system_admin", "security_admin", "security_auditor"])
def test_who_has_no_register_is_refused(tree, client_with, role):
    client = client_with(role, tree.community)

    assert client.get(LIST).status_code == 403
    assert client.post(reverse("members:search"), {"q": "陈"}).status_code == 403


def test_a_place_outside_the_scope_is_not_found(tree, client_with):
    client = client_with("branch_secretary", tree.branch)

    assert client.get(LIST, {"organization": tree.sibling.pk}).status_code == 404
    assert client.get(LIST, {"organization": "abc"}).status_code == 404


def test_search_by_name_initials_and_phone_tail(tree, client_with):
    MembershipFactory(organization=tree.branch, person__name="陈华雪", person__serial=7)
    MembershipFactory(organization=tree.branch, person__name="曾国", person__serial=8)
    client = client_with("branch_secretary", tree.branch)

    assert names(client.get(LIST, {"q": "华雪"})) == ["陈华雪"]
    assert names(client.get(LIST, {"q": "曾 国"})) == ["曾国"]
    assert names(client.get(LIST, {"q": "chx"})) == ["陈华雪"]
    assert names(client.get(LIST, {"q": "zg"})) == ["曾国"]
    assert names(client.get(LIST, {"q": "cg"})) == ["曾国"]
    assert names(client.get(LIST, {"q": "0008"})) == ["曾国"]


def test_the_search_box_puts_words_into_the_address(tree, client_with):
    client = client_with("branch_secretary", tree.branch)

    answer = client.post(reverse("members:search"), {"q": " chx ", "category": "full", "junk": "1"})

    assert answer["Location"] == "/members/?q=chx&category=full"


def test_an_identity_number_never_stands_in_an_address(tree, client_with):
    found = MembershipFactory(organization=tree.branch)
    MembershipFactory(organization=tree.branch)
    client = client_with("branch_secretary", tree.branch)
    number = found.person.id_number

    answer = client.post(reverse("members:search"), {"q": number.lower(), "organization": tree.branch.pk})

    assert number not in answer["Location"]
    assert number not in str(dict(client.session))
    assert client.session["members.number"] == blind_index(number, purpose="id_number")
    assert names(client.get(answer["Location"])) == [found.person.name]


def test_a_number_typed_into_the_address_is_refused_with_the_reason(tree, client_with, page_ok):
    member = MembershipFactory(organization=tree.branch)
    answer = client_with("branch_secretary", tree.branch).get(LIST, {"q": member.person.id_number})

    assert "证号不能写在网址里" in page_ok(answer, 422)
    assert names(answer) == []


def test_a_number_of_a_stranger_finds_nobody(tree, client_with):
    stranger = MembershipFactory(organization=tree.other_branch)
    client = client_with("branch_secretary", tree.branch)
    answer = client.post(reverse("members:search"), {"q": stranger.person.id_number}, follow=True)

    assert names(answer) == []


def test_filters_order_and_pages_come_from_the_address(tree, client_with, page_ok):
    MembershipFactory(organization=tree.branch, person__name="安一", person__sex="2", joined_on=date(2001, 1, 1))
    MembershipFactory(organization=tree.branch, person__name="毕二", mobile=True)
    MembershipFactory(organization=tree.sibling, person__name="程三", probationary=True)
    client = client_with("community_officer", tree.community)

    assert names(client.get(LIST)) == ["安一", "毕二", "程三"]
    assert names(client.get(LIST, {"sort": "-name"})) == ["程三", "毕二", "安一"]
    assert names(client.get(LIST, {"sort": "joined_on"}))[0] == "安一"
    assert names(client.get(LIST, {"branch": tree.sibling.pk})) == ["程三"]
    assert names(client.get(LIST, {"category": "probationary"})) == ["程三"]
    assert names(client.get(LIST, {"mobile": "yes"})) == ["毕二"]
    assert names(client.get(LIST, {"sex": "2"})) == ["安一"]
    html = page_ok(client.get(LIST, {"mobile": "yes", "sex": "2"}))
    assert "没有符合条件的党员" in html


def test_every_head_that_sorts_also_sorts_back(tree, client_with, page_ok):
    for place in (tree.branch, tree.group):
        MembershipFactory(organization=place)
    client, heads = client_with("county_admin", tree.county), re.compile(r'class="ls-sort" href="(\?[^"]+)"')
    links = heads.findall(page_ok(client.get(LIST)))
    assert "?sort=organization" in links
    for link in links:
        there = page_ok(client.get(LIST + link))
        (back,) = [each for each in heads.findall(there) if each == link.replace("sort=", "sort=-")]
        assert "↓" in page_ok(client.get(LIST + back))
    there, back = (client.get(LIST, {"sort": sort}).context["page"] for sort in ("organization", "-organization"))
    assert [each.pk for each in there] == [each.pk for each in back][::-1] != []


def test_sixty_years_are_counted_to_the_day_asked_for(tree, client_with):
    MembershipFactory(organization=tree.branch, person=PersonFactory(name="甲某", birth_date=date(1960, 6, 1)))
    client = client_with("branch_secretary", tree.branch)

    assert names(client.get(LIST, {"age": "60", "as_of": "2020-05-31"})) == []
    assert names(client.get(LIST, {"age": "60", "as_of": "2020-06-01"})) == ["甲某"]


def test_the_register_of_a_day(tree, client_with):
    old = MembershipFactory(organization=tree.branch, person__name="迁出", valid_to=date(2020, 1, 1))
    MembershipFactory(person=old.person, organization=tree.other_branch, valid_from=date(2020, 1, 1))
    client = client_with("branch_secretary", tree.branch)

    assert names(client.get(LIST)) == []
    assert names(client.get(LIST, {"as_of": "2019-12-31"})) == ["迁出"]
    assert client.get(LIST, {"as_of": "2999-01-01"}).status_code == 422


def test_who_left_keeps_name_dates_and_category_only(tree, client_with, page_ok):
    old = MembershipFactory(organization=tree.branch, valid_to=date(2020, 1, 1), mobile=True, person__serial=11)
    MembershipFactory(person=old.person, organization=tree.other_branch, valid_from=date(2020, 1, 1))
    secretary = client_with("branch_secretary", tree.branch)
    county = client_with("county_viewer", tree.county)

    html = page_ok(secretary.get(LIST, {"as_of": "2019-12-31"}))
    assert old.person.name in html and "已转出" in html
    assert old.person.phone_masked not in html and old.destination not in html
    assert old.person.phone_masked in page_ok(county.get(LIST, {"as_of": "2019-12-31"}))
    assert names(secretary.get(LIST, {"as_of": "2019-12-31", "q": "0011"})) == []


def test_the_empty_register_says_what_to_do(tree, client_with, page_ok):
    assert "还没有登记党员" in page_ok(client_with("branch_secretary", tree.branch).get(LIST))


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as context:
        assert client.get(url).status_code == 200
    return len(context)


def test_the_number_of_queries_does_not_grow(tree, client_with):
    client = client_with("community_officer", tree.community)
    MembershipFactory(organization=tree.branch)
    client.get(LIST)
    one = queries(client, LIST)
    MembershipFactory.create_batch(19, organization=tree.branch)

    assert queries(client, LIST) == one <= 10
    assert queries(client, f"{LIST}?organization={tree.branch.pk}") <= 12


@pytest.mark.parametrize("url", [LIST, "/api/v1/members/"])
def test_the_count_reads_no_person(tree, client_with, url):
    """Sixty thousand rows are counted in the index alone, without what stands beside them on the list."""
    MembershipFactory(organization=tree.branch)
    client = client_with("county_viewer", tree.county)

    with CaptureQueriesContext(connection) as context:
        client.get(url)
    counts = [each["sql"] for each in context.captured_queries if "COUNT(*)" in each["sql"]]
    assert len(counts) == 1 and "person" not in counts[0]


def test_rarely_used_conditions_are_folded_until_one_is_given(tree, client_with):
    client = client_with("county_viewer", tree.county)

    html = client.get(LIST).content.decode()
    assert "<details><summary>更多条件" in html and "<label>看某一天 <input" in html
    assert "<details open><summary>更多条件" in client.get(f"{LIST}?as_of=2026-01-31").content.decode()


def test_the_category_is_that_of_the_day(tree, client_with):
    """Who became full in 2013 was probationary the year before, in the filter, in the list and in the API."""
    MembershipFactory(organization=tree.branch)
    client = client_with("branch_secretary", tree.branch)

    def shown(day: str, category: str) -> list[str]:
        query = {"as_of": day, "category": category}
        rows = client.get(LIST, query).context["page"]
        told = client.get("/api/v1/members/", query).json()["results"]
        assert [each["category"] for each in told] == [row.category_then for row in rows]
        return [row.category_then for row in rows]

    assert shown("2012-12-31", "probationary") == ["probationary"] and shown("2012-12-31", "full") == []
    assert shown("2013-07-01", "full") == ["full"] and shown("2013-07-01", "probationary") == []
