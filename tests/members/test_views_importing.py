"""Upload, preview, confirmation, result: what each page says, to whom, and that nothing is written before."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from linshu.audit.models import Event
from linshu.scope import SYSTEM
from members.models import Import, Membership
from members.services.importing import import_roster
from organizations.models import Organization
from tests.members.messy import office_lines, office_people, office_workbook
from tests.members.rosters import WOMAN, member, members, numbered, workbook

NEW = "/members/import/"


@pytest.fixture
def uploaded(officer, run_jobs):
    """``uploaded(content)``: the import of a file, read by the worker."""

    def upload(content: bytes, name: str = "名册.xlsx") -> Import:
        response = officer.post(NEW, {"file": SimpleUploadedFile(name, content)})
        assert response.status_code == 302, response.content.decode()
        run_jobs()
        return Import.objects.get(pk=int(response["Location"].strip("/").rpartition("/")[2]))

    return upload


def faulty() -> list[dict]:
    """Three good rows and a row that cannot be written."""
    return [*members(), member(numbered("37139919580101002"), 姓名="邹宇华", 联系电话="1990000061", 党内职务="")]


def test_the_page_says_what_happens_and_gives_the_template(officer, page_ok):
    html = page_ok(officer.get(NEW))
    assert "您确认后才写入" in html and "还没有导入过名册" in html

    response = officer.get(reverse("members:import-template"))
    book = load_workbook(BytesIO(b"".join(response)))
    assert book.sheetnames == ["党员", "党组织", "填表说明"]
    assert book["党员"]["E2"].number_format == "@" and book["党员"].max_row <= 201
    assert [cell.value for cell in book["党员"][1]][:5] == ["序号", "姓名", "性别", "民族", "公民身份号码"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", b"", "是空的"),
        ("a.pdf", b"%PDF-1.7", "不是能打开的"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 99, "旧的 .xls"),
    ],
)
def test_what_cannot_be_read_is_refused_at_once(officer, page_ok, name, content, words):
    html = page_ok(officer.post(NEW, {"file": SimpleUploadedFile(name, content)}), 422)
    assert words in html and not Import.objects.exclude(user=None).exists()


def test_a_file_beyond_the_limit_is_refused_unread(officer, page_ok, monkeypatch):
    monkeypatch.setattr("members.services.lines.MOST_BYTES", 10)
    assert "文件超过" in page_ok(officer.post(NEW, {"file": SimpleUploadedFile("a.xlsx", b"PK" * 100)}), 422)


def test_no_file_is_asked_for(officer, page_ok):
    assert "请选择要导入的文件" in page_ok(officer.post(NEW, {"csrfmiddlewaretoken": "x"}), 422)


def test_a_file_without_headings_says_so_on_its_page(uploaded, officer, page_ok):
    record = uploaded(office_workbook([["通知"], ["各支部"]]))
    html = page_ok(officer.get(record.url))
    assert "没有找到名册的表头" in html and "不能导入" in html and "确认写入" not in html
    assert "换一个文件" in html and "下载模板" in html
    assert "名册与文件一致" not in html and "没有人不在文件里" not in html  # nothing was compared


def test_the_preview_of_what_an_office_sends(uploaded, officer, page_ok):
    record = uploaded(office_workbook(office_lines(office_people())), "甲街道.xlsx")
    html = page_ok(officer.get(record.url))

    assert "核对要导入的内容" in html and "现在还没有写入任何内容" in html
    assert "党员 0 人变为 3 人" in html and "确认写入 3 行" in html
    assert "正式党员，1992年5月26日入党，中共甲社区东片区支部委员会" in html
    assert "第 10、11、12 行是表尾，没有读入" in html and "工作单位及职务" in html
    assert not Membership.objects.exists()


def test_problems_say_row_column_value_why_and_what_to_do(uploaded, officer, page_ok):
    record = uploaded(workbook(people=faulty()))
    html = page_ok(officer.get(record.url))

    assert "1 行有问题" in html and "邹宇华" in html and "下载这 1 行" in html
    assert "有 10 位，手机号应为 11 位" in html and "请核对补全" in html
    assert "199****0061" in html and "1990000061" not in html and WOMAN not in html


def test_confirming_writes_and_shows_the_result(uploaded, officer, page_ok, run_jobs):
    record = uploaded(workbook(people=faulty()))
    response = officer.post(f"{record.url}confirm/", {})
    assert response.status_code == 302 and not Membership.objects.exists()
    assert "正在写入" in page_ok(officer.get(record.url))
    run_jobs()

    assert Membership.objects.count() == 3
    html = page_ok(officer.get(record.url))
    assert "已导入" in html and "已新增 3 名党员" in html and "确认写入" not in html
    html = page_ok(officer.get(record.url, {"show": "new"}))
    for row in Membership.objects.select_related("person"):
        assert f'<a href="/members/{row.pk}/">{row.person.name}</a>' in html
    told = officer.get(f"/api/v1/imports/{record.pk}/rows/", {"verdict": "new"}).json()["results"]
    assert {each["member"] for each in told} == set(Membership.objects.values_list("pk", flat=True))


def test_all_or_nothing_is_kept_to(uploaded, officer, page_ok):
    record = uploaded(workbook(people=faulty()))
    html = page_ok(officer.post(f"{record.url}confirm/", {"all_or_nothing": "on"}), 422)
    assert "全部成功才写入" in html and "还有 1 行有问题" in html


def test_the_same_file_again_has_nothing_to_write(uploaded, officer, page_ok, now):
    import_roster(content=workbook(), by=SYSTEM, now=now)
    html = page_ok(officer.get(uploaded(workbook()).url))
    assert "名册与文件一致，没有要写入的内容" in html and "确认写入" not in html and "无变化 3" in html


def test_differences_are_masked_and_in_tabs(uploaded, officer, page_ok, now):
    import_roster(content=workbook(), by=SYSTEM, now=now)
    people = members()
    people[0] |= {"学历": "初中", "联系电话": "19900007001"}
    record = uploaded(workbook(people=people[:2]))
    html = page_ok(officer.get(record.url))
    assert "<del>研究生</del>" in html and "<ins>初中</ins>" in html
    assert "199****0001" in html and "199****7001" in html and "19900007001" not in html

    absent = page_ok(officer.get(record.url, {"show": "absent"}))
    assert "许志远" not in absent  # his branch is not in the file
    same = page_ok(officer.get(record.url, {"show": "same"}))
    assert "魏军平" in same and "陈华雪" not in same


def test_who_is_missing_from_the_file_is_listed(uploaded, officer, page_ok, now):
    import_roster(content=workbook(), by=SYSTEM, now=now)
    record = uploaded(workbook(people=members()[:1]))
    html = page_ok(officer.get(record.url, {"show": "absent"}))
    assert "魏军平" in html and "文件里没有 1" in html


def test_discarding_deletes_the_file_and_leads_to_the_next(uploaded, officer, page_ok):
    record = uploaded(workbook())
    assert officer.post(f"{record.url}discard/")["Location"] == NEW
    assert "已放弃" in page_ok(officer.get(record.url))
    assert officer.get(f"{record.url}report/").status_code == 409


def rows_of(response) -> list[list]:
    book = load_workbook(BytesIO(b"".join(response)))
    return [list(row) for row in book["党员"].iter_rows(values_only=True)]


def test_the_report_is_the_file_with_what_was_said_of_it(uploaded, officer):
    people = faulty()
    people[3]["备注"] = "+86"
    record = uploaded(workbook(people=people))
    header, *rows = rows_of(officer.get(f"{record.url}report/"))
    assert header[1] == "姓名" and header[-1] == "问题"
    assert [row[1] for row in rows] == ["陈华雪", "魏军平", "许志远", "邹宇华"]
    assert rows[0][-1] is None and "联系电话：有 10 位" in rows[3][-1]
    assert [row[1] for row in rows_of(officer.get(f"{record.url}report/?rows=problem"))[1:]] == ["邹宇华"]
    assert Event.objects.filter(type="members.import_fetched").count() == 2


def test_the_report_keeps_title_blanks_and_signatures_where_they_are(uploaded, officer):
    lines = office_lines(office_people())
    record = uploaded(office_workbook(lines), "甲街道.xlsx")
    book = load_workbook(BytesIO(b"".join(officer.get(f"{record.url}report/"))))
    sheet = book[book.sheetnames[0]]
    told = [["" if cell is None else str(cell) for cell in row[:-1]] for row in sheet.iter_rows(values_only=True)]
    sent = [[" ".join(str(cell or "").split()) for cell in line] for line in lines]
    heading = next(at for at, line in enumerate(sent) if "身份证号码" in line)
    firsts = [next((cell for cell in line if cell), "") for line in sent]
    assert [next((" ".join(cell.split()) for cell in line if cell), "") for line in told] == firsts[: len(told)]
    assert len(told) == max(at for at, first in enumerate(firsts, 1) if first)
    assert sheet.cell(heading + 1, sheet.max_column).value == "问题" and sheet.freeze_panes == f"A{heading + 2}"


def test_a_sheet_for_each_branch_is_read_and_told_apart(uploaded, officer, page_ok):
    people = faulty()
    book = load_workbook(BytesIO(workbook([], people[:2])))
    second = load_workbook(BytesIO(workbook([], [people[2], people[3]])))["党员"]
    sheet = book.create_sheet("乙社区")
    for line in second.iter_rows(values_only=True):
        sheet.append(line)
    content = BytesIO()
    book.save(content)
    record = uploaded(content.getvalue())

    assert (record.new, record.problem) == (3, 1)
    assert "乙社区 3" in page_ok(officer.get(record.url))
    report = load_workbook(BytesIO(b"".join(officer.get(f"{record.url}report/"))))
    told = [[row[-1].value for row in report[name].iter_rows(min_row=2)] for name in ("党员", "乙社区")]
    assert told[0] == [None, None] and told[1][0] is None and "有 10 位" in told[1][1]


def test_only_who_keeps_the_register_there_sees_it(uploaded, county, client_with):
    record = uploaded(workbook())
    street = Organization.objects.get(code="A-1")
    outsider = Organization.objects.get(code="A-1-2-1")

    assert client_with("street_officer", street).get(record.url).status_code == 200
    assert client_with("branch_secretary", outsider).get(record.url).status_code == 403
    assert client_with("community_officer", Organization.objects.get(code="A-1-2")).get(record.url).status_code == 404
    assert client_with("system_admin", county).get(NEW).status_code == 403
    assert Client().get(record.url).status_code == 302


def test_list_of_imports(uploaded, officer, page_ok):
    assert "还没有导入过名册" in page_ok(officer.get("/members/imports/"))
    uploaded(workbook(people=faulty()), "甲街道.xlsx")
    html = page_ok(officer.get("/members/imports/"))
    assert "甲街道.xlsx" in html and "新增 3 行、有问题 1 行" in html


def test_query_count_does_not_grow_with_rows(uploaded, officer, now):
    one, many = uploaded(workbook(people=faulty()[2:])), uploaded(workbook(people=faulty()))
    counts = []
    for record in (one, many):
        officer.get(record.url)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            officer.get(record.url, {"show": "new"})
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_entry_points(officer, county, client_with, page_ok):
    assert NEW in page_ok(officer.get("/members/"))
    assert NEW in page_ok(officer.get(f"/organizations/{county.pk}/?cards=1"))
    assert NEW not in page_ok(client_with("county_viewer", county).get("/members/"))
