"""What the tests of members share: the moment of writing, the county's roster, and a small county that imports."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from linshu.scope import SYSTEM
from members.services.importing import import_roster
from organizations.models import Organization
from tests.members.rosters import workbook

ROSTER = Path(__file__).parents[2] / "linshu" / "demo" / "data" / "linshu-roster.xlsx"


@pytest.fixture
def now() -> datetime:
    """Tuesday, 24 November 2026, ten in the morning."""
    return datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="session")
def roster() -> bytes:
    """The fictional county: 52 organisations, 151 members."""
    return ROSTER.read_bytes()


@pytest.fixture
def county(db, now) -> Organization:
    """The organisations of the small roster, without members."""
    import_roster(content=workbook(people=[]), by=SYSTEM, now=now)
    return Organization.objects.get(code="A")


@pytest.fixture
def officer(county, client_with):
    """Who keeps the register of the whole county."""
    return client_with("county_admin", county)
