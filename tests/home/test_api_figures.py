"""Figures and rule checks for integrators: the same numbers as on the pages, in scope."""

from datetime import date

import pytest
from django.utils import timezone

from tests.factories import MembershipFactory
from tests.furnished import furnish

FIGURES, CHECKS, FINDINGS = "/api/v1/figures/", "/api/v1/checks/", "/api/v1/checks/findings/"


@pytest.fixture
def register(tree):
    MembershipFactory.create_batch(2, organization=tree.branch)
    MembershipFactory(organization=tree.sibling, valid_to=date(2020, 1, 1))
    MembershipFactory(organization=tree.other_branch)


def test_the_catalogue_holds_what_the_reader_may_see(tree, client_with):
    found = client_with("supervisor", tree.community).get(FIGURES).json()["results"]
    assert {
        "code": "organizations.branches",
        "name": "支部",
        "unit": "个",
        "structure": "",
        "filed": False,
        "note": "",
    } in found
    assert not [each for each in found if each["code"].startswith("members.")]
    codes = [each["code"] for each in client_with("county_viewer", tree.county).get(FIGURES).json()["results"]]
    assert {"members.total", "members.age.36-45", "members.education.bachelor", "grids.covered"} <= set(codes)


def test_own_and_cumulative_numbers_with_their_lists(tree, register, client_with):
    client = client_with("street_officer", tree.street)
    rows = {each["organization"]: each for each in client.get(f"{FIGURES}members.total/").json()["results"]}

    assert (rows[tree.street.pk]["own"], rows[tree.street.pk]["total"]) == (0, 2)
    assert (rows[tree.branch.pk]["own"], rows[tree.branch.pk]["total"]) == (2, 2)
    assert tree.county.pk not in rows and tree.other_branch.pk not in rows
    for row in rows.values():
        assert client.get(row["url"]).context["page"].paginator.count == row["total"]


def test_a_day_and_a_place(tree, register, client_with):
    client = client_with("county_viewer", tree.county)
    query = f"?organization={tree.community.pk}&as_of=2019-12-31"
    rows = client.get(f"{FIGURES}members.total/{query}").json()["results"]

    assert [(each["organization"], each["total"]) for each in rows] == [
        (tree.community.pk, 3), (tree.branch.pk, 2), (tree.sibling.pk, 1),
    ]  # fmt: skip
    assert rows[0]["url"].endswith("as_of=2019-12-31")
    assert client.get(rows[0]["url"]).context["page"].paginator.count == 3


def test_what_is_not_there_or_not_allowed(tree, client_with):
    officer = client_with("community_officer", tree.community)
    assert officer.get(f"{FIGURES}members.nonsense/").status_code == 404
    assert officer.get(f"{FIGURES}members.total/?organization={tree.other_community.pk}").status_code == 404
    assert officer.get(f"{FINDINGS}?organization={tree.other_community.pk}").status_code == 404
    assert client_with("supervisor", tree.community).get(f"{FIGURES}members.total/").status_code == 403
    for query in ("?level=bad", "?organization=x", "?wrong=1", "?as_of=2999-01-01"):
        assert officer.get(f"{FINDINGS}{query}").status_code == 400, query


def test_findings_tell_figure_limit_basis_and_operation(tree, client_with):
    MembershipFactory.create_batch(2, organization=tree.branch)
    client = client_with("community_officer", tree.community)
    assert {"code": "members.least", "name": "正式党员人数"} in client.get(CHECKS).json()["results"]

    found = client.get(f"{FINDINGS}?code=members.least&organization={tree.branch.pk}").json()["results"]
    assert found == [{
        "code": "members.least", "name": "正式党员人数", "level": "late",
        "organization": tree.branch.pk, "organization_name": "乙社区第一支部",
        "sentence": "正式党员 2 人，不足 3 人，建议并入其他支部或成立联合支部。",
        "basis": "《支部工作条例》第四条：正式党员 3 人以上应当成立党支部", "figure": 2, "limit": "不少于 3 人",
        "due_on": None, "task": "合并支部或成立联合支部", "action": "办合并",
        "url": f"/organizations/{tree.branch.pk}/operations/",
    }]  # fmt: skip
    levels = [each["level"] for each in client.get(FINDINGS).json()["results"]]
    assert levels == sorted(levels) and set(levels) == {"late", "soon"}, "late comes before soon"
    assert {each["level"] for each in client.get(f"{FINDINGS}?level=ok").json()["results"]} == {"ok"}


@pytest.mark.parametrize("url", [f"{FIGURES}members.women/", f"{FINDINGS}?page_size=3"])
def test_the_cost_is_the_same_at_every_size(tree, statements, url):
    MembershipFactory(organization=tree.group)
    furnish(tree, 1, timezone.now())
    cost = statements("street_officer", tree.street)
    few = cost(url)
    for number in range(2, 5):
        furnish(tree, number, timezone.now())
    assert cost(url) == few <= 18


def test_before_all_rules_nothing_can_be_checked(tree, client_with):
    answer = client_with("street_officer", tree.street).get(FINDINGS, {"as_of": "1949-09-30"})
    assert answer.status_code == 400 and "没有可以对照的规则" in answer.content.decode()
