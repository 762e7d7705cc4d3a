"""The dashboard: who sees it, what it counts, and that every number is as long as its list."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from linshu.grants.rules.roles import ROLES
from linshu.scope import Right
from tests.factories import MembershipFactory, PersonFactory

PAGE = "/dashboard/"
WHOLE = {"cards": "1"}
TODAY = timezone.localdate()


def numbers(response) -> dict[str, dict[str, int]]:
    """Of the table, by name of the line and code of the column."""
    table = response.context["board"].table
    lines = {line.name: {cell.code: cell.number for cell in line.cells} for line in table.lines}
    return lines | {"合计": {cell.code: cell.number for cell in table.total.cells}}


@pytest.mark.parametrize("role", ["county_admin", "county_viewer"])
def test_the_county_sees_streets_and_communities(register, client_with, page_ok, role):
    response = client_with(role, register.county).get(PAGE, WHOLE)
    html = page_ok(response, charts=True)
    assert "三个社区" in html and "全县看板" in html
    lines = numbers(response)
    assert list(lines) == ["甲街道党工委", "甲社区党总支", "乙社区", "丙街道党工委", "丙社区", "合计"]
    assert lines["合计"]["members.total"] == 6 and lines["甲街道党工委"]["members.total"] == 3
    assert lines["乙社区"]["members.mobile"] == lines["乙社区"]["members.women"] == 1
    assert lines["甲社区党总支"]["members.over_60"] == lines["甲社区党总支"]["members.probationary"] == 1
    assert lines["合计"]["late"] == lines["甲街道党工委"]["late"] + lines["丙街道党工委"]["late"] > 0


def test_a_street_sees_its_communities_only(register, client_with, page_ok):
    response = client_with("street_officer", register.street).get(PAGE)
    html = page_ok(response, charts=True)
    assert "两个社区" in html and "本街道看板" in html and "丙" not in html
    assert list(numbers(response)) == ["甲社区党总支", "乙社区", "合计"]


@pytest.mark.parametrize("role", ["community_officer", "branch_secretary", "supervisor", "member", "system_admin"])
def test_others_have_no_dashboard(register, client_with, role):
    client = client_with(role, register.community)
    assert client.get(PAGE).status_code == 403
    assert "看板" not in client.get("/").content.decode()


def test_a_place_below(register, client_with, page_ok):
    client = client_with("county_viewer", register.county)
    response = client.get(PAGE, {"organization": register.street.pk})
    assert "两个社区" in page_ok(response, charts=True)
    response = client.get(PAGE, {"organization": register.community.pk})
    assert "两个支部" in page_ok(response, charts=True)
    page_ok(client.get(PAGE, {"organization": register.branch.pk}), charts=True)
    client = client_with("street_officer", register.street)
    assert client.get(PAGE, {"organization": register.other_street.pk}).status_code == 404


@pytest.mark.parametrize("query", ["organization=abc", "as_of=nonsense", "as_of=2999-01-01", "as_of=1900-01-01"])
def test_a_wrong_address_says_so(register, client_with, page_ok, query):
    response = client_with("county_viewer", register.county).get(f"{PAGE}?{query}")
    assert "网址里的条件不对" in page_ok(response, 422, charts=response.status_code == 200)


def test_a_day_before_the_place_was_there(register, client_with):
    client = client_with("county_viewer", register.county)
    assert client.get(PAGE, {"as_of": "2010-04-30"}).status_code == 422
    assert client.get(PAGE, {"as_of": "2010-05-01"}).status_code == 200


def test_the_dashboard_of_a_day(register, client_with, page_ok):
    response = client_with("county_viewer", register.county).get(PAGE, {"as_of": "2018-12-31"})
    html = page_ok(response, charts=True)
    assert "截至 2018年12月31日" in html and "回到今天" in html
    assert numbers(response)["合计"]["members.total"] == 4 and numbers(response)["丙社区"]["members.total"] == 0


def test_compares_with_the_end_of_the_month_before(register, client_with):
    last = TODAY.replace(day=1) - timedelta(days=1)
    come = PersonFactory(sex="1", birth_date=date(1990, 1, 1))
    MembershipFactory(organization=register.branch, person=come, valid_from=last + timedelta(days=1))
    gone = PersonFactory(sex="2", birth_date=date(1946, 1, 1))
    MembershipFactory(organization=register.branch, mobile=True, person=gone, valid_to=last + timedelta(days=1))
    board = client_with("county_viewer", register.county).get(PAGE, WHOLE).context["board"]
    assert board.compared_with == last
    changes = {each.code: each.change for each in board.strip}
    assert changes["members.total"] == changes["members.probationary"] == "", "one came, one went"
    assert changes["members.mobile"] == changes["members.women"] == changes["members.over_60"] == "−1"
    parts = {each.cell.code: each.change for some in board.structures for each in some.parts if some.compared}
    assert parts["members.men"] == "+1" and parts["members.age.70"] == "−1" and parts["members.age.60-69"] == "0"


def test_what_is_not_compared_says_why(register, client_with, page_ok):
    """Education has no past; of a past day, whoever left since is left out of what his line hides."""
    client = client_with("county_viewer", register.county)
    today, then = (client.get(PAGE, WHOLE | query) for query in ({}, {"as_of": "2020-06-30"}))
    silent = {each.name for each in today.context["board"].structures if not each.compared}
    assert silent == {"学历结构"} and page_ok(today, charts=True).count("不与上月比较") == 1
    notes = {each.code: each.note for each in then.context["board"].strip if each.before is None}
    assert list(notes) == ["members.mobile", "members.women", "members.over_60"]
    assert all("不计后来离开的党员" in each for each in notes.values())
    html = page_ok(then, charts=True)
    assert "流动、女、60岁以上各列看过去某一天时，不计后来离开的党员" in html and "较上月" in html


def test_the_trend_ends_with_the_day(register, client_with):
    trend = client_with("county_viewer", register.county).get(PAGE).context["board"].trend
    totals = {year.point.day: year.point.total for year in trend.years}
    assert totals[date(2018, 12, 31)] == 4 and totals[date(2019, 12, 31)] == 7 and totals[date(2020, 12, 31)] == 6
    assert list(totals)[-1] == TODAY and totals[TODAY] == 6


CELL = re.compile(r'<td class="ls-num">(.*?)</td>')
TITLED = re.compile(r"<section class=\"ls-card\".*?<h2.*?>(.*?)</h2>(.*?)</section>", re.DOTALL)


@pytest.mark.parametrize("query", ["", "?as_of=2020-06-30", "?sort=-members.total"])
@pytest.mark.parametrize(
    "role, place", [("county_viewer", "county"), ("street_officer", "street"), ("county_viewer", "community")]
)
def test_every_number_is_as_long_as_the_list_behind_it(register, client_with, numbers_of, role, place, query):
    """Follows every number of the page, in whatever card: the strip, the table, the charts' tables, checks, terms."""
    client = client_with(role, register.street if role.startswith("street") else register.county)
    page = f"{PAGE}{query or '?'}&cards=1&organization={getattr(register, place).pk}"
    html = client.get(page).content.decode()
    found = numbers_of(html)
    cards = {title: body for title, body in TITLED.findall(html) if "href" in body and "ls-num" in body}
    assert len(found) > 25 and {"历年党员", "年龄结构", "学历结构", "类别结构", "性别结构"} < set(cards)
    plain = [cell for body in cards.values() for cell in CELL.findall(body) if not cell.startswith("<a")]
    assert [each for each in plain if each != "0" and not re.fullmatch(r"[\d.]+%|[+−]\d+", each)] == []
    wrong = []
    for url, number in set(found):
        page = client.get(url).context["page"]
        if page.paginator.count != number:
            wrong.append((url, number, page.paginator.count))
    assert wrong == []


def test_sorted_by_a_column(register, client_with, page_ok):
    client = client_with("county_viewer", register.county)
    response = client.get(PAGE, {"sort": "-members.total"})
    assert list(numbers(response)) == ["丙社区", "乙社区", "甲社区党总支", "合计"]
    assert 'aria-sort="descending"' in page_ok(response, charts=True)
    assert next(iter(numbers(client.get(PAGE, {"sort": "nonsense"})))) == "甲街道党工委"


def test_a_moved_branch_counts_where_it_stood(register, client_with):
    """Node and numbers of the day; the list of the day agrees (the trend too)."""
    period = register.other_branch.periods.get()
    period.valid_to = date(2022, 3, 1)
    period.save()
    period.pk, period.parent, period.valid_from, period.valid_to = None, register.community, date(2022, 3, 1), date.max
    period.save()
    register.other_branch.refresh_from_db()
    register.other_branch.move_to(register.community)
    client = client_with("county_viewer", register.county)
    for node, before, after in ((register.other_street, 3, 0), (register.street, 3, 6)):
        trend = client.get(PAGE, {"organization": node.pk}).context["board"].trend
        totals = {year.point.day.year: (year.point.total, year.total_url) for year in trend.years}
        assert totals[2021][0] == before and totals[2022][0] == after
        assert client.get(totals[2021][1]).context["page"].paginator.count == before


def test_a_day_before_any_post_was_registered_says_so(register, client_with):
    """The first 书记 of the stage is in office since 2018; before, vacancies would be read as facts."""
    client = client_with("county_viewer", register.county)
    notes = [
        client.get(PAGE, query).context["board"].table.note
        for query in (WHOLE, WHOLE | {"as_of": "2020-06-30"}, WHOLE | {"as_of": "2017-06-30"})
    ]
    assert ["还没有登记过职务" in note for note in notes] == [False, False, True]


def test_a_county_without_anything(tree, client_with, page_ok):
    html = page_ok(client_with("county_viewer", tree.county).get(PAGE, WHOLE), charts=True)
    assert "没有登记本届起止日期" in html


@pytest.mark.parametrize("role", [role for role in ROLES.values() if Right.DASHBOARD_READ in role.rights])
def test_who_has_a_dashboard_may_open_its_lists(role):
    assert {Right.ORGANIZATIONS_READ, Right.MEMBERS_READ} <= role.rights


def test_who_left_since_is_told_where_no_part_counts_him(register, client_with, page_ok):
    """A past day counts him among the members; age and education of who left are nobody's to read."""
    since, left, day = TODAY - timedelta(days=90), TODAY - timedelta(days=10), TODAY - timedelta(days=30)
    MembershipFactory(organization=register.branch, valid_from=since, valid_to=left)
    response = client_with("county_admin", register.county).get(PAGE, WHOLE | {"as_of": day.isoformat()})
    hidden = {each.name: each.hidden for each in response.context["board"].structures}
    assert hidden["类别结构"] == 0 and hidden["年龄结构"] == hidden["学历结构"] == hidden["性别结构"] == 1
    assert page_ok(response, charts=True).count("另有 1 人后来离开") == 3
