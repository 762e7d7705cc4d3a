"""The table behind the calendar: seeded, imported by year, corrected by day."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from linshu.audit import registry
from linshu.audit.models import Event
from linshu.errors import Invalid, NotPermitted
from linshu.workdays import services
from linshu.workdays.models import CalendarDay, CalendarYear

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TABLE = "date,is_workday,name\n2027-01-01,0,元旦\n2027-05-01,0,劳动节\n2027-10-01,0,国庆节\n2027-02-20,1,春节补班\n"


@pytest.fixture
def officer(actor_with, tree):
    return actor_with("county_admin", tree.county)


@pytest.mark.django_db
def test_the_seed_agrees_with_the_library_on_every_day_it_knows():
    calendar = services.calendar_on()
    assert calendar.years == frozenset(range(2004, 2027))
    day = date(2004, 1, 1)
    while day.year < 2027:
        assert calendar.is_workday(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


@pytest.mark.django_db
def test_the_make_up_days_of_2026():
    calendar = services.calendar_on()
    weekend = [day for day, entry in calendar.days.items() if day.year == 2026 and entry.is_workday]
    assert sorted(weekend) == [
        date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9), date(2026, 9, 20), date(2026, 10, 10),
    ]  # fmt: skip
    assert calendar.name(date(2026, 10, 1)) == "国庆节"


@pytest.mark.django_db
def test_the_calendar_is_one_query_and_the_seed_repeats_without_effect(django_assert_num_queries):
    with django_assert_num_queries(1):
        services.calendar_on()
    assert services.seed(now=NOW) == 0
    CalendarYear.objects.filter(pk=2026).delete()
    assert services.seed(now=NOW) == 1


def test_a_table_loads_its_year_and_replaces_it_when_loaded_again(officer):
    assert services.load_table(text=TABLE, source="通知.csv", by=officer, now=NOW) == [2027]
    calendar = services.calendar_on()
    assert calendar.is_loaded(2027) and calendar.is_workday(date(2027, 2, 20))
    services.load_table(text=TABLE.replace("2027-02-20", "2027-02-21"), source="更正.csv", by=officer, now=NOW)
    calendar = services.calendar_on()
    assert not calendar.is_workday(date(2027, 2, 20)) and calendar.is_workday(date(2027, 2, 21))
    event = Event.objects.first()
    assert registry.present(event.type, event.data) == "导入2027年工作日历：放假 3 天，补班 1 天，来源 更正.csv。"


def test_one_error_leaves_everything_as_it_was(officer):
    with pytest.raises(Invalid):
        services.load_table(text=TABLE + "2026-13-01,0,\n", source="错.csv", by=officer, now=NOW)
    assert not services.calendar_on().is_loaded(2027)
    assert not Event.objects.exists()


def test_a_day_can_be_made_off_and_back(officer):
    day = date(2026, 11, 25)
    services.change_day(day=day, is_workday=False, name="县里放假", reason="县府办通知", by=officer, now=NOW)
    assert not services.calendar_on().is_workday(day)
    services.change_day(day=day, is_workday=True, name="", reason="通知撤销", by=officer, now=NOW)
    assert services.calendar_on().is_workday(day)
    assert not CalendarDay.objects.filter(pk=day).exists()
    sentences = [registry.present(event.type, event.data) for event in Event.objects.order_by("pk")]
    assert sentences == ["2026年11月25日由上班改为放假（县里放假）。", "2026年11月25日由放假改为上班。"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"day": date(2027, 1, 1)}, "尚未导入"),
        ({"is_workday": True}, "没有变化"),
        ({"reason": " "}, "调整原因"),
        ({"name": "长" * 41}, "最多 40 个字"),
    ],
)
def test_a_change_that_cannot_be_is_refused(officer, changes, words):
    asked = {"day": date(2026, 11, 25), "is_workday": False, "name": "", "reason": "通知"}
    with pytest.raises(Invalid, match=words):
        services.change_day(**{**asked, **changes}, by=officer, now=NOW)


def test_only_the_county_changes_the_calendar(actor_with, tree):
    street = actor_with("street_officer", tree.street)
    with pytest.raises(NotPermitted):
        services.load_table(text=TABLE, source="通知.csv", by=street, now=NOW)
    with pytest.raises(NotPermitted):
        services.change_day(day=date(2026, 11, 25), is_workday=False, name="", reason="通知", by=street, now=NOW)


@pytest.mark.django_db
def test_the_command_loads_a_file_and_tells_what_is_wrong_with_one(tmp_path, capsys):
    file = tmp_path / "2027.csv"
    file.write_bytes(TABLE.encode("gb18030"))
    call_command("load_calendar", str(file))
    assert "已导入 2027年的工作日历" in capsys.readouterr().out
    file.write_text(TABLE + "x,0,\n")
    with pytest.raises(CommandError, match="第 6 行 date 列"):
        call_command("load_calendar", str(file))
    with pytest.raises(CommandError, match="读不到文件"):
        call_command("load_calendar", str(tmp_path / "none.csv"))
