"""Workbooks with the tables of the page, who took them along, and the event of it."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from linshu.audit import registry
from linshu.audit.models import Event

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def book(response) -> dict[str, list[tuple[object, ...]]]:
    assert response.status_code == 200 and response["Content-Type"] == XLSX
    content = b"".join(response.streaming_content)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(BytesIO(content))}


def test_every_table_of_the_page(register, client_with):
    client = client_with("county_viewer", register.county)
    board = client.get("/dashboard/?cards=1").context["board"]
    sheets = book(client.get("/dashboard/export/"))
    assert list(sheets) == ["合计", "社区对照", "规则检查", "届期", "历年党员", "结构", "导出说明"]
    assert sheets["社区对照"][-1][2:] == tuple(cell.number for cell in board.table.total.cells)
    assert len(sheets["社区对照"]) == len(board.table.lines) + 2
    assert len(sheets["规则检查"]) == len(board.found) + 1
    assert sheets["历年党员"][-1][1] == board.trend.years[-1].point.total
    assert sum(row[2] for row in sheets["结构"][1:]) == 6 * len(board.structures)


def test_a_past_day_says_whom_it_leaves_out(register, client_with):
    client = client_with("county_viewer", register.county)
    sheets = book(client.get("/dashboard/export/?as_of=2020-06-30"))
    assert "不计后来离开的党员" in sheets["社区对照"][-1][0] and sheets["社区对照"][-2][0] == "合计"
    assert {row[0] for row in sheets["合计"][1:] if row[4]} == {"流动党员", "女党员", "60 岁及以上党员"}
    assert {row[0] for row in sheets["结构"][1:] if row[5]} == {"年龄结构", "学历结构", "性别结构"}


def test_says_who_took_what_and_is_recorded(register, client_with):
    client = client_with("street_officer", register.street)
    notes = "".join(str(row[0]) for row in book(client.get("/dashboard/export/?as_of=2020-06-30"))["导出说明"])
    assert "导出人：用户" in notes and "甲街道党工委及其下级" in notes and "2020年6月30日的情况" in notes
    event = Event.objects.get(type="dashboard.exported")
    assert event.organization_id == register.street.pk
    assert registry.present(event.type, event.data) == "导出甲街道党工委的看板，2020年6月30日的情况。"


def test_the_list_of_findings_as_narrowed(register, client_with):
    client = client_with("county_viewer", register.county)
    rows = book(client.get("/dashboard/findings/export/?code=term&level=late"))["规则检查"]
    assert [row[:3] for row in rows[1:]] == [("乙社区第一支部", "乙社区", "不合")]
    assert Event.objects.filter(type="dashboard.exported").count() == 1


@pytest.mark.parametrize("url", ["/dashboard/export/", "/dashboard/findings/export/"])
def test_nobody_takes_what_he_may_not_see(register, client_with, url):
    assert client_with("community_officer", register.community).get(url).status_code == 403
    other = {"organization": register.other_street.pk}
    assert client_with("street_officer", register.street).get(url, other).status_code == 404
    assert not Event.objects.filter(type="dashboard.exported").exists()
