"""Freezing a year: what is counted, when it may be, what stays."""

from datetime import date, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from linshu.audit.models import Event
from linshu.errors import Conflict, Invalid, NotPermitted
from linshu.files.services import content_of
from linshu.scope import SYSTEM
from linshu.sheets import NOTES
from linshu.statistics.models import AnnualStatistics
from linshu.statistics.rules.numbers import Difference, fingerprint
from linshu.statistics.services import changed_since, fetch, freeze, numbers_of
from tests.factories import MembershipFactory
from tests.statistics.conftest import value


def test_figures_are_those_of_the_day_with_everything_below(frozen, tree):
    numbers = frozen.numbers
    assert value(numbers, "测试县委", "党员") == 3
    assert value(numbers, "乙社区", "党员") == 2 and value(numbers, "乙社区", "女党员") == 1
    assert value(numbers, "甲社区党总支", "流动党员") == 1
    assert value(numbers, "丙社区", "党员") == 0
    assert value(numbers, "测试县委", "支部") == 4
    assert [row["name"] for row in numbers["rows"]] == [
        "测试县委", "甲街道党工委", "甲社区党总支", "乙社区", "丙街道党工委", "丙社区",
    ]  # fmt: skip


def test_changes_of_the_year(tree, members):
    there = tree.branch
    MembershipFactory(organization=there, probationary=True, joined_on=date(2025, 7, 1), valid_from=date(2025, 7, 1))
    MembershipFactory(organization=there, joined_on=date(2024, 7, 1), full_on=date(2025, 7, 1))
    dead = MembershipFactory(organization=there, valid_to=date(2025, 5, 1))
    dead.person.died_on = date(2025, 5, 1)
    dead.person.save()
    MembershipFactory(organization=there, valid_to=date(2025, 6, 1))
    moved = MembershipFactory(organization=there, valid_to=date(2025, 8, 1))
    MembershipFactory(organization=tree.sibling, person=moved.person, valid_from=date(2025, 8, 1))
    numbers = numbers_of(tree.county.pk, 2025)

    for column in ("本年入党", "本年转正", "本年去世", "本年转出"):
        assert value(numbers, "测试县委", column) == 1, column
        assert value(numbers, "丙社区", column) == 0, column


def test_who_died_since_is_counted_in_every_column(tree, members, now, frozen):
    woman = members[1]
    woman.person.died_on = woman.valid_to = date(2026, 2, 1)
    woman.person.save()
    woman.save()

    assert changed_since(frozen) == []


def test_a_correction_made_since_is_told_and_changes_nothing(tree, members, frozen):
    before = (frozen.fingerprint, content_of(frozen.file))
    members[0].person.sex = "2"
    members[0].person.save()
    told = changed_since(frozen)
    frozen.refresh_from_db()

    assert Difference("测试县委", "女党员", 1, 2) in told and {each.column for each in told} == {"女党员", "男党员"}
    assert (frozen.fingerprint, content_of(frozen.file)) == before
    assert frozen.fingerprint == fingerprint(frozen.numbers)


def test_a_year_frozen_before_a_figure_existed_does_not_differ_in_it(tree, members, frozen, now):
    """Frozen by an older version of the portal: the first column was not counted yet."""
    numbers = frozen.numbers
    numbers["columns"].pop(0)
    for row in numbers["rows"]:
        row["values"].pop(0)
    AnnualStatistics.objects.filter(pk=frozen.pk).update(numbers=numbers)
    frozen.refresh_from_db()

    assert len(numbers_of(tree.county.pk, 2025)["columns"]) == len(frozen.numbers["columns"]) + 1
    assert changed_since(frozen) == []


def test_the_file_holds_the_table_and_its_fingerprint(frozen):
    book = load_workbook(BytesIO(content_of(frozen.file)))
    rows = list(book["年度统计"].values)
    county = dict(zip(rows[0], rows[1], strict=True))

    assert (county["组织"], county["党员"], county["女党员"]) == ("测试县委", 3, 1)
    assert any(frozen.fingerprint in row[0] for row in book[NOTES].values)


def test_a_year_is_frozen_when_it_is_over(tree, members):
    last = datetime(2026, 12, 31, 23, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    with pytest.raises(Conflict, match="2027 年 1 月 1 日起才能封存"):
        freeze(county=tree.county, year=2026, by=SYSTEM, now=last)
    assert freeze(county=tree.county, year=2026, by=SYSTEM, now=last + timedelta(hours=1)).version == 1


def test_a_second_freeze_needs_a_reason_and_keeps_the_first(tree, frozen, now):
    with pytest.raises(Invalid, match="2025 年度统计已经封存过，现有 1 版。再次封存请写明缘由"):
        freeze(county=tree.county, year=2025, by=SYSTEM, now=now)
    again = freeze(county=tree.county, year=2025, reason="更正了两名党员的性别", by=SYSTEM, now=now)

    assert (again.version, again.reason) == (2, "更正了两名党员的性别")
    assert AnnualStatistics.objects.get(version=1).fingerprint == frozen.fingerprint
    assert content_of(frozen.file)


def test_what_cannot_be_frozen(tree, members, now):
    with pytest.raises(Invalid, match="按县封存"):
        freeze(county=tree.street, year=2025, by=SYSTEM, now=now)
    with pytest.raises(Invalid, match="还没有登记的组织"):
        freeze(county=tree.county, year=1990, by=SYSTEM, now=now)


def test_only_who_holds_the_right_freezes_and_it_is_recorded(tree, members, now, actor_with):
    with pytest.raises(NotPermitted):
        freeze(county=tree.county, year=2025, by=actor_with("county_viewer", tree.county), now=now)
    actor = actor_with("county_admin", tree.county)
    frozen = freeze(county=tree.county, year=2025, by=actor, now=now)
    fetch(frozen=frozen, by=actor, now=now)

    events = list(Event.objects.filter(subject_type="statistics.annualstatistics").order_by("pk"))
    assert [event.type for event in events] == ["statistics.frozen", "statistics.fetched"]
    assert events[0].actor_name == actor.name and "2025 年度统计第 1 版" in events[0].sentence


def test_queries_do_not_grow_with_members(tree, members):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            numbers_of(tree.county.pk, 2025)
        return len(asked)

    few = queries()
    MembershipFactory.create_batch(20, organization=tree.sibling)
    assert queries() == few
