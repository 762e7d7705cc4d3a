"""What the rule checks would say after an import: on the page and over the API, before anything is written."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linshu.figures.registry import Level, Look
from linshu.scope import EVERYTHING, SYSTEM
from members.models import Import
from members.providers.foreseeing import turns
from members.services.importing import import_roster
from tests.members.rosters import member, numbered, workbook

PLACE = {"所在党组织编码": "A-1-2-1", "所在党组织": "中共乙社区第一支部", "党小组编码": "", "党内职务": ""}
PROBATIONARY = {"人员类别": "预备党员", "转正日期": "", "入党日期": "2026-03-15"}


def people(count: int, first: int = 0, **changes) -> list[dict]:
    """Full members of the branch of 乙社区."""
    days = [date(1957, 1, 1) + timedelta(days=first + at) for at in range(count)]
    return [member(numbered(f"371399{day:%Y%m%d}002"), **PLACE | changes) for day in days]


@pytest.fixture
def uploaded(officer, run_jobs):
    """``uploaded(people)``: the import of a file, read by the worker."""

    def upload(rows: list[dict]) -> Import:
        officer.post("/members/import/", {"file": SimpleUploadedFile("名册.xlsx", workbook([], rows))})
        run_jobs()
        return Import.objects.latest("pk")

    return upload


def told(record: Import, now) -> set[tuple[str, Level, Level]]:
    return {(each.code, each.before, each.level) for each in turns(record, Look(EVERYTHING, now.date()))}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (people(2), set()),
        (people(3), {("members.least", "late", "ok")}),
        (people(3, **PROBATIONARY), set()),
        (people(7), {("members.least", "late", "ok"), ("members.committee", "ok", "late")}),
        ([*people(6), *people(1, 6, 党内职务="组织委员")], {("members.least", "late", "ok")}),
        (
            [*people(6), *people(1, 6, 党内职务="组织委员"), *people(1, 7, 联系电话="1")],
            {("members.least", "late", "ok")},
        ),
        ([*people(45, **PROBATIONARY)], {("members.size", "ok", "soon")}),
        ([*people(51, **PROBATIONARY)], {("members.size", "ok", "late")}),
    ],
)
def test_what_would_change(uploaded, now, rows, expected):
    assert told(uploaded(rows), now) == expected


def test_who_becomes_a_full_member_or_joins_a_group_counts_there(uploaded, now):
    """Three of the branch become full members; three more of the other one join its only group."""
    two = {"所在党组织编码": "A-1-1-1", "所在党组织": "中共甲社区东片区支部委员会"}
    import_roster(content=workbook([], [*people(3, **PROBATIONARY), *people(3, 9, **two)]), by=SYSTEM, now=now)
    became = people(3, 入党日期="2025-03-15", 转正日期="2026-03-15")
    record = uploaded([*became, *people(3, 9, **two | {"党小组编码": "A-1-1-1-1"})])

    assert (record.changed, record.new) == (6, 0)
    assert told(record, now) == {("members.least", "late", "ok"), ("members.group", "soon", "ok")}


def test_a_column_the_file_does_not_have_changes_nothing(uploaded, now):
    group = {"所在党组织编码": "A-1-1-1", "所在党组织": "中共甲社区东片区支部委员会", "党小组编码": "A-1-1-1-1"}
    import_roster(content=workbook([], people(3, **group)), by=SYSTEM, now=now)
    rows = people(3, **group | {"学历": "小学"})
    for row in rows:
        del row["党小组编码"]
    record = uploaded(rows)

    assert record.changed == 3
    assert told(record, now) == set()


def test_the_page_and_the_api_say_it(uploaded, officer, page_ok):
    record = uploaded(people(7))
    html = page_ok(officer.get(record.url))
    assert "不合：" in html and "正式党员 7 人，应设支部委员会，还没有登记委员。" in html
    assert "解决：" in html and "正式党员 7 人，不少于 3 人。" in html
    assert html.index("不合：") < html.index("解决：")

    foreseen = officer.get(f"/api/v1/imports/{record.pk}/").json()["foreseen"]
    assert (foreseen["before"], foreseen["after"], foreseen["more"]) == (0, 7, 0)
    assert [(each["code"], each["before"], each["level"]) for each in foreseen["checks"]] == [
        ("members.committee", "ok", "late"), ("members.least", "late", "ok"),
    ]  # fmt: skip


def test_nothing_is_foreseen_of_what_is_written_or_given_up(uploaded, officer):
    record = uploaded(people(3))
    officer.post(f"{record.url}discard/")
    record.refresh_from_db()
    assert record.state == "discarded"
    assert officer.get(f"/api/v1/imports/{record.pk}/").json()["foreseen"] is None


def test_statements_do_not_grow_with_the_rows(uploaded, now):
    def asked(record: Import) -> int:
        with CaptureQueriesContext(connection) as queries:
            turns(record, Look(EVERYTHING, now.date()))
        return len(queries)

    assert asked(uploaded(people(1))) == asked(uploaded([*people(20), *people(1, 30, 党内职务="组织委员")]))
