"""Exports: what is in the file, who gets what, how many rows a day, and back into the register."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from linshu.audit.models import Event
from linshu.errors import Conflict, Invalid, NotPermitted
from linshu.files.services import content_of
from linshu.grants.models import Grant
from linshu.grants.rules.roles import ROLES
from linshu.grants.services import actor_of
from linshu.jobs.registry import kind_of
from linshu.parameters.models import Parameter
from linshu.scope import SYSTEM, Right
from linshu.sheets import NOTES
from linshu.words import day_words
from members.models import Export, Membership
from members.rules.roster.shape import COLUMNS, MEMBERS, ORGANIZATIONS
from members.services.allowance import allowance_of
from members.services.exporting import (
    Selection,
    fetch_export,
    remove_expired,
    request_export,
)
from members.services.importing import import_roster
from organizations.models import Organization
from organizations.services.posts import appoint
from tests.factories import GrantFactory, MembershipFactory

REASON = "核对灯塔系统数据"


def lines(export: Export, sheet: str = MEMBERS) -> list[dict]:
    """The rows of a sheet by heading."""
    export.refresh_from_db()
    rows = list(load_workbook(BytesIO(content_of(export.file)))[sheet].values)
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


@pytest.fixture
def now():
    """The moment itself: workers look at the clock."""
    return timezone.localtime()


@pytest.fixture
def asked(now):
    """``asked(actor, place=…, **filters)``: the request."""

    def ask(actor, place=None, day=None, words=(), **filters) -> Export:
        selection = Selection(day or now.date(), place, filters, words)
        return request_export(selection=selection, reason=REASON, by=actor, now=now)

    return ask


@pytest.fixture
def written(asked, run_jobs):
    """``written(actor, …)``: the request, carried out."""

    def write(*args, **kwargs) -> Export:
        export = asked(*args, **kwargs)
        [job] = run_jobs()
        assert job.state == "done", job.sentence
        export.refresh_from_db()
        return export

    return write


def test_an_export_imports_back_as_unchanged(roster, now, actor_with, written):
    import_roster(content=roster, by=SYSTEM, now=now)
    county = Organization.objects.get(parent=None)
    Membership.objects.filter(person__name="陈华雪").update(note="=1+1", destination="@家", is_mobile=True)
    export = written(actor_with("county_admin", county))
    outcome = import_roster(content=content_of(export.file), by=SYSTEM, now=now)

    assert (outcome.organizations, outcome.members) == (0, 0)
    assert (outcome.same_organizations, outcome.same_members) == (52, 151)
    assert (export.rows, export.masked) == (151, 0)


def test_the_sheets_have_the_layout_of_the_roster(tree, now, actor_with, written):
    member = MembershipFactory(organization=tree.group, mobile=True, note="=备注")
    appoint(organization=tree.area, person=member.person, title="书记", on=date(2020, 1, 1), by=SYSTEM, now=now)
    export = written(actor_with("street_officer", tree.street))
    [row] = lines(export)

    assert tuple(row) == COLUMNS[MEMBERS]
    assert row["公民身份号码"] == member.person.id_number and row["联系电话"] == member.person.phone
    assert row["入党日期"].date() == member.joined_on and row["人员类别"] == "正式党员"
    assert (row["所在党组织编码"], row["所在党组织"], row["党小组编码"]) == (
        tree.area.code,
        tree.area.name,
        tree.group.code,
    )
    assert (row["党内职务"], row["是否流动党员"], row["流向"], row["备注"]) == ("书记", "是", "上海市松江区", "'=备注")
    nodes = lines(export, ORGANIZATIONS)
    assert tuple(nodes[0]) == COLUMNS[ORGANIZATIONS]
    assert [node["组织全称"] for node in nodes][:2] == [tree.street.name, tree.general.name]
    assert tree.other_street.name not in {node["组织全称"] for node in nodes}


def test_the_watermark_says_who_what_and_why(tree, actor_with, written, now):
    MembershipFactory(organization=tree.branch)
    actor = actor_with("street_officer", tree.street, user__full_name="张书记")
    notes = [row[NOTES] for row in lines(written(actor, tree.community, words=("类别：正式党员",)), NOTES)]
    text = "\n".join(notes)

    for told in ("张书记", "乙社区", "类别：正式党员", REASON, "党员 1 行", day_words(now.date()), "请妥善保管"):
        assert told in text
    assert "遮盖" not in text


def test_conditions_narrow_the_file_as_they_narrow_the_list(tree, actor_with, written):
    MembershipFactory(organization=tree.branch, person__name="本地")
    MembershipFactory(organization=tree.sibling, mobile=True, person__name="流动")
    MembershipFactory(organization=tree.other_branch, mobile=True)
    actor = actor_with("county_admin", tree.county)
    export = written(actor, tree.community, mobile="yes")

    assert [row["姓名"] for row in lines(export)] == ["流动"]
    assert [row["姓名"] for row in lines(written(actor, tree.community, branch=tree.branch.pk))] == ["本地"]


def test_without_the_right_to_reveal_the_file_is_masked_and_says_so(tree, now, written, actor_with, monkeypatch):
    member = MembershipFactory(organization=tree.branch)
    role = ROLES["street_officer"]
    monkeypatch.setitem(ROLES, role.code, replace(role, rights=role.rights - {Right.MEMBERS_REVEAL}))
    export = written(actor_with(role.code, tree.street))
    [row] = lines(export)

    assert row["公民身份号码"] == member.person.id_number_masked and row["联系电话"] == member.person.phone_masked
    assert row["现居住地"] == member.person.address_masked
    assert export.masked == 1
    assert any("不能用来导入" in note[NOTES] for note in lines(export, NOTES))
    with pytest.raises(Invalid):
        import_roster(content=content_of(export.file), by=SYSTEM, now=now)


def test_of_who_left_the_file_tells_what_the_list_tells(tree, now, actor_with, written):
    last = now.date() - timedelta(days=1)
    left = MembershipFactory(organization=tree.branch, valid_to=now.date())
    MembershipFactory(organization=tree.other_branch, person=left.person, valid_from=now.date())
    export = written(actor_with("community_officer", tree.community), day=last)
    [row] = lines(export)

    assert (row["姓名"], row["人员类别"], row["备注"]) == (left.person.name, "正式党员", "已转出")
    assert row["公民身份号码"] is row["性别"] is row["联系电话"] is row["流向"] is None
    assert export.masked == 1


def test_out_of_scope_or_without_the_right(tree, asked, actor_with):
    MembershipFactory(organization=tree.branch)
    with pytest.raises(NotPermitted):
        asked(actor_with("community_officer", tree.community), tree.other_community)
    with pytest.raises(NotPermitted):
        asked(actor_with("community_secretary", tree.community))


def test_a_reason_and_a_row_are_needed(tree, now, asked, actor_with):
    actor = actor_with("community_officer", tree.community)
    with pytest.raises(Invalid, match="没有符合条件的党员"):
        asked(actor)
    MembershipFactory(organization=tree.branch)
    with pytest.raises(Invalid, match="缘由"):
        request_export(selection=Selection(now.date()), reason="要", by=actor, now=now)


def test_the_rows_of_a_day_are_limited_and_failures_do_not_count(tree, now, asked, run_jobs, actor_with):
    MembershipFactory.create_batch(3, organization=tree.branch)
    Parameter.objects.filter(code="EXPORT_ROWS_PER_DAY").update(value="5")
    actor = actor_with("community_officer", tree.community)
    export = asked(actor)

    with pytest.raises(Conflict, match="还能导出 2 行（每日上限 5 行，已导出 3 行）"):
        asked(actor)
    Grant.objects.filter(user=actor.user).update(valid_to=now.date())
    [job] = run_jobs()
    assert job.state == "failed" and "权限" in job.sentence
    assert allowance_of(actor, now=now).used == 0
    assert allowance_of(actor, now=now + timedelta(days=1)).left == 5
    assert Export.objects.get(pk=export.pk).file is None


def test_streets_and_the_county_may_export_more(tree, now, actor_with):
    most = {
        role: allowance_of(actor_with(role, place), now=now).most
        for role, place in (("community_officer", tree.community), ("street_officer", tree.street), ("county_admin", tree.county))
    }  # fmt: skip
    assert most == {"community_officer": 5_000, "street_officer": 50_000, "county_admin": 500_000}


def test_members_admitted_since_must_fit_into_the_day_too(tree, asked, run_jobs, actor_with):
    MembershipFactory.create_batch(2, organization=tree.branch)
    Parameter.objects.filter(code="EXPORT_ROWS_PER_DAY").update(value="3")
    asked(actor_with("community_officer", tree.community))
    MembershipFactory.create_batch(2, organization=tree.branch)
    [job] = run_jobs()

    assert job.state == "failed" and "每日上限 3 行" in job.sentence


def test_every_step_is_recorded(tree, now, actor_with, written):
    MembershipFactory(organization=tree.branch)
    actor = actor_with("community_officer", tree.community)
    export = written(actor, tree.community)
    _, pieces = fetch_export(export=export, by=actor, now=now)
    assert b"".join(pieces) == content_of(export.file)

    events = list(Event.objects.filter(subject_type="members.export").order_by("pk"))
    assert [event.type for event in events] == [
        "members.export_requested",
        "members.exported",
        "members.export_fetched",
    ]
    assert all(event.reason == REASON and event.data["rows"] == 1 for event in events)
    assert all(event.organization_id == tree.community.pk and "1 行" in event.sentence for event in events)


def test_who_lost_the_rights_no_longer_fetches(tree, now, actor_with, written):
    MembershipFactory(organization=tree.branch)
    actor = actor_with("street_officer", tree.street)
    export = written(actor)
    GrantFactory(user=actor.user, role="community_officer", organization=tree.community)
    Grant.objects.filter(user=actor.user, role="street_officer").update(valid_to=now.date())

    with pytest.raises(NotPermitted, match="现在无权导出"):
        fetch_export(export=export, by=actor_of(actor.user, day=now.date()), now=now)


def test_files_past_their_time_are_removed_and_requests_stay(tree, now, actor_with, written):
    MembershipFactory(organization=tree.branch)
    actor = actor_with("community_officer", tree.community)
    export = written(actor)

    assert export.expires_on == now.date() + timedelta(days=7)
    assert remove_expired(now=now + timedelta(days=7)) == 0
    assert remove_expired(now=now + timedelta(days=8)) == 1
    export.refresh_from_db()
    assert export.file is None and export.rows == 1
    assert Event.objects.filter(type="members.exports_removed").count() == 1
    with pytest.raises(Conflict, match="到期删除"):
        fetch_export(export=export, by=actor, now=now)


def test_a_job_run_again_leaves_the_file(tree, now, actor_with, written):
    MembershipFactory(organization=tree.branch)
    export = written(actor_with("community_officer", tree.community))
    file = export.file

    assert "已写好 1 行" in kind_of("members.export").run(export.job, lambda *args: None)
    export.refresh_from_db()
    assert export.file == file


def test_queries_do_not_grow_with_the_rows(tree, actor_with, written, django_assert_max_num_queries):
    actor = actor_with("community_officer", tree.community)
    MembershipFactory.create_batch(20, organization=tree.branch)
    with django_assert_max_num_queries(45):
        written(actor)
    assert Membership.objects.count() == 20


def test_a_grant_that_came_meanwhile_shows_no_number_it_may_not(tree, asked, actor_with, run_jobs, monkeypatch):
    """The whole of what one may export is read when it is written: so is the right to see it in full."""
    MembershipFactory(organization=tree.branch)
    MembershipFactory(organization=tree.other_branch)
    officer = actor_with("community_officer", tree.community)
    export = asked(officer)
    monkeypatch.setitem(
        ROLES,
        "reader",
        replace(ROLES["county_viewer"], code="reader", rights=ROLES["county_viewer"].rights | {Right.MEMBERS_EXPORT}),
    )
    GrantFactory(user=officer.user, role="reader", organization=tree.other_street)
    run_jobs()
    assert all("*" in line["公民身份号码"] for line in lines(export)) and export.rows == 2
    assert set(export.places) == {tree.community.pk, tree.other_street.pk}
