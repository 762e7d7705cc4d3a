"""The offices' own tools: rule numbers, working calendar, audit log."""

import pytest
from playwright.sync_api import expect

from linshu.audit import services
from linshu.scope import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("path", "heading", "name"),
    [
        ("/parameters/", "规则参数", "parameters"),
        ("/parameters/GENERAL_BRANCH_WARN/", "升格预警的党员数（≥）", "parameter"),
        ("/calendar/?year=2026", "2026年工作日历", "calendar"),
        ("/calendar/?year=2028", "2028年工作日历", "calendar-unloaded"),
        ("/calendar/load/", "导入放假表", "calendar-load"),
        ("/calendar/2026-11-25/", "2026年11月25日 星期三", "calendar-day"),
    ],
)
def test_the_county_reads_and_changes(open_page, screens, client_with, tree, path, heading, name):
    page = open_page(path, client_with("county_admin", tree.county))
    expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    screens(page, name)


@pytest.fixture
def event(tree, settings, tmp_path):
    """One sealed event of a log that was proved."""
    settings.AUDIT_HEAD_LOG = tmp_path / "head.log"
    data = {"year": 2027, "days_off": 33, "made_up": 6, "source": "国办通知"}
    event = services.record("workdays.year_loaded", by=SYSTEM, label="2027年工作日历", data=data)
    services.seal(now=event.at)
    services.verify(now=event.at)
    return event


def test_the_auditor_reads_the_log(open_page, screens, client_with, tree, event):
    page = open_page("/audit/", client_with("security_auditor", tree.county))
    expect(page.get_by_text("导入2027年工作日历：放假 33 天")).to_be_visible()
    screens(page, "audit")
    page.get_by_role("link", name="导入工作日历").click()
    expect(page.get_by_text("内容完好")).to_be_visible()
    screens(page, "audit-event")
