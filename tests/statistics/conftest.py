"""What the tests of annual statistics share."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from linshu.scope import SYSTEM
from linshu.statistics.models import AnnualStatistics
from linshu.statistics.services import freeze
from tests.factories import MembershipFactory


@pytest.fixture
def now() -> datetime:
    """Tuesday, 24 November 2026, ten in the morning."""
    return datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def members(tree):
    """On 31 December 2025: a man and a woman in a branch, a mobile one in a group; one of 2026 not yet."""
    return [
        MembershipFactory(organization=tree.branch),
        MembershipFactory(organization=tree.branch, person__sex="2"),
        MembershipFactory(organization=tree.group, mobile=True),
        MembershipFactory(organization=tree.branch, valid_from=date(2026, 3, 1), joined_on=date(2026, 3, 1)),
    ]


@pytest.fixture
def frozen(tree, members, now) -> AnnualStatistics:
    """2025, frozen."""
    return freeze(county=tree.county, year=2025, by=SYSTEM, now=now)


def value(numbers, place: str, column: str) -> int:
    """A number of the table, by the names of its row and column."""
    at = [each["name"] for each in numbers["columns"]].index(column)
    found: int = next(row for row in numbers["rows"] if row["name"] == place)["values"][at]
    return found
