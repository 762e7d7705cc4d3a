"""An import step by step: uploaded, read, shown, confirmed, written; by whom, and what happens when something dies."""

from datetime import date, timedelta

import pytest

from linshu.audit.models import Event
from linshu.errors import Conflict, Invalid, NotFound, NotPermitted
from linshu.files.models import StoredFile
from linshu.jobs.services import run_job
from linshu.people.models import Person
from linshu.scope import SYSTEM, Right
from members.models import Import, ImportRow, Membership
from members.rules.importing import State, Verdict
from members.services import importing
from members.services.correcting import correct
from members.services.importing import applying, begin, confirm, discard, import_roster, reading
from organizations.models import OPEN_END, Organization, Post
from tests.members.rosters import MAN, member, members, numbered, organizations, workbook

BRANCH = {"所在党组织编码": "A-1-2-1", "所在党组织": "中共乙社区第一支部"}


@pytest.fixture
def officer(county, actor_with):
    return actor_with("county_admin", county)


@pytest.fixture
def uploaded(officer, now, run_jobs):
    """``uploaded(people)``: an import that has been read."""

    def make(people=None, nodes=(), by=officer) -> Import:
        record = begin(name="名册.xlsx", content=workbook(list(nodes), people), by=by, now=now)
        run_jobs()
        record.refresh_from_db()
        return record

    return make


def verdicts(record: Import) -> list[str]:
    return list(record.rows.order_by("pk").values_list("verdict", flat=True))


def problem_of(record: Import, number: int) -> str:
    row = record.rows.get(sheet="党员", number=number)
    assert row.verdict == Verdict.PROBLEM and row.payload == ""
    return "".join(each["message"] + each["remedy"] for each in row.problems)


def test_a_roster_is_read_shown_confirmed_and_written(uploaded, officer, now, run_jobs):
    record = uploaded()
    assert (record.state, record.new, record.problem, record.organization.code) == (State.READY, 3, 0, "A-1")
    assert not Membership.objects.exists()

    confirm(import_=record, all_or_nothing=False, by=officer, now=now)
    (job,) = run_jobs()
    record.refresh_from_db()
    assert (record.state, record.written_new, job.sentence) == (State.WRITTEN, 3, record.sentence)
    assert Membership.objects.filter(valid_to=OPEN_END).count() == 3 and Post.objects.get().title == "书记"
    types = ["members.import_uploaded", "members.import_confirmed", "members.roster_imported"]
    assert [Event.objects.filter(type=each, actor_id=officer.user_id).count() for each in types] == [1, 1, 1]


def test_nothing_personal_waits_in_the_open_and_nothing_is_kept_after(uploaded, officer, now, run_jobs):
    people = members()
    import_roster(content=workbook(people=people[:1]), by=SYSTEM, now=now)
    people[0] |= {"联系电话": "19912349876", "现居住地": "临沭县沭河路77号"}
    record = uploaded(people)
    told = str(list(ImportRow.objects.values())) + str(list(Import.objects.values()))
    secrets = [row[column] for row in people for column in ("公民身份号码", "联系电话", "现居住地")]
    assert not any(secret in told for secret in secrets)
    assert record.rows.exclude(payload="").count() == 3

    confirm(import_=record, all_or_nothing=False, by=officer, now=now)
    run_jobs()
    assert not record.rows.exclude(payload="").exists()
    assert Person.objects.get(name="陈华雪").phone == "19912349876"


def test_differences_show_old_and_new_masked(uploaded, now):
    import_roster(content=workbook(), by=SYSTEM, now=now)
    people = [member(学历="初中", 现居住地="临沭县滨海路99号", 党小组编码="", 党内职务="书记、组织委员")]
    record = uploaded(people)
    row = record.rows.get()
    assert {each["column"]: (each["old"], each["new"]) for each in row.differences} == {
        "学历": ("研究生", "初中"),
        "党小组编码": ("A-1-1-1-1", ""),
        "党内职务": ("书记", "书记、组织委员"),
        "现居住地": ("临沭县滨海路***", "临沭县滨海路***（遮盖的部分不同）"),
    }
    assert record.absent == 1  # 魏军平 of the same branch; the other branch is not in the file


def test_problem_rows_are_skipped_unless_all_or_nothing(uploaded, officer, now, run_jobs):
    people = members()
    people[2]["联系电话"] = "123"
    record = uploaded(people)
    assert verdicts(record) == ["new", "new", "problem"]
    with pytest.raises(Conflict, match="还有 1 行有问题"):
        confirm(import_=record, all_or_nothing=True, by=officer, now=now)

    confirm(import_=record, all_or_nothing=False, by=officer, now=now)
    run_jobs()
    record.refresh_from_db()
    assert record.sentence == "已新增 2 名党员。1 行有问题，没有写入。" and Membership.objects.count() == 2
    data = Event.objects.get(type="members.roster_imported", actor_id=officer.user_id).data
    assert (data["members"], data["skipped"]) == (2, 1)


def test_the_same_file_again_changes_nothing(uploaded, officer, now, run_jobs):
    record = uploaded()
    confirm(import_=record, all_or_nothing=True, by=officer, now=now)
    run_jobs()
    again = uploaded()
    assert verdicts(again) == ["same"] * 3
    with pytest.raises(Conflict, match="没有要写入的内容"):
        confirm(import_=again, all_or_nothing=False, by=officer, now=now)


def test_the_same_number_twice_is_taken_from_neither_row(uploaded):
    record = uploaded([member(), member(MAN, 姓名="魏军平", 性别="男", 党内职务=""), member(党内职务="")])
    assert verdicts(record) == ["problem", "new", "problem"]
    assert "与第 4 行的证号重复" in problem_of(record, 2) and "与第 2 行的证号重复" in problem_of(record, 4)


def test_two_secretaries_of_one_branch(uploaded, now):
    men = member(MAN, 姓名="魏军平", 性别="男")
    record = uploaded([member(), men])
    assert "第 3 行也写了这个支部的书记" in problem_of(record, 2) and problem_of(record, 3)

    import_roster(content=workbook(people=[member()]), by=SYSTEM, now=now)
    record = uploaded([member(), men])
    assert verdicts(record) == ["same", "problem"] and "现由陈华雪担任" in problem_of(record, 3)


def test_one_person_as_secretary_and_deputy(uploaded, now):
    row = uploaded([member(党内职务="书记、副书记")]).rows.get(sheet="党员")
    assert row.verdict == "problem" and "不能由一人担任" in row.problems[0]["message"]

    import_roster(content=workbook(people=[member(党内职务="副书记")]), by=SYSTEM, now=now)
    row = uploaded([member(党内职务="书记")]).rows.get(sheet="党员")
    assert row.verdict == "problem" and row.problems[0]["column"] == "党内职务"


def test_a_namesake_born_on_the_same_day_is_a_warning(uploaded, now):
    import_roster(content=workbook(), by=SYSTEM, now=now)
    record = uploaded([member(numbered("37139919570109004"), 党内职务="")])
    row = record.rows.get()
    assert row.verdict == "new" and "同名、同出生日期" in row.warnings[0]["message"]


def test_who_died_or_left_is_not_brought_back(uploaded, now):
    import_roster(content=workbook(), by=SYSTEM, now=now)
    Person.objects.filter(name="陈华雪").update(died_on=date(2026, 1, 1))
    Membership.objects.filter(person__name="魏军平").update(valid_to=date(2026, 5, 1))
    record = uploaded([*members()[:2]])
    assert "已去世" in problem_of(record, 2) and "现已不在册" in problem_of(record, 3)


def test_a_sheet_of_organisations_with_a_problem_refuses_the_whole(uploaded, officer, now):
    nodes = organizations()
    nodes[5]["组织全称"] = "丙社区"
    record = uploaded(members()[:1], nodes)
    assert record.state == State.REFUSED and "“党组织”工作表有问题" in record.sentence
    assert not record.rows.exclude(payload="").exists()
    with pytest.raises(Conflict):
        confirm(import_=record, all_or_nothing=False, by=officer, now=now)


def test_a_file_that_is_no_roster(officer, now, run_jobs):
    record = begin(name="表.csv", content="水果,价格\n苹果,3\n".encode(), by=officer, now=now)
    run_jobs()
    record.refresh_from_db()
    assert record.state == State.REFUSED and "没有找到名册的表头" in record.sentence
    with pytest.raises(Invalid, match="空的"):
        begin(name="空.xlsx", content=b"", by=officer, now=now)


def test_an_import_discarded_leaves_no_file_and_no_rows(uploaded, officer, now):
    record = uploaded()
    path = record.file.path
    assert path.exists()
    discard(import_=record, by=officer, now=now)
    record.refresh_from_db()
    assert (record.state, record.file, record.new) == (State.DISCARDED, None, 3)
    assert not record.rows.exists() and not StoredFile.objects.exists()
    with pytest.raises(Conflict):
        discard(import_=record, by=officer, now=now)


def test_who_may_see_and_handle_an_import(uploaded, county, officer, actor_with, now):
    record = uploaded()
    street = Organization.objects.get(code="A-1")
    colleague, viewer = actor_with("street_officer", street), actor_with("county_viewer", county)
    below = actor_with("community_officer", Organization.objects.get(code="A-1-2"))
    assert list(Import.objects.readable(colleague, Right.MEMBERS_IMPORT)) == [record]
    assert not Import.objects.readable(below, Right.MEMBERS_IMPORT).exists()
    with pytest.raises(NotFound):
        Import.objects.load(below, Right.MEMBERS_IMPORT, pk=record.pk)
    with pytest.raises(NotPermitted):
        Import.objects.readable(viewer, Right.MEMBERS_IMPORT)
    with pytest.raises(NotPermitted):
        discard(import_=record, by=below, now=now)
    with pytest.raises(NotPermitted):
        begin(name="名册.xlsx", content=workbook(), by=viewer, now=now)
    assert discard(import_=record, by=colleague, now=now).state == State.DISCARDED


def test_a_branch_outside_the_scope_is_a_problem_and_its_members_are_not_counted(uploaded, county, actor_with, now):
    import_roster(content=workbook(people=[members()[2]]), by=SYSTEM, now=now)
    general = actor_with("community_officer", Organization.objects.get(code="A-1-1"))
    stranger = member(MAN, **{"姓名": "魏军平", "性别": "男", "党内职务": "", "党小组编码": ""} | BRANCH)
    record = uploaded([member(), stranger], by=general)
    assert verdicts(record) == ["new", "problem"]
    assert (record.organization.code, record.absent) == ("A-1-1", 0)


def test_of_a_member_elsewhere_nothing_is_told_and_the_meeting_is_kept(uploaded, actor_with, now):
    import_roster(content=workbook(), by=SYSTEM, now=now)
    other = actor_with("community_officer", Organization.objects.get(code="A-1-2"))
    record = uploaded([member(学历="小学", 党内职务="", 党小组编码="", **BRANCH)], by=other)
    assert problem_of(record, 2) == "该人已在其他组织登记，请走组织关系转接。" and record.rows.get().differences == []
    assert Event.objects.get(type="members.duplicate_met").data == {"count": 1}


def test_what_changed_since_the_preview_is_not_written_over(uploaded, officer, now, run_jobs):
    import_roster(content=workbook(), by=SYSTEM, now=now)
    people = members()
    people[0]["学历"], people[1]["学历"] = "初中", "高中"
    record = uploaded(people)
    woman = Membership.objects.get(person__name="陈华雪")
    correct(membership=woman, values={"education": "大学本科"}, reason="更正", by=SYSTEM, now=now)

    confirm(import_=record, all_or_nothing=False, by=officer, now=now)
    run_jobs()
    record.refresh_from_db()
    assert (record.written_changed, Person.objects.get(name="陈华雪").education) == (1, "大学本科")
    assert Person.objects.get(name="魏军平").education == "高中"
    assert "预览之后" in problem_of(record, 2)


def test_all_or_nothing_writes_nothing_when_one_row_changed_since(uploaded, officer, now, run_jobs):
    record = uploaded()
    import_roster(content=workbook(people=[member(学历="高中")]), by=SYSTEM, now=now)
    confirm(import_=record, all_or_nothing=True, by=officer, now=now)
    (job,) = run_jobs()
    record.refresh_from_db()
    assert (record.state, job.state) == (State.FAILED, "failed") and "什么都没有写入" in record.sentence
    assert Membership.objects.count() == 1 and record.rows.exclude(payload="").count() == 3

    confirm(import_=record, all_or_nothing=False, by=officer, now=now)
    run_jobs()
    assert Membership.objects.count() == 3


def test_two_previews_of_one_file_make_nobody_twice(uploaded, officer, now, run_jobs):
    first, second = uploaded(), uploaded()
    for record in (first, second):
        confirm(import_=record, all_or_nothing=True, by=officer, now=now)
    run_jobs()
    second.refresh_from_db()
    assert second.sentence == "没有变化。3 名党员无变化。" and Membership.objects.count() == 3


def test_a_worker_that_dies_in_the_middle_leaves_nothing_and_the_next_one_finishes(
    uploaded, officer, now, monkeypatch, run_jobs
):
    record = uploaded()
    job = confirm(import_=record, all_or_nothing=False, by=officer, now=now).job
    with monkeypatch.context() as killed:
        killed.setattr(applying, "appoint_many", _die)
        with pytest.raises(KeyboardInterrupt):
            run_job(job.pk)
    record.refresh_from_db()
    assert record.state == State.WRITING and not Membership.objects.exists()

    type(job).objects.filter(pk=job.pk).update(beat_at=now - timedelta(days=1))
    assert run_job(job.pk)
    record.refresh_from_db()
    assert record.state == State.WRITTEN and Membership.objects.count() == 3
    assert importing.write(record, by=officer, now=now).state == State.WRITTEN
    assert Membership.objects.count() == 3


def _die(*args, **kwargs):
    raise KeyboardInterrupt


def test_an_error_of_the_programme_fails_the_import_in_words(uploaded, officer, now, monkeypatch, run_jobs):
    record = uploaded()
    confirm(import_=record, all_or_nothing=False, by=officer, now=now)
    monkeypatch.setattr(applying, "appoint_many", lambda *args, **kwargs: 1 / 0)
    run_jobs()
    record.refresh_from_db()
    assert record.state == State.FAILED and "系统错误" in record.sentence and not Membership.objects.exists()


def test_grants_that_ended_meanwhile_stop_the_writing(uploaded, officer, now, run_jobs):
    record = uploaded()
    confirm(import_=record, all_or_nothing=False, by=officer, now=now)
    officer.user.grants.update(valid_to=date(2020, 1, 1))
    run_jobs()
    record.refresh_from_db()
    assert record.state == State.FAILED and not Membership.objects.exists()


def test_an_import_discarded_while_it_is_read_stays_discarded(officer, now, monkeypatch, run_jobs):
    record = begin(name="名册.xlsx", content=workbook([], members()), by=officer, now=now)
    conclude = reading._conclude

    def discarded(*args, **kwargs):
        discard(import_=record, by=officer, now=now)
        return conclude(*args, **kwargs)

    monkeypatch.setattr(reading, "_conclude", discarded)
    run_jobs()
    record.refresh_from_db()
    assert record.state == State.DISCARDED and not record.rows.exists()
