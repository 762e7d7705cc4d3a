"""Screens of accounts that are reached by doing something: failing, giving a role, leaving a form."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from linshu.people.models import User
from tests.factories import PASSWORD, GrantFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def log_in(page, username: str, password: str) -> None:
    page.get_by_label("用户名").fill(username)
    page.get_by_label("口令", exact=True).fill(password)
    page.get_by_role("button", name="登录").click()


def test_failing_until_locked(open_page, screens, tree):
    UserFactory(username="clerk")
    page = open_page("/login/")
    for left in (4, 3, 2, 1):
        log_in(page, "clerk", "wrong")
        expect(page.get_by_role("alert")).to_contain_text(f"还可以试 {left} 次")
    screens(page, "login-failed")
    log_in(page, "clerk", "wrong")
    expect(page.get_by_role("heading", level=1)).to_have_text("账号暂时锁定")
    screens(page, "login-locked")


def test_an_account_and_its_first_password(open_page, screens, client_with, tree):
    account = UserFactory(full_name="王文书")
    page = open_page(f"/accounts/{account.pk}/", client_with("system_admin", tree.county))
    screens(page, "account")
    page.get_by_label("事由").fill("本人当面申请")
    page.get_by_role("button", name="重置口令").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("初始口令")
    screens(page, "first-password")


def test_giving_a_role(open_page, screens, client_with, tree):
    account = GrantFactory(user__full_name="王文书", organization=tree.community).user
    page = open_page(f"/grants/accounts/{account.pk}/", client_with("security_admin", tree.county))
    page.get_by_label("角色").select_option("system_admin")
    page.get_by_label("组织").fill("乙社区")
    page.get_by_label("依据").fill("县委组织部通知")
    page.get_by_role("button", name="授予").click()
    expect(page.get_by_role("alert")).to_contain_text("三权分立")
    screens(page, "grants-account")
    page.locator("tbody a").click()
    screens(page, "grant-end")


def test_a_form_left_too_long_is_there_again_after_log_in(open_page, screens, client_with, tree):
    client = client_with("system_admin", tree.county, user__username="operator")
    page = open_page("/accounts/new/", client)
    page.get_by_label("姓名").fill("王文书")
    session = client.session
    session["touched"] = timezone.now().timestamp() - 3600
    session.save()
    page.get_by_role("button", name="建立账号").click()
    log_in(page, "operator", PASSWORD)

    expect(page.get_by_label("姓名")).to_have_value("王文书")
    expect(page.locator("#messages")).to_contain_text("已经填回")
    screens(page, "form-kept")
    assert not User.objects.filter(full_name="王文书").exists()
