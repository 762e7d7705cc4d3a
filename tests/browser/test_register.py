"""The journeys of who keeps the register: a file in, a file out, one member at a time; and the board above them."""

from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import expect

from linshu.scope import SYSTEM
from members.models import Membership
from members.rules.roster.shape import MEMBERS
from members.services.importing import import_roster
from organizations.models import Organization, Post
from tests.factories import MembershipFactory, PersonFactory
from tests.members.rosters import member, members, numbered, workbook

pytestmark = pytest.mark.django_db(transaction=True)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BAD = member(numbered("37139919580101002"), 姓名="邹宇华", 联系电话="1990000061", 党内职务="")


@pytest.fixture
def officer(db, client_with):
    """Who keeps the register of a small county; the members are still to be imported."""
    import_roster(content=workbook(people=[]), by=SYSTEM, now=timezone.now())
    return client_with("county_admin", Organization.objects.get(code="A"))


def upload(page, people, run_jobs, name="名册.xlsx"):
    """Choose the file, send it, let the worker read it; the page goes on by itself."""
    file = {"name": name, "mimeType": XLSX, "buffer": workbook(people=people)}
    page.get_by_label("名册文件").set_input_files(file)
    page.get_by_role("button", name="上传并核对").click()
    page.wait_for_url("**/members/imports/*/")
    run_jobs()
    expect(page.get_by_role("heading", level=1)).to_have_text("核对要导入的内容")


def test_a_roster_is_looked_at_and_then_written_and_changes_nothing_twice(officer, open_page, screens, run_jobs):
    page = open_page("/members/import/", officer)
    screens(page, "import-new")
    upload(page, [*members(), BAD], run_jobs)
    expect(page.get_by_text("1 行有问题").first).to_be_visible()
    screens(page, "import-preview")
    assert Membership.objects.count() == 0

    page.get_by_role("button", name="确认写入 3 行").click()
    page.wait_for_load_state()
    run_jobs()
    expect(page.get_by_text("已新增 3 名党员")).to_be_visible()
    assert Membership.objects.count() == 3
    screens(page, "import-written")

    page.get_by_role("link", name="再导入一个文件").click()
    upload(page, [*members(), BAD], run_jobs, "再导一次.xlsx")
    expect(page.get_by_role("link", name="无变化 3")).to_have_attribute("aria-current", "page")
    expect(page.get_by_role("button", name="确认写入")).to_have_count(0)
    expect(page.get_by_text("3 行无变化，1 行有问题")).to_be_visible()


def test_a_part_of_the_register_is_taken_out_with_a_reason(officer, open_page, screens, run_jobs):
    import_roster(content=workbook(), by=SYSTEM, now=timezone.now())
    page = open_page("/members/?mobile=yes", officer)
    page.get_by_role("link", name="导出 Excel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("导出党员名册")
    page.get_by_role("button", name="导出 1 行").click()
    expect(page.get_by_text("请填写事由").first).to_be_visible()
    screens(page, "export-new")
    page.get_by_label("事由").fill("发各支部核对")
    page.get_by_role("button", name="导出 1 行").click()
    page.wait_for_url("**/members/exports/*/")
    run_jobs()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载 Excel").click()
    screens(page, "export")
    book = load_workbook(BytesIO(download.value.path().read_bytes()))
    assert [row[1] for row in book[MEMBERS].values] == ["姓名", "魏军平"]


def test_a_member_is_put_right_and_a_mistake_loses_nothing(officer, open_page, screens):
    import_roster(content=workbook(), by=SYSTEM, now=timezone.now())
    page = open_page("/members/?q=chx", officer)
    page.get_by_role("link", name="陈华雪").click()
    page.get_by_role("link", name="办理变动").click()
    screens(page, "member-operations")
    page.locator("li, tr", has_text="更正信息").get_by_role("link", name="办理").first.click()
    page.get_by_role("textbox", name="联系电话").fill("1380013800")
    page.get_by_role("textbox", name="现居住地").fill("临沭县沭河大街12号")
    page.get_by_role("button", name="保存更正").click()
    expect(page.get_by_text("手机号应为 11 位数字").first).to_be_visible()
    expect(page.get_by_role("textbox", name="现居住地")).to_have_value("临沭县沭河大街12号")
    screens(page, "member-correct")
    page.get_by_role("textbox", name="联系电话").fill("13800138000")
    page.get_by_role("button", name="保存更正").click()
    expect(page.get_by_text("已更正陈华雪的信息。")).to_be_visible()
    expect(page.get_by_text("138****8000").first).to_be_visible()


def test_a_death_says_what_ends_with_it(officer, open_page, screens):
    import_roster(content=workbook(), by=SYSTEM, now=timezone.now())
    row = Membership.objects.get(person__name="陈华雪")
    page = open_page(f"/members/{row.pk}/record-death/", officer)
    expect(page.get_by_text("书记同日终止")).to_be_visible()
    page.get_by_label("去世日期").fill(timezone.localdate().isoformat())
    screens(page, "member-death")
    page.get_by_role("button", name="登记去世").click()
    expect(page.get_by_text("已登记陈华雪去世")).to_be_visible()
    expect(page.get_by_text("已去世").first).to_be_visible()
    assert not Post.objects.filter(person=row.person, valid_to__gt=timezone.localdate()).exists()
    page.goto(page.url + "regroup/")
    expect(page.get_by_text("这一段登记已经结束，不能再办")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "path"),
    [("dashboard", "/dashboard/"), ("findings", "/dashboard/findings/"), ("statistics", "/statistics/")],
)
def test_board(name, path, open_page, screens, client_with, tree):
    MembershipFactory(organization=tree.branch, person=PersonFactory(sex="2"))
    MembershipFactory(organization=tree.other_branch, probationary=True)
    page = open_page(path, client_with("county_admin", tree.county))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    screens(page, name)
