"""The system administrator's pages."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from linshu.audit.models import Event
from linshu.people.models import User
from linshu.people.services.tokens import create_token, user_of
from linshu.scope import SYSTEM
from tests.factories import PASSWORD, AuthenticatorFactory, UserFactory

BACKEND = "linshu.people.services.credentials.PasswordAndCode"
REASON = {"reason": "本人当面申请"}


@pytest.fixture
def operator(tree, client_with) -> Client:
    return client_with("system_admin", tree.county, user__username="operator")


def shown_password(html: str) -> str:
    return re.search(r'class="ls-mono">([^<]+)<', html)[1]


def events(type_: str):
    return Event.objects.filter(type=f"people.{type_}")


def test_the_list_finds_and_filters(operator, page_ok):
    UserFactory(username="wang", full_name="王文书")
    UserFactory(username="gone", full_name="李离职", is_active=False)

    assert "王文书" in page_ok(operator.get("/accounts/?q=wang"))
    assert "李离职" not in page_ok(operator.get("/accounts/?state=active"))
    assert "没有符合条件的账号" in page_ok(operator.get("/accounts/?q=nobody"))


def test_the_list_costs_the_same_for_many(operator, django_assert_num_queries, django_assert_max_num_queries):
    operator.get("/accounts/")
    with django_assert_max_num_queries(20) as one:
        operator.get("/accounts/")
    UserFactory.create_batch(20)
    with django_assert_num_queries(len(one)):
        operator.get("/accounts/")


@pytest.mark.parametrize("role", ["county_admin", "security_admin", "security_auditor"])
def test_others_are_refused(tree, client_with, role, page_ok):
    account = UserFactory()
    client = client_with(role, tree.county)

    for url in ("/accounts/", "/accounts/new/", f"/accounts/{account.pk}/"):
        page_ok(client.get(url), 403)
    page_ok(client.post(f"/accounts/{account.pk}/disable/", REASON), 403)
    account.refresh_from_db()
    assert account.is_active


def test_a_new_account_logs_in_with_the_password_shown(operator, page_ok):
    page_ok(operator.get("/accounts/new/"))
    html = page_ok(operator.post("/accounts/new/", {"full_name": "王文书", "username": "wang.ws"}))

    password = shown_password(html)
    assert Client().post("/login/", {"username": "wang.ws", "password": password}).status_code == 302
    account = User.objects.get(username="wang.ws")
    assert account.must_change_password and not account.grants.exists()
    assert password not in str(list(events("account_created").values()))


@pytest.mark.parametrize(("username", "complaint"), [("王", "3 至 30 个字符"), ("OPERATOR", "已有人使用")])
def test_a_user_name_that_will_not_do(operator, page_ok, username, complaint):
    body = {"full_name": "王文书", "username": username}
    assert complaint in page_ok(operator.post("/accounts/new/", body), 422)


def test_disabling_ends_the_session(operator, page_ok):
    account = UserFactory(username="wang")
    theirs = Client()
    theirs.force_login(account, backend=BACKEND)

    operator.post(f"/accounts/{account.pk}/disable/", REASON)

    assert theirs.get("/me/").status_code == 302
    assert events("account_disabled").get().reason == "本人当面申请"
    assert "启用账号" in page_ok(operator.get(f"/accounts/{account.pk}/"))
    page_ok(operator.post(f"/accounts/{account.pk}/disable/", REASON), 422)
    operator.post(f"/accounts/{account.pk}/enable/", REASON)
    assert Client().post("/login/", {"username": "wang", "password": PASSWORD}).status_code == 302


def test_a_reason_is_needed(operator, page_ok):
    account = UserFactory()

    html = page_ok(operator.post(f"/accounts/{account.pk}/disable/", {"reason": "停用"}), 422)

    assert "至少 5 个字" in html
    account.refresh_from_db()
    assert account.is_active


def test_resetting_the_password(operator, page_ok):
    account = UserFactory(username="wang")
    password = shown_password(page_ok(operator.post(f"/accounts/{account.pk}/reset-password/", REASON)))

    assert Client().post("/login/", {"username": "wang", "password": PASSWORD}).status_code == 422
    assert Client().post("/login/", {"username": "wang", "password": password}).status_code == 302
    account.refresh_from_db()
    assert account.must_change_password


def test_tokens_end_with_the_password(operator):
    """Who may have known the password may have made himself a token."""
    account, now = UserFactory(), timezone.now()
    _, key = create_token(user=account, label="报表系统", days=30, by=SYSTEM, now=now)
    assert user_of(key=key, now=now) == account

    operator.post(f"/accounts/{account.pk}/reset-password/", REASON)

    assert user_of(key=key, now=now) is None
    assert events("token_revoked").count() == 1


def test_unlocking(operator, page_ok):
    account = UserFactory(username="wang")
    for _ in range(5):
        Client().post("/login/", {"username": "wang", "password": "wrong"})
    assert "从 127.0.0.1 锁定" in page_ok(operator.get(f"/accounts/{account.pk}/"))

    operator.post(f"/accounts/{account.pk}/unlock/", REASON)

    assert Client().post("/login/", {"username": "wang", "password": PASSWORD}).status_code == 302
    page_ok(operator.post(f"/accounts/{account.pk}/unlock/", REASON), 422)


def test_forgetting_a_lost_telephone(operator):
    account = UserFactory(username="wang")
    AuthenticatorFactory(user=account)

    operator.post(f"/accounts/{account.pk}/reset-second-factor/", REASON)

    assert Client().post("/login/", {"username": "wang", "password": PASSWORD}).status_code == 302
    assert events("second_factor_reset").count() == 1


def test_nobody_manages_his_own_account(operator, page_ok):
    own = User.objects.get(username="operator")

    assert "另一位系统管理员" in page_ok(operator.get(f"/accounts/{own.pk}/"))
    page_ok(operator.post(f"/accounts/{own.pk}/reset-password/", REASON), 403)


def test_an_unknown_account_is_not_found(operator, page_ok):
    page_ok(operator.get("/accounts/999/"), 404)
