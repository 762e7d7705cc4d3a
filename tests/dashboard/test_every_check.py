"""Each rule of the issue, broken once: told with basis, figure, limit and what mends it, wherever findings are told."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from organizations.models import Grid, Organization, Post, Term
from organizations.rules.bodies import BODIES, BodyKind
from organizations.rules.kinds import Kind
from tests.factories import MembershipFactory, OrganizationFactory, PersonFactory

TODAY = timezone.localdate()
SINCE = date(2020, 1, 1)
# check, level, node: what is counted, what it is held against, a word of the basis, and the operation that mends it
BROKEN = [
    ("members.size", "late", "branch", 51, "不超过 50 人", "升格", "/upgrade/"),
    ("members.size", "soon", "sibling", 45, "不超过 50 人", "升格", "/upgrade/"),
    ("members.most", "soon", "joint", 51, "一般不超过 50 人", "第四条", "/operations/"),
    ("members.least", "late", "other_branch", 2, "不少于 3 人", "第四条", "/operations/"),
    ("members.group", "soon", "group", 1, "一般不少于 3 人", "第十三条", "/operations/"),
    ("members.committee", "late", "branch", 51, "7 人以上应设支委会", "支部委员会", "/posts/"),
    ("members.review", "soon", "general", 1, "超过 50 人；回落持续 6 个月的研究", "不自动降格", "/operations/"),
    ("term", "late", "branch", -1, "届满前换届", "选举工作条例", "/posts/"),
    ("term", "soon", "sibling", 30, "届满前换届", "选举工作条例", "/posts/"),
    ("secretary", "late", "other_branch", None, "出缺不超过", "出缺及时补选", "/posts/"),
    ("titles", "soon", "area", 1, "3 项委员职务有人担任", "委员", "/posts/"),
    ("lead", "late", "community", 0, "有且只有 1 个", "牵头党组织", "/lead/"),
    ("bodies", "late", "community", 0, "有 1 个", "第三十六条", "/bodies/establish/"),
    ("grid_coverage", "late", "community", 0, "1 项都落实", "全覆盖", "/grids/"),
]  # fmt: skip


@pytest.fixture
def broken(tree) -> dict[str, Organization]:
    """The stage with everything wrong that the rules know of."""
    tree.community.refresh_from_db()
    joint = OrganizationFactory(kind=Kind.JOINT_BRANCH, name="联合支部", short_name="联合", parent=tree.community)
    person = PersonFactory()
    for node, count in ((tree.branch, 51), (tree.sibling, 45), (joint, 51), (tree.other_branch, 2)):
        MembershipFactory.create_batch(count, organization=node)
    MembershipFactory(organization=tree.group, person=person)
    for days, node in ((-1, tree.branch), (30, tree.sibling)):
        due_on = TODAY + timedelta(days=days)
        Term.objects.create(organization=node, valid_from=SINCE, years=5, due_on=due_on)
    for title in ("书记", "组织委员", "委员"):
        Post.objects.create(organization=tree.area, person=PersonFactory(), title=title, valid_from=SINCE)
    Grid.objects.create(organization=tree.community, number="01", bounds="东至路", households=400, valid_from=SINCE)
    names = ("branch", "sibling", "other_branch", "group", "general", "area", "community")
    return {name: getattr(tree, name) for name in names} | {"joint": joint, "county": tree.county}


def test_every_rule_of_the_issue_is_told_everywhere(broken, client_with, page_ok):
    client = client_with("county_admin", broken["county"])
    told = client.get("/api/v1/checks/findings/?page_size=500").json()["results"]
    owed = client.get("/api/v1/todos/?page_size=500").json()["results"]
    listed = client.get("/dashboard/findings/?by=place")
    rows = list(listed.context["page"].paginator.object_list)
    for code, level, name, figure, limit, basis, url in BROKEN:
        place = broken[name].pk
        here = [each for each in told if (each["code"], each["level"], each["organization"]) == (code, level, place)]
        found = next((each for each in here if basis in each["basis"]), None)
        assert found is not None, (code, level, name, here)
        assert found["figure"] == figure and limit in found["limit"], (code, found)
        assert found["task"] and found["action"] and url in found["url"], found
        assert client.get(found["url"]).status_code == 200, found
        assert any((each["check"], each["organization"]) == (code, place) for each in owed), (code, name)
        assert any((row.found.check.code, row.found.finding.organization_id) == (code, place) for row in rows)
    page_ok(listed)


@pytest.mark.parametrize("name", sorted({name for _, _, name, *_ in BROKEN}))
def test_every_rule_of_the_issue_is_told_at_its_node(broken, client_with, name):
    client = client_with("county_admin", broken["county"])
    groups = client.get(f"/organizations/{broken[name].pk}/?cards=1").context["findings"]["groups"]
    shown = {(group.code, group.level.value) for group in groups}
    assert shown >= {(code, level) for code, level, place, *_ in BROKEN if place == name}


def test_every_community_needs_both_of_its_bodies(broken, client_with):
    found = client_with("county_admin", broken["county"]).get("/api/v1/checks/findings/?code=bodies").json()["results"]
    told = {each["task"] for each in found if each["organization"] == broken["community"].pk}
    assert told == {f"建立{BODIES[kind].label}" for kind in (BodyKind.RESIDENTS_COMMITTEE, BodyKind.SUPERVISION)}
