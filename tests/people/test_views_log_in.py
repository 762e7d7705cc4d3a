"""Log-in: lock-out, codes, and the trace each attempt leaves."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone
from django_otp.oath import totp

from linshu.audit.models import Event
from linshu.parameters.services import add_version
from linshu.people.services import lockout
from tests.factories import PASSWORD, AuthenticatorFactory, UserFactory

pytestmark = pytest.mark.django_db


def log_in(client: Client, username: str, password: str = PASSWORD, **more):
    return client.post("/login/", {"username": username, "password": password, **more})


def failures_of(types=("people.log_in_failed", "people.locked")) -> list[str]:
    return list(Event.objects.filter(type__in=types).order_by("pk").values_list("type", flat=True))


def test_the_page_says_the_rules(client, page_ok):
    html = page_ok(client.get("/login/"))

    assert "连错 5 次锁定 15 分钟" in html and "30 分钟不操作会退出" in html


def test_back_to_the_page_asked_for(client):
    UserFactory(username="clerk")

    assert log_in(client, "clerk", next="/organizations/").url == "/organizations/"


def test_never_to_somebody_elses_site(client):
    UserFactory(username="clerk")

    assert log_in(client, "clerk", next="https://evil.example/").url == "/"


def test_a_failure_tells_how_many_tries_are_left(client, page_ok):
    UserFactory(username="clerk")

    html = page_ok(log_in(client, "clerk", "wrong"), 422)

    assert "还可以试 4 次" in html and "wrong" not in html and 'value="clerk"' in html


def test_five_failures_lock_for_this_address_only(client, page_ok):
    user = UserFactory(username="clerk")
    for _ in range(4):
        assert log_in(client, "clerk", "wrong").status_code == 422

    html = page_ok(log_in(client, "clerk", "wrong"), 429)

    assert "账号暂时锁定" in html and "15 分钟" in html
    assert log_in(client, "clerk").status_code == 429
    assert lockout.locked_addresses("clerk", now=timezone.now()) == ["127.0.0.1"]
    elsewhere = Client(REMOTE_ADDR="10.0.0.9")
    assert log_in(elsewhere, user.username).status_code == 302
    assert sorted(failures_of()) == ["people.locked"] + ["people.log_in_failed"] * 6
    refused = Event.objects.filter(type="people.log_in_failed").order_by("pk").values_list("data__refused", flat=True)
    assert list(refused) == [False] * 5 + [True]


class TestFromManyAddresses:
    """The account is slowed down where it has not been used from, and never locked."""

    @pytest.fixture
    def guessed(self):
        """``guessed(name)``: four wrong passwords from each of five addresses."""

        def guess(username: str) -> None:
            for number in range(20):
                assert log_in(Client(REMOTE_ADDR=f"10.0.0.{number // 4}"), username, "wrong").status_code == 422

        return guess

    def test_one_try_in_a_while_from_new_addresses(self, guessed, page_ok):
        UserFactory(username="clerk")
        guessed("clerk")
        stranger = Client(REMOTE_ADDR="10.0.1.1")
        html = page_ok(log_in(stranger, "clerk"), 429)
        assert "请稍后再登录" in html and "秒后再试" in html and "_auth_user_id" not in stranger.session

        refused = Event.objects.filter(type="people.log_in_failed").latest("pk")
        assert refused.data == {"username": "clerk", "address": "10.0.1.1", "refused": True}
        a_minute_on = timezone.now() + timedelta(seconds=60)
        assert lockout.wait_for(username="clerk", address="10.0.1.1", now=a_minute_on) == 0
        assert lockout.wait_for(username="clerk", address="10.0.1.1", now=a_minute_on - timedelta(seconds=30)) > 0

    def test_from_where_it_is_used_it_goes_on(self, guessed, client):
        UserFactory(username="clerk")
        log_in(client, "clerk")
        client.post("/logout/")
        guessed("clerk")
        assert log_in(client, "clerk").status_code == 302

    def test_what_is_no_account_gets_the_same_answer(self, guessed):
        guessed("nobody")
        assert log_in(Client(REMOTE_ADDR="10.0.1.1"), "nobody").status_code == 429

    def test_another_account_is_not_slowed_down(self, guessed, client):
        for name in ("clerk", "chief"):
            UserFactory(username=name)
        guessed("clerk")
        assert log_in(client, "chief").status_code == 302


def test_a_success_wipes_earlier_failures(client):
    UserFactory(username="clerk")
    for _ in range(4):
        log_in(client, "clerk", "wrong")
    log_in(client, "clerk")
    client.post("/logout/")

    assert "还可以试 4 次" in log_in(client, "clerk", "wrong").content.decode()


def test_a_disabled_account_is_told_nothing_more(client):
    UserFactory(username="gone", is_active=False)

    assert "还可以试 4 次" in log_in(client, "gone").content.decode()


def test_log_in_and_out_are_signed(client):
    user = UserFactory(username="clerk")
    log_in(client, "clerk")
    client.post("/logout/")

    types = Event.objects.filter(actor_id=user.pk).order_by("pk").values_list("type", flat=True)
    assert list(types) == ["people.logged_in", "people.logged_out"]


def test_what_is_no_account_is_masked_in_the_log(client):
    log_in(client, "MyPassword-2026", "wrong")

    assert "MyPassword" not in str(list(Event.objects.values()))


class TestCode:
    @pytest.fixture
    def device(self):
        return AuthenticatorFactory(user=UserFactory(username="chief"))

    def test_password_alone_is_not_enough(self, client, device):
        assert log_in(client, "chief").status_code == 422
        assert failures_of() == ["people.log_in_failed"]

    def test_password_and_code(self, client, device):
        code = f"{totp(device.bin_key):06d}"

        assert log_in(client, "chief", otp_token=code).status_code == 302
        assert client.session["otp_device_id"] == device.persistent_id

    def test_a_code_counts_once(self, client, device):
        code = f"{totp(device.bin_key):06d}"
        log_in(client, "chief", otp_token=code)

        assert log_in(Client(), "chief", otp_token=code).status_code == 422

    def test_a_code_does_not_replace_the_password(self, client, device):
        assert log_in(client, "chief", "wrong", otp_token=f"{totp(device.bin_key):06d}").status_code == 422

    def test_the_code_is_not_written_down(self, client, device):
        log_in(client, "chief", otp_token="123987")

        assert "123987" not in str(list(Event.objects.values()))


def test_logging_out_ends_the_session(client):
    client.force_login(UserFactory(), backend="linshu.people.services.credentials.PasswordAndCode")
    client.post("/logout/")

    assert client.get("/login/").wsgi_request.user == AnonymousUser()


def test_the_limits_are_dated_security_parameters(client, tree, actor_with):
    now = timezone.now()
    add_version(
        code="LOGIN_FAILURES", value="3", effective_from=timezone.localdate(now), basis="等保整改通知",
        reason="从严管理", by=actor_with("security_admin", tree.county), now=now,
    )  # fmt: skip
    UserFactory(username="clerk")

    statuses = [log_in(client, "clerk", "wrong").status_code for _ in range(3)]

    assert statuses == [422, 422, 429]


def test_behind_nginx_the_lock_is_for_the_browsers_address(client, settings):
    settings.DEMO = False
    settings.SECURE_SSL_REDIRECT = False
    UserFactory(username="clerk", password_changed_at=timezone.now())
    attacker = {"X-Forwarded-For": "198.51.100.7, 203.0.113.9"}  # the first is invented, nginx wrote the last
    body = {"username": "clerk", "password": "wrong"}
    statuses = [client.post("/login/", body, headers=attacker).status_code for _ in range(5)]

    assert statuses == [422, 422, 422, 422, 429]
    assert lockout.locked_addresses("clerk", now=timezone.now()) == ["203.0.113.9"]
    colleague = {"X-Forwarded-For": "203.0.113.10"}
    answer = client.post("/login/", {"username": "clerk", "password": PASSWORD}, headers=colleague)
    assert answer.status_code == 302
