"""Every number that has a list leads to it as of 31 December; the others say why not."""

import re
from datetime import date

import pytest

from linshu.scope import SYSTEM
from linshu.statistics.services import freeze
from members.models import Membership
from organizations.models import Grid, Post
from tests.factories import MembershipFactory

LINK = re.compile(r'<td class="ls-num"><a href="([^"]+)">(\d+)</a></td>')


@pytest.fixture
def year(tree, members, now):
    """2025 with something of everything, frozen."""
    MembershipFactory(organization=tree.other_branch, probationary=True, joined_on=date(2025, 3, 1))
    Post.objects.create(organization=tree.branch, person=members[0].person, title="书记", valid_from=date(2024, 1, 1))
    Grid.objects.create(
        organization=tree.community, number="01", bounds="东至振兴路", households=400, valid_from=date(2020, 1, 1)
    )
    return freeze(county=tree.county, year=2025, by=SYSTEM, now=now)


def test_every_number_opens_a_list_as_long_as_itself(year, tree, client_with, page_ok):
    client = client_with("county_viewer", tree.county)
    links = LINK.findall(page_ok(client.get(f"/statistics/{year.pk}/")).replace("&amp;", "&"))
    kinds = {url.split("?")[0].rstrip("/").rsplit("/", 1)[-1] for url, _ in links}
    assert {"members", "grids", "posts", "branches"} <= kinds and len(links) > 60
    wrong = []
    for url, number in set(links):
        count = client.get(url).context["page"].paginator.count
        wrong += [(url, number, count)] if count != int(number) else []
        assert url.endswith("as_of=2025-12-31")
    assert wrong == []


def test_what_has_no_list_says_why(year, tree, client_with, page_ok):
    html = page_ok(client_with("county_viewer", tree.county).get(f"/statistics/{year.pk}/"))
    changes = html[html.index('aria-label="本年变化"') :]
    changes = changes[: changes.index("</section>")]
    assert "没有对应的名单" in changes and '<td class="ls-num">1</td>' in changes and "members/?" not in changes
    assert html.count("可能比封存的数字短") == 3, (
        "basic figures, ages, education: where a list leaves out who left since"
    )


def test_who_left_since_makes_a_list_shorter_as_the_note_says(year, tree, client_with, members):
    Membership.objects.filter(pk=members[1].pk).update(valid_to=date(2026, 5, 1))
    client = client_with("county_viewer", tree.county)
    columns = {each["code"]: each for each in client.get(f"/api/v1/statistics/{year.pk}/").json()["numbers"]["columns"]}
    women, everybody = columns["members.women"], columns["members.total"]
    assert "名册上只留姓名、日期和类别" in women["note"] and everybody["note"] == ""

    def length(column) -> int:
        return client.get(column["url"].replace("{id}", str(tree.county.pk))).context["page"].paginator.count

    assert length(women) == 0 and length(everybody) == 4
    assert columns["year.left"]["url"] == "" and "没有对应的名单" in columns["year.left"]["note"]
