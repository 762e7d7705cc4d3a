"""What an import could not take: branches chosen on the page, and rows that stay owed until somebody deals with them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linshu.audit.models import Event
from linshu.scope import SYSTEM
from members.models import Import, Membership
from members.rules.importing import State
from members.services.importing import import_roster
from organizations.models import Organization
from tests.members.rosters import MAN, WOMAN, YOUTH, member, numbered, workbook

NEW = "/members/import/"
FOURTH = numbered("37139919580101007")
UNKNOWN = {"所在党组织编码": "", "党小组编码": "", "党内职务": ""}


@pytest.fixture
def uploaded(officer, run_jobs):
    """``uploaded(people)``: the import of a file, read by the worker."""

    def upload(people: list[dict], name: str = "甲街道.xlsx") -> Import:
        response = officer.post(NEW, {"file": SimpleUploadedFile(name, workbook([], people))})
        run_jobs()
        return Import.objects.get(pk=int(response["Location"].strip("/").rpartition("/")[2]))

    return upload


def people() -> list[dict]:
    """Three rows that call the branch otherwise, and one with an impossible phone."""
    return [
        member(WOMAN, **UNKNOWN | {"所在党组织": "甲社区东边片区支部"}),
        member(MAN, **UNKNOWN | {"所在党组织": "甲社区东边片区支部", "姓名": "魏军平", "性别": "男"}),
        member(YOUTH, **UNKNOWN | {"所在党组织": "没有这样的", "姓名": "许志远", "性别": "男", "入党日期": "2019-07-01", "转正日期": "2020-07-01"}),
        member(FOURTH, **UNKNOWN | {"所在党组织": "中共乙社区第一支部", "姓名": "邹宇华", "性别": "男", "联系电话": "1990"}),
    ]  # fmt: skip


def field_of(html: str, text: str) -> str:
    """The name of the select behind a label."""
    return html.split(f"“{text}”")[0].rpartition('for="id_')[2].partition('"')[0]


def test_a_branch_is_chosen_for_all_rows_that_call_it_so(uploaded, officer, page_ok, run_jobs):
    record = uploaded(people())
    assert record.problem == 4
    html = page_ok(officer.get(record.url))
    assert "“甲社区东边片区支部”（2 行）" in html and "“没有这样的”（1 行）" in html
    field = field_of(html, "甲社区东边片区支部")
    assert "没有选定支部" in page_ok(officer.post(f"{record.url}assign/", {}), status=422)
    page_ok(officer.post(f"{record.url}assign/", {field: "A-9"}), status=422)

    assert officer.post(f"{record.url}assign/", {field: "A-1-1-1"}).status_code == 302
    record.refresh_from_db()
    assert record.state == State.READING and not Membership.objects.exists()
    run_jobs()
    record.refresh_from_db()
    assert (record.state, record.new, record.problem) == (State.READY, 2, 2)
    html = page_ok(officer.get(record.url))
    assert "“甲社区东边片区支部”读作中共甲社区东片区支部委员会" in html and "（2 行）" not in html
    assert Event.objects.get(type="members.import_assigned").data["branches"] == {"甲社区东边片区支部": "A-1-1-1"}

    told = officer.post(
        f"/api/v1/imports/{record.pk}/assign/", {"branches": {"没有这样的": "A-1-2-1"}}, content_type="application/json"
    )
    assert told.status_code == 200 and set(told.json()["branches"]) == {"甲社区东边片区支部", "没有这样的"}
    run_jobs()
    officer.post(f"{record.url}confirm/")
    run_jobs()
    names = dict(Membership.objects.values_list("person__name", "organization__code"))
    assert names == {"陈华雪": "A-1-1-1", "魏军平": "A-1-1-1", "许志远": "A-1-2-1"}


def test_a_name_that_is_clear_is_nobodys_to_change(uploaded, officer, client_with, run_jobs):
    record = uploaded([people()[3] | {"联系电话": "19900000009"}])
    url = f"/api/v1/imports/{record.pk}/assign/"
    for branches, status in (({}, 422), ({"甲": "A-1-1-1-1"}, 422), ({"甲": "A"}, 422), ({"1" * 50: "A-1-1-1"}, 422)):
        told = officer.post(url, {"branches": branches}, content_type="application/json")
        assert told.status_code == status, branches
    told = officer.post(url, {"branches": {"中共乙社区第一支部": "A-1-1-1"}}, content_type="application/json")
    assert told.status_code == 200
    run_jobs()
    officer.post(f"{record.url}confirm/")
    run_jobs()
    assert Membership.objects.get().organization.code == "A-1-2-1"
    assert officer.post(url, {"branches": {"甲": "A-1-2-1"}}, content_type="application/json").status_code == 409
    stranger = client_with("community_officer", Organization.objects.get(code="A-1-1"))
    assert stranger.post(url, {"branches": {"甲": "A-1-2-1"}}, content_type="application/json").status_code == 404


def test_problems_name_the_cell_that_the_office_wrote(uploaded, officer, page_ok, now):
    import_roster(content=workbook(people=[member()]), by=SYSTEM, now=now)
    moved = member(**UNKNOWN | {"所在党组织": "中共乙社区第一支部"})
    html = page_ok(officer.get(uploaded([moved]).url))
    assert '所在党组织：<span class="ls-bad">中共乙社区第一支部</span>。系统中此人在另一个支部' in html

    html = page_ok(officer.get(uploaded([*people()[:1], member(), member()]).url))
    assert "公民身份号码：与第 3、4 行的证号重复" in html and "空。" not in html  # the cells are not empty
    assert html.count('<a href="#t-choice">指定支部</a>') == 1


def test_what_was_left_out_is_owed_until_it_is_settled(uploaded, officer, county, client_with, page_ok, run_jobs):
    record = uploaded([member(), *people()[3:]])
    officer.post(f"{record.url}confirm/")
    run_jobs()
    owed = "处理导入时没有写入的行"
    assert owed in page_ok(officer.get("/")) and f"{record.url}?show=problem" in page_ok(officer.get("/"))
    secretary = client_with("branch_secretary", Organization.objects.get(code="A-1-2-1"))
    assert owed not in page_ok(secretary.get("/"))
    assert "settle" in officer.get(f"/api/v1/imports/{record.pk}/").json()["allowed_actions"]

    assert "这些行不再处理" in page_ok(officer.get(record.url))
    page_ok(officer.post(f"{record.url}settle/", follow=True))
    assert owed not in page_ok(officer.get("/")) and "这些行不再处理" not in page_ok(officer.get(record.url))
    assert officer.post(f"{record.url}settle/").status_code == 409
    assert "settle" not in officer.get(f"/api/v1/imports/{record.pk}/").json()["allowed_actions"]
    assert Event.objects.filter(type="members.import_settled").count() == 1


def test_importing_the_report_again_settles_it(uploaded, officer, page_ok, run_jobs):
    first = uploaded([member(), *people()[3:]])
    officer.post(f"{first.url}confirm/")
    run_jobs()
    again = uploaded([people()[3] | {"联系电话": "19900000009"}], "甲街道-有问题的行.xlsx")
    officer.post(f"{again.url}confirm/")
    run_jobs()
    first.refresh_from_db()
    assert first.settled_at and "处理导入时没有写入的行" not in page_ok(officer.get("/"))
