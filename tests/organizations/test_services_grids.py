"""Grids and leading organisations."""

from datetime import date

import pytest

from linshu.audit.models import Event
from linshu.audit.registry import present
from linshu.errors import Conflict, Invalid, NotPermitted
from linshu.scope import SYSTEM
from organizations.models import Grid, LeadAppointment
from organizations.services import grids, leads

ON = date(2026, 3, 1)


@pytest.fixture
def create(now):
    def do(community, number="01", on=ON, **kwargs):
        data = grids.GridData(number=number, bounds="东至振兴路，西至沭河", households=320, **kwargs)
        return grids.create_grid(community=community, data=data, on=on, by=SYSTEM, now=now)

    return do


def test_a_grid_stands_in_a_community_with_a_number_of_its_own(tree, create):
    create(tree.community)
    with pytest.raises(Invalid) as refused:
        create(tree.community)
    assert refused.value.problems[0].field == "number"
    with pytest.raises(Invalid):
        create(tree.branch)
    assert create(tree.other_community).pk


@pytest.mark.parametrize("node", ["other_branch", "community", "area"])
def test_its_party_organisation_is_a_branch_or_group_of_the_community(tree, create, node):
    with pytest.raises(Invalid) as refused:
        create(tree.community, party_organization=getattr(tree, node))
    assert refused.value.problems[0].field == "party_organization"
    assert create(tree.community, party_organization=tree.branch).pk
    assert create(tree.general, party_organization=tree.group).pk


def test_a_change_tells_old_and_new_and_no_change_tells_nothing(tree, create, now):
    grid = create(tree.community)
    same = grids.GridData(number="01", bounds=grid.bounds, households=320)
    grids.change_grid(grid=grid, data=same, by=SYSTEM, now=now)
    assert not Event.objects.filter(type="organizations.grid_changed").exists()
    moved = grids.GridData(number="01", bounds=grid.bounds, households=410, party_organization=tree.branch)
    grids.change_grid(grid=grid, data=moved, by=SYSTEM, now=now)
    event = Event.objects.get(type="organizations.grid_changed")
    assert "户数由“320”改为“410”" in present(event.type, event.data)


def test_a_closed_grid_stays_and_frees_its_number(tree, create, now):
    grid = create(tree.community)
    grids.close_grid(grid=grid, on=date(2026, 6, 1), reason="并入 02 网格", by=SYSTEM, now=now)
    with pytest.raises(Conflict):
        grids.close_grid(grid=grid, on=date(2026, 6, 2), reason="并入 02 网格", by=SYSTEM, now=now)
    assert create(tree.community, on=date(2026, 6, 1)).pk
    assert Grid.objects.on(date(2026, 5, 31)).count() == 1


@pytest.fixture
def lead(now):
    def do(community, branch, on=ON, by=SYSTEM, document_no="甲街〔2026〕5号"):
        return leads.appoint_lead(community=community, branch=branch, document_no=document_no, on=on, by=by, now=now)

    return do


def test_the_street_appoints_a_branch_of_the_community_with_a_document(tree, lead, actor_with):
    with pytest.raises(NotPermitted):
        lead(tree.community, tree.branch, by=actor_with("community_officer", tree.community))
    with pytest.raises(Invalid):
        lead(tree.community, tree.branch, document_no="")
    with pytest.raises(Invalid):
        lead(tree.community, tree.other_branch)
    assert lead(tree.community, tree.branch, by=actor_with("street_officer", tree.street)).pk


def test_a_general_branch_leads_by_itself(tree, lead):
    with pytest.raises(Invalid) as refused:
        lead(tree.general, tree.area)
    assert "总支本身" in refused.value.message


def test_the_next_appointment_ends_the_one_before_on_its_day(tree, lead, now):
    first = lead(tree.community, tree.branch)
    with pytest.raises(Conflict):
        lead(tree.community, tree.branch, on=date(2026, 5, 1))
    second = lead(tree.community, tree.sibling, on=date(2026, 5, 1))
    first.refresh_from_db()
    assert first.valid_to == second.valid_from == date(2026, 5, 1)
    leads.end_lead(lead=second, on=date(2026, 8, 1), reason="支部撤销", by=SYSTEM, now=now)
    assert not LeadAppointment.objects.on(date(2026, 8, 1)).exists()
    with pytest.raises(Conflict):
        leads.end_lead(lead=second, on=date(2026, 8, 2), reason="支部撤销", by=SYSTEM, now=now)
