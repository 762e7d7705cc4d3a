"""Rule checks: what they find, and with how many queries."""

from datetime import date

import pytest

from linshu.figures.registry import Level, Look, checks
from linshu.people.models import Kinship
from linshu.scope import EVERYTHING, SYSTEM, Scope
from organizations.models import OrganizationPeriod, Post
from organizations.rules.bodies import BodyKind
from organizations.services import bodies, grids, leads, posts, seats, terms
from tests.factories import MembershipFactory, OrganizationFactory, PersonFactory

DAY = date(2026, 11, 24)
ON = date(2025, 6, 1)


@pytest.fixture
def find():
    """``find(code, node)``: findings of a check about the node, as (level, sentence)."""

    def run(code, node, day=DAY):
        check = next(check for check in checks() if check.code == code)
        found = [finding for finding in check.find(Look(EVERYTHING, day)) if finding.organization_id == node.pk]
        assert all(finding.basis and finding.limit for finding in found)
        mended = [finding for finding in found if finding.level != Level.OK]
        assert all(finding.action and finding.url and finding.task for finding in mended)
        assert not any(finding.sentence.startswith(node.short_name) for finding in mended)
        return [(finding.level, finding.sentence) for finding in found]

    return run


def test_a_community_without_a_leading_branch_is_red(tree, find, now):
    assert [level for level, _ in find("lead", tree.community)] == [Level.LATE]
    assert [level for level, _ in find("lead", tree.general)] == [Level.OK]
    leads.appoint_lead(
        community=tree.community, branch=tree.branch, document_no="甲街〔2026〕5号", on=ON, by=SYSTEM, now=now
    )
    assert [level for level, _ in find("lead", tree.community)] == [Level.OK]
    OrganizationPeriod.objects.filter(organization=tree.branch).update(valid_to=DAY)
    assert [level for level, _ in find("lead", tree.community)] == [Level.LATE]


def test_a_vacant_secretary_is_amber_then_red(tree, find, full_member, now):
    person = full_member(tree.branch, "王一")
    assert find("secretary", tree.branch) == [(Level.LATE, "没有登记书记。")]
    post = posts.appoint(organization=tree.branch, person=person, title="书记", on=ON, by=SYSTEM, now=now)
    assert find("secretary", tree.branch) == [(Level.OK, "书记：王一。")]
    posts.relieve(post=post, on=date(2026, 11, 1), reason="调离", by=SYSTEM, now=now)
    assert find("secretary", tree.branch)[0][0] == Level.SOON
    assert find("secretary", tree.branch, date(2027, 1, 30)) == [(Level.SOON, "书记出缺 90 日，应及时补选。")]
    assert find("secretary", tree.branch, date(2027, 1, 31))[0][0] == Level.LATE


def test_an_organ_of_the_street_is_asked_only_once_something_was_registered(tree, find, now):
    assert find("secretary", tree.street) == find("term", tree.street) == []
    terms.start_term(organization=tree.street, on=ON, by=SYSTEM, now=now)
    assert find("secretary", tree.street) == [(Level.LATE, "没有登记书记。")]
    assert find("term", tree.street)[0][0] == Level.OK


def test_a_secretary_of_less_than_a_year_is_amber(tree, find, full_member, now):
    person = full_member(tree.branch, full_on=date(2026, 1, 1))
    posts.appoint(organization=tree.branch, person=person, title="书记", on=date(2026, 2, 1), by=SYSTEM, now=now)
    assert find("secretary", tree.branch)[0][0] == Level.SOON


def test_a_secretary_who_is_no_full_member_is_red(tree, find, now):
    member = MembershipFactory(organization=tree.branch, probationary=True, person=PersonFactory(name="王一"))
    for person, level in ((member.person, Level.LATE), (PersonFactory(name="李二"), Level.LATE)):
        post = Post.objects.create(organization=tree.branch, person=person, title="书记", valid_from=ON)
        found = find("secretary", tree.branch)
        assert [each for each, _ in found] == [level] and person.name in found[0][1]
        post.delete()
    Post.objects.create(organization=tree.street, person=member.person, title="书记", valid_from=ON)
    assert find("secretary", tree.street)[0][0] == Level.LATE
    Post.objects.filter(organization=tree.street).update(person=PersonFactory())
    assert find("secretary", tree.street)[0][0] == Level.OK, "whose register is elsewhere is not doubted"


def test_a_vacant_post_of_a_full_committee_is_named(tree, find, full_member, now):
    def appoint(name, title):
        person = full_member(tree.branch, name)
        return posts.appoint(organization=tree.branch, person=person, title=title, on=ON, by=SYSTEM, now=now)

    appoint("王一", "书记")
    appoint("李二", "组织委员")
    assert find("titles", tree.branch) == [], "too small is told by its size alone"
    appoint("赵三", "委员")
    assert find("titles", tree.branch) == [(Level.SOON, "支部委员会没有宣传委员、纪检委员，应及时补选。")]
    leaving = appoint("钱四", "宣传委员")
    appoint("孙五", "纪检委员")
    assert find("titles", tree.branch) == [(Level.OK, "委员职务都有人担任。")]
    posts.relieve(post=leaving, on=date(2026, 11, 1), reason="调离", by=SYSTEM, now=now)
    assert find("titles", tree.branch)[0][0] == Level.SOON


def test_the_term_turns_amber_and_red(tree, find, now):
    assert find("term", tree.branch)[0] == (Level.SOON, "没有登记本届起止日期。")
    term = terms.start_term(organization=tree.branch, on=date(2021, 12, 10), by=SYSTEM, now=now)
    assert find("term", tree.branch, date(2026, 6, 12))[0][0] == Level.OK
    assert find("term", tree.branch, date(2026, 6, 13))[0][0] == Level.SOON
    assert find("term", tree.branch, date(2026, 12, 10))[0][0] == Level.SOON
    assert find("term", tree.branch, date(2026, 12, 11))[0][0] == Level.LATE
    terms.extend_term(term=term, to=date(2027, 12, 10), document_no="甲街〔2026〕8号", by=SYSTEM, now=now)
    assert find("term", tree.branch, date(2026, 12, 11))[0][0] == Level.SOON, "an approved delay is amber"
    assert find("term", tree.branch, date(2027, 12, 11))[0][0] == Level.LATE


def test_a_committee_of_two_is_amber(tree, find, full_member, now):
    for name, title in (("王一", "书记"), ("李二", "组织委员")):
        posts.appoint(
            organization=tree.branch, person=full_member(tree.branch, name), title=title, on=ON, by=SYSTEM, now=now
        )
    assert find("committee", tree.branch)[0][0] == Level.SOON
    posts.appoint(
        organization=tree.branch, person=full_member(tree.branch, "赵三"), title="宣传委员", on=ON, by=SYSTEM, now=now
    )
    assert find("committee", tree.branch)[0][0] == Level.OK


@pytest.fixture
def committee(now):
    def make(community, kind=BodyKind.RESIDENTS_COMMITTEE, sexes="11211"):
        body = bodies.establish_body(community=community, kind=kind, on=ON, by=SYSTEM, now=now)
        rows = [
            seats.seat(body=body, person=PersonFactory(sex=sex), title="委员", on=ON, by=SYSTEM, now=now)
            for sex in sexes
        ]
        return body, rows

    return make


def test_a_community_must_have_both_committees(tree, find, committee):
    assert [level for level, _ in find("bodies", tree.community)] == [Level.LATE, Level.LATE]
    committee(tree.community)
    committee(tree.community, BodyKind.SUPERVISION, "121")
    assert [level for level, _ in find("bodies", tree.community)] == [Level.OK, Level.OK]


@pytest.mark.parametrize(
    ("sexes", "levels"), [("11211", [Level.OK]), ("1111", [Level.LATE, Level.LATE]), ("11111", [Level.LATE])]
)
def test_size_and_women_of_the_residents_committee(tree, find, committee, sexes, levels):
    committee(tree.community, sexes=sexes)
    assert [level for level, _ in find("body_size", tree.community)] == levels


def test_undeclared_is_amber_conflict_red_and_only_declared_passes(tree, find, committee, now):
    _, rows = committee(tree.community, sexes="12")
    assert [level for level, _ in find("exclusion", tree.community)] == [Level.SOON]
    for row in rows:
        row.kinship_declared = True
        row.save()
    assert [level for level, _ in find("exclusion", tree.community)] == [Level.OK]
    low, high = sorted(row.person_id for row in rows)
    Kinship.objects.create(person_id=low, relative_id=high, relation="spouse")
    found = find("exclusion", tree.community)
    assert [level for level, _ in found] == [Level.LATE]
    assert not any(row.person.name in sentence for row in rows for _, sentence in found)


def test_a_grid_without_a_party_organisation_is_red_and_an_odd_size_amber(tree, find, now):
    data = grids.GridData("01", "东至振兴路", 900)
    grid = grids.create_grid(community=tree.community, data=data, on=ON, by=SYSTEM, now=now)
    assert find("grid_coverage", tree.community) == [(Level.LATE, "01 号网格没有落实所属支部或党小组。")]
    assert find("grid_size", tree.community) == [(Level.SOON, "01 号网格 900 户，一般应为 300 至 500 户。")]
    data = grids.GridData("01", "东至振兴路", 400, party_organization=tree.branch)
    grids.change_grid(grid=grid, data=data, by=SYSTEM, now=now)
    assert find("grid_coverage", tree.community) == [(Level.OK, "1 个网格已覆盖。")]
    assert find("grid_size", tree.community) == []


def test_findings_stay_in_scope(tree, committee):
    committee(tree.other_community)
    scope = Scope(frozenset({tree.street.pk}))
    inside = {
        tree.street.pk,
        tree.general.pk,
        tree.area.pk,
        tree.group.pk,
        tree.community.pk,
        tree.branch.pk,
        tree.sibling.pk,
    }
    for check in checks():
        assert {finding.organization_id for finding in check.find(Look(scope, DAY))} <= inside


def test_on_a_day_before_only_what_stood_then_is_judged(tree, find):
    period = OrganizationPeriod.objects.filter(organization=tree.branch)
    period.update(valid_from=date(2026, 1, 1))
    assert find("secretary", tree.branch, date(2025, 12, 31)) == []
    assert find("secretary", tree.branch, date(2026, 1, 1)) != []


OURS = (
    "titles",
    "lead",
    "secretary",
    "committee",
    "term",
    "bodies",
    "body_size",
    "body_term",
    "exclusion",
    "grid_coverage",
    "grid_size",
)


@pytest.mark.parametrize("code", OURS)
def test_more_communities_cost_no_more_queries(tree, committee, now, code, django_assert_max_num_queries):
    check = next(check for check in checks() if check.code == code)

    def another(number):
        node = OrganizationFactory(kind="community", name=f"丁{number}社区", parent=tree.street)
        committee(node)
        grids.create_grid(community=node, data=grids.GridData("01", "东至振兴路", 900), on=ON, by=SYSTEM, now=now)

    another(1)
    with django_assert_max_num_queries(20) as few:
        list(check.find(Look(EVERYTHING, DAY)))
    for number in range(2, 6):
        tree.street.refresh_from_db()
        another(number)
    with django_assert_max_num_queries(len(few.captured_queries)):
        list(check.find(Look(EVERYTHING, DAY)))
