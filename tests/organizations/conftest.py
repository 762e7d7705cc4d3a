"""What the tests of organisations share: who is a member, and the moment of writing."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from members.models import Membership
from organizations import registry
from organizations.registry import Candidate, Standing
from tests.factories import MembershipFactory

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def roll(monkeypatch):
    """Who is a member, read straight from memberships."""

    def standing(person_ids, day):
        rows = Membership.objects.on(day).filter(person__in=person_ids)
        return {row.person_id: Standing(row.organization_id, row.full_on) for row in rows}

    def candidates(organization_id, day, text):
        rows = Membership.objects.on(day).filter(organization=organization_id, person__name__startswith=text)
        return [Candidate(row.person_id, row.person.name) for row in rows.select_related("person")]

    monkeypatch.setattr(registry, "_standing", standing)
    monkeypatch.setattr(registry, "_candidates", candidates)


@pytest.fixture
def now() -> datetime:
    """Tuesday, 24 November 2026, ten in the morning."""
    return NOW


@pytest.fixture
def full_member(db):
    """``full_member(branch, name)``: the person of a full member since 2013."""

    def make(organization, name: str = "甲一", **kwargs):
        return MembershipFactory(organization=organization, person__name=name, **kwargs).person

    return make
