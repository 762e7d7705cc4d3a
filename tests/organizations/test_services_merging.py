"""Merge, split and close: what goes along, what ends, what stands against it."""

from datetime import date

import pytest
from django.utils import timezone

from linshu.audit.models import Event
from linshu.errors import Conflict, Invalid, NotPermitted
from linshu.scope import SYSTEM
from organizations import registry
from organizations.models import OPEN_END, Body, Grid, LeadAppointment, Organization, Post, Term
from organizations.registry import Blocker, Carried, Dependants
from organizations.services.merging import Part, close, merge, split
from organizations.tree import check
from tests.factories import OrganizationFactory, PersonFactory

ON = date(2020, 3, 1)


def words(**more):
    return {"on": ON, "reason": "工作需要", "now": timezone.now()} | more


@pytest.fixture
def desks(monkeypatch):
    """Another app's rows: desks that hang on nodes, as ``{node id: [keys]}``; the only ones in these tests."""
    rows: dict[int, list[str]] = {}

    def carry(source_id, target_id, *, on, keys, by, now):
        gone = [key for key in rows.get(source_id, []) if keys is None or key in keys]
        rows[source_id] = [key for key in rows.get(source_id, []) if key not in gone]
        rows.setdefault(target_id, []).extend(gone)
        return len(gone)

    def blockers(ids, on):
        return [Blocker(node, f"还有 {len(rows[node])} 张办公桌。请先搬走。") for node in ids if rows.get(node)]

    def preview(ids, on):
        return [Carried(node, key, f"办公桌{key}") for node in ids for key in rows.get(node, [])]

    monkeypatch.setattr(registry, "_dependants", {"desks": Dependants("desks", "张办公桌", blockers, preview, carry)})
    return rows


def test_a_merger_takes_everything_along(tree, desks, actor_with):
    desks[tree.branch.pk] = ["a", "b"]
    group = OrganizationFactory(kind="group", group_kind="area", name="第一党小组", parent=tree.branch)
    grid = Grid.objects.create(
        organization=tree.community, number="01", bounds="四至", households=300, party_organization=tree.branch,
        valid_from=ON,
    )  # fmt: skip

    merge(node=tree.branch, target=tree.sibling, by=actor_with("street_officer", tree.street), **words())

    tree.branch.refresh_from_db(), group.refresh_from_db(), grid.refresh_from_db()
    assert tree.branch.closed_on == ON
    assert group.parent == tree.sibling
    assert grid.party_organization == tree.sibling
    assert desks == {tree.branch.pk: [], tree.sibling.pk: ["a", "b"]}
    events = Event.objects.filter(type="organizations.merged")
    assert {event.organization_id for event in events} == {tree.branch.pk, tree.sibling.pk}
    assert events[0].data["carried"] == "第一党小组，2 张办公桌"
    assert check() == []


def test_posts_and_lead_end_with_the_node(tree, desks):
    post = Post.objects.create(
        organization=tree.branch, person=PersonFactory(), title="书记", valid_from=date(2018, 1, 1)
    )
    lead = LeadAppointment.objects.create(
        organization=tree.community, branch=tree.branch, document_no="甲街〔2018〕1号", valid_from=date(2018, 1, 1)
    )

    close(node=tree.branch, by=SYSTEM, **words())

    post.refresh_from_db(), lead.refresh_from_db()
    assert (post.valid_to, lead.valid_to) == (ON, ON)
    assert "1 个职务自然终止" in Event.objects.get(type="organizations.closed").data["ended"]


def test_a_later_post_stands_against_closing(tree, desks):
    Post.objects.create(organization=tree.branch, person=PersonFactory(), title="书记", valid_from=date(2021, 1, 1))

    with pytest.raises(Conflict, match="自 2021年1月1日起任"):
        close(node=tree.branch, by=SYSTEM, **words())


def test_a_later_term_stands_against_closing(tree, desks):
    begun = date(2024, 5, 1)
    Term.objects.create(organization=tree.branch, valid_from=begun, years=5, due_on=date(2029, 5, 1))

    with pytest.raises(Conflict, match="的本届自"):
        close(node=tree.branch, on=begun, reason="撤并", by=SYSTEM, now=timezone.now())
    assert not Organization.objects.filter(pk=tree.branch.pk, closed_on__isnull=False).exists()


def test_closing_names_everything_that_stands_against_it(tree, desks):
    desks[tree.community.pk] = ["a"]
    Body.objects.create(
        organization=tree.community,
        kind="supervision_committee",
        term_from=ON,
        term_due_on=date(2025, 3, 1),
        valid_from=ON,
    )

    with pytest.raises(Conflict) as error:
        close(node=tree.community, by=SYSTEM, **words())

    assert [problem.message for problem in error.value.problems] == [
        "乙社区还有居务监督委员会。请先撤销机构，再办理。",
        "还有 1 张办公桌。请先搬走。",
    ]


def test_a_node_with_open_children_is_not_closed(tree, desks):
    with pytest.raises(Invalid, match="支部还在"):
        close(node=tree.community, by=SYSTEM, **words())


def test_a_grid_keeps_its_branch(tree, desks):
    Grid.objects.create(
        organization=tree.community, number="01", bounds="四至", households=300, party_organization=tree.branch,
        valid_from=ON,
    )  # fmt: skip

    with pytest.raises(Conflict, match="请先给网格改定所属支部"):
        close(node=tree.branch, by=SYSTEM, **words())


def test_a_refused_merger_leaves_everything_as_it_was(tree, desks):
    desks[tree.general.pk] = ["a"]

    with pytest.raises(Invalid, match="不是同类组织"):
        merge(node=tree.general, target=tree.community, by=SYSTEM, **words())

    assert desks == {tree.general.pk: ["a"]}
    assert tree.general.periods.get().valid_to == OPEN_END


def test_a_merger_needs_the_right_over_both_parents(tree, desks, actor_with):
    with pytest.raises(NotPermitted):
        merge(node=tree.branch, target=tree.other_branch, by=actor_with("street_officer", tree.street), **words())


def test_a_split_takes_what_was_chosen(tree, desks):
    desks[tree.area.pk] = ["a", "b", "c"]
    part = Part("N-1", "甲社区南片区支部", "南片区支部", children=[tree.group.pk], keys=["b"])

    (made,) = split(node=tree.area, parts=[part], by=SYSTEM, **words())

    tree.group.refresh_from_db()
    assert (made.parent, made.kind, made.established_on) == (tree.general, "area_branch", ON)
    assert tree.group.parent == made
    assert desks == {tree.area.pk: ["a", "c"], made.pk: ["b"]}
    data = Event.objects.filter(type="organizations.split").first().data
    assert data["carried"] == "南片区支部：甲社区东片区第一党小组，1 张办公桌"
    assert check() == []


def test_a_split_gives_no_child_away_twice(tree, desks):
    parts = [Part(f"N-{n}", f"支部{n}", f"支部{n}", children=[tree.group.pk]) for n in (1, 2)]

    with pytest.raises(Invalid, match="只去一处"):
        split(node=tree.area, parts=parts, by=SYSTEM, **words())
