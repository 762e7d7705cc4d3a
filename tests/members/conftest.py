"""What the tests of members share: the moment of writing, and the county's roster."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

ROSTER = Path(__file__).parents[2] / "linshu" / "demo" / "data" / "linshu-roster.xlsx"


@pytest.fixture
def now() -> datetime:
    """Tuesday, 24 November 2026, ten in the morning."""
    return datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="session")
def roster() -> bytes:
    """The fictional county: 52 organisations, 151 members."""
    return ROSTER.read_bytes()
