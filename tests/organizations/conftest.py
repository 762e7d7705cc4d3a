"""What the tests of organisations share: a full member, and the moment of writing."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.factories import MembershipFactory

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


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
