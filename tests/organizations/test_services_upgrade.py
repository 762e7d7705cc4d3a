"""升格 from the suggestion to the filing: the node stays, its branches change, the rest stays with it."""

from datetime import date

import pytest
from django.utils import timezone

from linshu.audit.models import Event
from linshu.errors import Conflict, Invalid, NotPermitted
from linshu.scope import SYSTEM
from members.models import Membership
from organizations.models import OPEN_END, LeadAppointment, OrganizationPeriod, Post, Term
from organizations.rules.upgrade import BranchPlan
from organizations.services import upgrade as steps
from organizations.tree import check
from tests.factories import MembershipFactory

D1, D2, D3, D4, D5 = (date(2026, 3, day) for day in (1, 5, 10, 20, 25))


def act(by=SYSTEM, **more):
    return {"by": by, "now": timezone.now()} | more


@pytest.fixture
def community(tree):
    """乙社区 with four full members in each branch."""
    MembershipFactory.create_batch(4, organization=tree.branch)
    MembershipFactory.create_batch(4, organization=tree.sibling)
    return tree.community


@pytest.fixture
def approved(community):
    made = steps.propose(node=community, reason="片区多", despite_fewer=True, on=D1, **act())
    return steps.approve(upgrade=made, document_no="甲街〔2026〕9号", on=D2, **act())


def plans(tree, *, merged: bool = False):
    second = (
        BranchPlan(tree.sibling.pk, into=tree.branch.pk) if merged else BranchPlan(tree.sibling.pk, "西片区支部", "西")
    )
    return [BranchPlan(tree.branch.pk, "乙社区东片区支部", "东片区"), second]


def build(upgrade, tree, **more):
    values = {"name": "中共乙社区总支部委员会", "short_name": "乙社区总支", "branches": plans(tree), "on": D3} | more
    return steps.build(upgrade=upgrade, **values, **act())


def test_with_fewer_members_it_takes_a_stated_need(community):
    with pytest.raises(Invalid, match="现有党员 8 名，没有超过 50 名"):
        steps.propose(node=community, reason="想升格", on=D1, **act())


def test_only_one_at_a_time(approved, community):
    with pytest.raises(Conflict, match="正在办理"):
        steps.propose(node=community, reason="再来", despite_fewer=True, on=D1, **act())


def test_without_approval_nothing_changes(community, tree):
    made = steps.propose(node=community, reason="片区多", despite_fewer=True, on=D1, **act())

    with pytest.raises(Conflict, match="已建议"):
        build(made, tree)
    with pytest.raises(Invalid, match="文号"):
        steps.approve(upgrade=made, document_no=" ", on=D2, **act())
    community.refresh_from_db()
    assert community.kind == "community"


def test_the_community_suggests_and_the_street_decides(community, tree, actor_with):
    secretary = actor_with("community_secretary", tree.community)
    made = steps.propose(node=community, reason="片区多", despite_fewer=True, on=D1, **act(secretary))

    with pytest.raises(NotPermitted):
        steps.approve(upgrade=made, document_no="1号", on=D2, **act(secretary))
    steps.approve(upgrade=made, document_no="1号", on=D2, **act(actor_with("street_officer", tree.street)))


def test_the_node_stays_and_its_branches_become_area_branches(approved, tree):
    lead = LeadAppointment.objects.create(
        organization=tree.community, branch=tree.branch, document_no="甲街〔2020〕1号", valid_from=date(2020, 1, 1)
    )

    made = build(approved, tree)

    for node in (tree.community, tree.branch, tree.sibling, lead):
        node.refresh_from_db()
    assert (tree.community.kind, tree.community.name) == ("general_branch", "中共乙社区总支部委员会")
    assert {tree.branch.kind, tree.sibling.kind} == {"area_branch"}
    assert lead.valid_to == D3
    assert made.election_due_on == date(2026, 4, 10)
    assert OrganizationPeriod.objects.get(organization=tree.community, valid_to=D3).kind == "community"
    assert check() == []


def test_a_branch_merged_in_brings_its_members(approved, tree):
    build(approved, tree, branches=plans(tree, merged=True))

    tree.sibling.refresh_from_db()
    assert tree.sibling.closed_on == D3
    assert Membership.objects.filter(organization=tree.branch, valid_to=OPEN_END).count() == 8
    assert check() == []


def test_an_area_branch_needs_three_full_members(approved, tree):
    Membership.objects.filter(organization=tree.sibling).update(category="probationary", full_on=None)

    with pytest.raises(Invalid, match="只有正式党员 0 名"):
        build(approved, tree)


def test_the_steps_keep_their_order_in_time(approved, tree):
    with pytest.raises(Invalid, match="早于上一步"):
        build(approved, tree, on=D1)


def test_election_and_filing_complete_it(approved, tree):
    built = build(approved, tree)
    people = [each.person for each in Membership.objects.filter(organization=tree.branch)[:2]]
    results = [("书记", people[0]), ("组织委员", people[1])]

    elected = steps.elect(upgrade=built, results=results, document_no="乙总〔2026〕1号", on=D4, **act())
    filed = steps.file(upgrade=elected, document_no="甲街〔2026〕12号", on=D5, **act())

    posts = Post.objects.filter(organization=tree.community)
    assert {(post.title, post.document_no) for post in posts} == {
        ("书记", "乙总〔2026〕1号"),
        ("组织委员", "乙总〔2026〕1号"),
    }
    assert Term.objects.get(organization=tree.community).valid_from == D4
    assert filed.state == "filed"
    assert Event.objects.get(type="organizations.upgrade_elected").data["late"] == ""


def test_a_late_election_is_entered_and_said_to_be_late(approved, tree):
    built = build(approved, tree)
    person = Membership.objects.filter(organization=tree.branch).first().person

    steps.elect(upgrade=built, results=[("书记", person)], document_no="1号", on=date(2026, 5, 1), **act())

    assert "晚于期限 2026-04-10" in Event.objects.get(type="organizations.upgrade_elected").data["late"]


def test_a_withdrawn_one_makes_room_for_the_next(approved, community):
    steps.withdraw(upgrade=approved, reason="暂缓", **act())

    assert steps.propose(node=community, reason="再议", despite_fewer=True, on=D1, **act()).state == "proposed"
