"""Pages of the rule numbers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from linshu.parameters.models import Parameter

DETAIL = "/parameters/GENERAL_BRANCH_WARN/"


@pytest.fixture
def county(tree, client_with):
    return client_with("county_admin", tree.county)


def form(**changes):
    tomorrow = timezone.localdate() + timedelta(days=1)
    return {"value": "40", "effective_from": tomorrow.isoformat(), "basis": "通知", "reason": "提早预警"} | changes


def test_the_list_shows_one_area_at_a_time(county, page_ok, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        html = page_ok(county.get("/parameters/"))
    assert "升格预警的党员数" in html and "系统初始值" in html and "口令长度" not in html
    assert "口令长度" in page_ok(county.get("/parameters/?area=安全"))


def test_the_search_looks_through_all_areas(county, page_ok):
    html = page_ok(county.get("/parameters/?q=lock_min"))
    assert "登录锁定时间" in html and "共 1 项" in html
    assert "没有名称、代码或依据含“不存在”的参数" in page_ok(county.get("/parameters/?q=不存在"))


def test_a_version_is_added_and_taken_back(county, page_ok):
    answer = county.post(DETAIL, form(), follow=True)
    assert "起为 40 人" in page_ok(answer)
    assert "将要变化" in page_ok(county.get("/parameters/"))
    version = Parameter.objects.get(value="40")
    answer = county.post(f"{DETAIL}withdraw/", {"version_id": version.pk, "reason": "填错"}, follow=True)
    assert "已撤销" in page_ok(answer)
    assert not Parameter.objects.filter(value="40").exists()


def test_what_is_refused_is_told_beside_its_field_and_kept(county, page_ok):
    html = page_ok(county.post(DETAIL, form(value="999")), 422)
    assert "应在 1 到 500 之间" in html and 'value="999"' in html


def test_a_withdrawal_without_reason_is_refused(county, page_ok):
    county.post(DETAIL, form())
    version = Parameter.objects.get(value="40")
    html = page_ok(county.post(f"{DETAIL}withdraw/", {"version_id": version.pk, "reason": ""}), 422)
    assert "请填写撤销原因" in html


def test_readers_see_no_form_and_cannot_post(tree, client_with, page_ok):
    reader = client_with("street_officer", tree.street)
    assert "登记新值" not in page_ok(reader.get(DETAIL))
    assert reader.post(DETAIL, form()).status_code == 403


def test_security_numbers_open_for_the_security_administrator_only(tree, client_with, county, page_ok):
    security = client_with("security_admin", tree.county)
    assert "登记新值" in page_ok(security.get("/parameters/LOCK_MINUTES/"))
    assert "登记新值" not in page_ok(county.get("/parameters/LOCK_MINUTES/"))


@pytest.mark.parametrize("url", ["/parameters/", DETAIL])
def test_who_may_not_read_the_numbers_is_refused(tree, client_with, url):
    assert client_with("security_auditor", tree.county).get(url).status_code == 403


def test_an_unknown_number_is_not_found(county):
    assert county.get("/parameters/NO_SUCH_NUMBER/").status_code == 404
