"""Pages of the working calendar."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linshu.workdays import services
from linshu.workdays.models import CalendarYear
from tests.workdays.test_services import TABLE


@pytest.fixture
def county(tree, client_with):
    return client_with("county_admin", tree.county)


def table(text: str = TABLE) -> dict[str, object]:
    return {"table": SimpleUploadedFile("2027.csv", text.encode()), "source": "国办通知"}


def test_a_year_shows_its_days_off_and_made_up(county, page_ok, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        html = page_ok(county.get("/calendar/?year=2026"))
    assert 'title="国庆节"><a href="/calendar/2026-10-01/">1</a><small>休</small>' in html
    assert 'title="国庆节调休补班"><a href="/calendar/2026-10-10/">10</a><small>班</small>' in html
    assert "已导入" in html


def test_an_unloaded_year_is_shown_with_a_warning(county, page_ok):
    html = page_ok(county.get("/calendar/?year=2027"))
    assert "2027年的放假安排尚未导入" in html and "<small>休</small>" not in html


@pytest.mark.parametrize("year", ["", "x", "0", "99999", "²"])
def test_a_senseless_year_is_this_one(county, page_ok, year):
    page_ok(county.get("/calendar/", {"year": year}))


def test_a_table_is_loaded(county, page_ok):
    html = page_ok(county.post("/calendar/load/", table(), follow=True))
    assert "已导入 2027年的工作日历" in html and "国办通知" in html
    assert CalendarYear.objects.filter(pk=2027).exists()


def test_a_wrong_table_is_refused_row_by_row(county, page_ok):
    html = page_ok(county.post("/calendar/load/", table(TABLE + "x,0,\n2027-02-08,y,\n")), 422)
    assert "第 6 行 date 列" in html and "第 7 行 is_workday 列" in html


def test_a_missing_or_huge_file_is_refused(county, page_ok):
    assert "请填写CSV 文件" in page_ok(county.post("/calendar/load/", {"source": "通知"}), 422)
    assert "超过 1 MB" in page_ok(county.post("/calendar/load/", table("x" * 1024 * 1025)), 422)


def test_a_day_is_changed(county, page_ok):
    page_ok(county.get("/calendar/2026-11-25/"))
    change = {"is_workday": "0", "name": "县里放假", "reason": "县府办通知"}
    page_ok(county.post("/calendar/2026-11-25/", change, follow=True))
    assert services.calendar_on().name(date(2026, 11, 25)) == "县里放假"
    assert "没有变化" in page_ok(county.post("/calendar/2026-11-25/", change), 422)


def test_a_day_that_does_not_exist_is_not_found(county):
    assert county.get("/calendar/2026-02-30/").status_code == 404


def test_every_office_reads_and_only_the_county_changes(tree, client_with, page_ok):
    for role in ("community_officer", "street_officer", "branch_secretary"):
        reader = client_with(role, tree.county)
        html = page_ok(reader.get("/calendar/?year=2026"))
        assert "导入放假表" not in html and 'href="/calendar/2026' not in html
        assert reader.get("/calendar/load/").status_code == 403
        assert reader.post("/calendar/2026-11-25/", {}).status_code == 403


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        ("county_admin", True),
        ("branch_secretary", True),
        ("system_admin", False),
        ("security_admin", False),
        ("security_auditor", False),
    ],
)
def test_the_three_powers_are_not_offered_the_calendar(tree, client_with, role, shown):
    html = client_with(role, tree.county).get("/").content.decode()
    assert ("工作日历" in html) == shown
