"""The pages of an export: from the list with its conditions, over the reason, to the file."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from linshu.audit.models import Event
from linshu.files.services import content_of
from linshu.people.sealing import blind_index
from members.models import Export
from members.rules.roster.shape import MEMBERS
from tests.factories import MembershipFactory

NEW = "/members/export/"
LIST = "/members/exports/"
REASON = {"reason": "核对灯塔系统数据"}


@pytest.fixture
def client(tree, client_with):
    """The street's officer, with two members in a community."""
    MembershipFactory(organization=tree.branch, person__name="本地")
    MembershipFactory(organization=tree.sibling, mobile=True, person__name="流动")
    return client_with("street_officer", tree.street)


@pytest.fixture
def exported(client, tree, run_jobs) -> Export:
    """An export that was written."""
    client.post(f"{NEW}?organization={tree.community.pk}&mobile=yes", REASON)
    run_jobs()
    return Export.objects.get()


def test_the_list_offers_its_rows_with_its_conditions(client, tree, page_ok):
    html = page_ok(client.get("/members/", {"mobile": "yes", "page": "1", "page_size": "50"}))
    assert f'href="{NEW}?mobile=yes"' in html
    assert NEW not in page_ok(client.get("/members/", {"q": "没有这个人"}))


def test_who_was_found_by_his_number_is_exported_and_the_number_stays_nowhere(client, tree, page_ok, run_jobs):
    member = MembershipFactory(organization=tree.branch, person__name="陈华雪")
    number = member.person.id_number
    html = page_ok(client.post("/members/search/", {"q": number}, follow=True))
    assert f'href="{NEW}?by=number"' in html
    assert "按证号查到的陈华雪" in page_ok(client.get(f"{NEW}?by=number"))
    client.post(f"{NEW}?by=number", REASON)
    run_jobs()
    export = Export.objects.select_related("job", "file").get()
    rows = list(load_workbook(BytesIO(content_of(export.file)))[MEMBERS].values)
    assert [row[1] for row in rows[1:]] == ["陈华雪"] and rows[1][4] == number
    index = blind_index(number, purpose="id_number")
    kept = f"{export.filters} {export.told} {export.job.arguments} {export.job.title} {export.job.url}"
    kept += str(list(Event.objects.values_list("data", "subject_label", "reason")))
    assert number not in kept and index not in kept and "陈华雪" in kept

    far = MembershipFactory(organization=tree.other_branch, person__name="李远处")
    client.post("/members/search/", {"q": far.person.id_number})
    html = page_ok(client.get(f"{NEW}?by=number"), status=404)
    assert "没有这个证号的党员" in html and "李远处" not in html


def test_the_roll_of_a_node_offers_its_rows(client, tree, page_ok):
    html = page_ok(client.get(f"/organizations/{tree.community.pk}/?cards=1"))
    assert f'href="{NEW}?organization={tree.community.pk}"' in html


def test_who_may_only_read_is_offered_nothing(tree, client_with, page_ok):
    MembershipFactory(organization=tree.branch)
    client = client_with("community_secretary", tree.community)

    assert NEW not in page_ok(client.get("/members/"))
    assert NEW not in page_ok(client.get(f"/organizations/{tree.community.pk}/?cards=1"))
    assert client.get(NEW).status_code == 403
    assert client.post(NEW, REASON).status_code == 403


def test_before_it_is_asked_for_the_page_says_what_will_be_in_it(client, tree, page_ok):
    html = page_ok(client.get(NEW, {"organization": tree.community.pk, "mobile": "yes"}))

    for told in ("乙社区", "流动：流动党员", "党员 1 行，党组织 3 行", "完整的公民身份号码", "还能导出 50000 行"):
        assert told in html


def test_the_reason_is_asked_for(client, page_ok):
    html = page_ok(client.post(NEW, {"reason": "要"}), 422)
    assert "没有提交" in html and not Export.objects.exists()


def test_from_the_reason_to_the_file(client, tree, run_jobs, page_ok):
    answer = client.post(f"{NEW}?organization={tree.community.pk}&mobile=yes", REASON)
    export = Export.objects.get()
    page = f"/members/exports/{export.pk}/"
    assert answer["Location"] == page
    assert "下载 Excel" not in page_ok(client.get(page))
    run_jobs()
    html = page_ok(client.get(page))
    assert "下载 Excel" in html and "含完整的证号" in html
    file = client.get(f"{page}file/")

    assert file["Content-Disposition"].startswith("attachment; filename*=utf-8''%E5%85%9A%E5%91%98")
    assert file["Cache-Control"] == "private, no-store"
    content = b"".join(file.streaming_content)
    assert len(content) == int(file["Content-Length"])
    rows = list(load_workbook(BytesIO(content))[MEMBERS].values)
    assert [row[1] for row in rows] == ["姓名", "流动"]
    assert Event.objects.filter(type="members.export_fetched").count() == 1


def test_everybody_sees_his_own_exports_only(exported, tree, client, client_with, page_ok):
    other = client_with("county_admin", tree.county)

    assert "核对灯塔系统数据" in page_ok(client.get(LIST))
    assert "还没有导出过" in page_ok(other.get(LIST))
    assert other.get(f"{LIST}{exported.pk}/").status_code == 404
    assert other.get(f"{LIST}{exported.pk}/file/").status_code == 404


def test_a_place_out_of_scope_is_not_found_and_wrong_conditions_go_back_to_the_list(client, tree):
    assert client.get(NEW, {"organization": tree.other_street.pk}).status_code == 404
    answer = client.get(NEW, {"as_of": "2999-01-01"})
    assert (answer.status_code, answer["Location"]) == (302, "/members/?as_of=2999-01-01")


def test_a_past_day_keeps_its_day(client, page_ok):
    MembershipFactory(
        organization=Export._meta.get_field("organization").related_model.objects.get(name="乙社区第一支部"),
        valid_to=date(2020, 1, 1),
    )
    html = page_ok(client.get(NEW, {"as_of": "2019-06-01"}))
    assert "2019年6月1日" in html and "党员 3 行" in html


def test_a_removed_file_is_told(exported, client, page_ok):
    exported.file.delete()
    exported.refresh_from_db()

    assert "文件已到期删除" in page_ok(client.get(f"{LIST}{exported.pk}/"))
    assert "已到期删除" in page_ok(client.get(LIST))
    assert client.get(f"{LIST}{exported.pk}/file/").status_code == 409


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_asks_the_same_of_the_database(count, exported, client, django_assert_num_queries):
    for _ in range(count - 1):
        client.post(NEW, REASON)
    client.get(LIST)
    with django_assert_num_queries(6):
        client.get(LIST)
