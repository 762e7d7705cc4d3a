"""One's own account: password, authenticator, tokens, larger text."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_otp.oath import totp

from linshu.audit.models import Event
from linshu.people.models import ApiToken, Authenticator, PasswordRecord, User
from linshu.people.services.passwords import set_password
from tests.factories import PASSWORD, AuthenticatorFactory, UserFactory

BACKEND = "linshu.people.services.credentials.PasswordAndCode"
NEW = "Chaoyang-2027"


@pytest.fixture
def user(db) -> User:
    return UserFactory(username="clerk", full_name="王文书")


@pytest.fixture
def client(user) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def change(client, *, current=PASSWORD, new=NEW, again=None):
    body = {"current_password": current, "new_password": new, "new_password_again": again or new}
    return client.post("/password/", body)


class TestPassword:
    def test_changing_it_keeps_this_session_and_ends_others(self, client, user):
        other = Client()
        other.force_login(user, backend=BACKEND)

        assert change(client).url == "/me/"
        assert client.get("/me/").status_code == 200
        assert other.get("/me/").status_code == 302
        assert Event.objects.filter(type="people.password_changed", actor_id=user.pk).exists()

    @pytest.mark.parametrize(
        ("typed", "complaint"),
        [
            ({"current": "wrong"}, "现在的口令不对"),
            ({"new": "short"}, "至少要 10 个"),
            ({"again": "Other-20277"}, "不一样"),
            ({"new": PASSWORD}, "最近用过"),
        ],
    )
    def test_refused_with_the_reason(self, client, page_ok, typed, complaint):
        assert complaint in page_ok(change(client, **typed), 422)

    def test_none_of_the_last_five(self, client, user):
        for number in range(5):
            set_password(user, f"Former-2027-{number}", must_change=False, now=timezone.now())
        client.force_login(user, backend=BACKEND)

        assert change(client, current="Former-2027-4", new="Former-2027-0").status_code == 422
        set_password(user, "Former-2027-5", must_change=False, now=timezone.now())
        client.force_login(user, backend=BACKEND)
        assert change(client, current="Former-2027-5", new="Former-2027-0").status_code == 302
        assert PasswordRecord.objects.filter(user=user).count() == 5

    def test_first_password_is_changed_before_anything_else(self, client, user, settings, page_ok):
        settings.DEMO = False
        settings.SECURE_SSL_REDIRECT = False
        User.objects.update(must_change_password=True)

        assert client.get("/me/").url == "/password/"
        assert "初始口令" in page_ok(client.get("/password/"))
        change(client)
        assert client.get("/me/").status_code == 200

    def test_ninety_days_later_it_is_asked_for(self, user, settings):
        settings.DEMO = False
        settings.SECURE_SSL_REDIRECT = False
        User.objects.update(password_changed_at=timezone.now() - timedelta(days=90))
        client = Client()
        client.post("/login/", {"username": "clerk", "password": PASSWORD})

        assert client.get("/").url == "/password/"


class TestSecondFactor:
    @pytest.fixture
    def chief(self, tree, client_with, settings) -> Client:
        settings.DEMO = False
        settings.SECURE_SSL_REDIRECT = False
        return client_with("county_admin", tree.county)

    def key_on(self, client) -> str:
        client.get("/second-factor/")
        return client.session["second_factor_key"]

    def test_the_role_demands_it_before_anything_else(self, chief, page_ok):
        assert chief.get("/me/").url == "/second-factor/"
        html = page_ok(chief.get("/second-factor/"))
        assert "data:image/svg+xml;base64," in html

    def test_other_roles_are_not_asked(self, tree, client_with, settings):
        settings.DEMO = False
        settings.SECURE_SSL_REDIRECT = False

        assert client_with("community_officer", tree.community).get("/me/").status_code == 200

    def test_binding_opens_the_portal(self, chief):
        code = f"{totp(bytes.fromhex(self.key_on(chief))):06d}"

        assert chief.post("/second-factor/", {"otp_token": code}).url == "/me/"
        assert chief.get("/me/").status_code == 200
        assert Event.objects.filter(type="people.second_factor_bound").count() == 1

    def test_the_binding_code_is_spent(self, chief):
        code = f"{totp(bytes.fromhex(self.key_on(chief))):06d}"
        chief.post("/second-factor/", {"otp_token": code})
        user = Authenticator.objects.get().user

        again = Client().post("/login/", {"username": user.username, "password": PASSWORD, "otp_token": code})
        assert again.status_code == 422

    @pytest.mark.parametrize("code", ["000000", "abcdef", "²²²²²²"])
    def test_a_wrong_code_binds_nothing(self, chief, page_ok, code):
        key = self.key_on(chief)

        assert "动态口令不对" in page_ok(chief.post("/second-factor/", {"otp_token": code}), 422)
        assert chief.session["second_factor_key"] == key
        assert not Authenticator.objects.exists()

    def test_another_session_has_to_show_the_code(self, chief):
        user = User.objects.get()
        device = AuthenticatorFactory(user=user)

        assert chief.get("/me/").url == "/second-factor/"
        chief.post("/second-factor/", {"otp_token": f"{totp(device.bin_key):06d}"})
        assert chief.get("/me/").status_code == 200


class TestMe:
    def test_grants_in_words(self, tree, client_with, page_ok):
        html = page_ok(client_with("community_officer", tree.community).get("/me/"))

        assert "社区党务专干" in html and "乙社区" in html and "长期" in html

    def test_without_a_role(self, client, page_ok):
        assert "还没有任何角色" in page_ok(client.get("/me/"))

    def test_a_token_is_shown_once_and_works(self, client, user, page_ok):
        html = page_ok(client.post("/me/tokens/", {"label": "报表系统", "days": 30}))

        assert re.search(r"linshu_[\w-]{40,}", html)
        assert "linshu_" not in page_ok(client.get("/me/"))

    def test_a_token_without_a_label_is_refused(self, client, page_ok):
        assert "请填写给哪个系统用" in page_ok(client.post("/me/tokens/", {"label": "", "days": 30}), 422)
        assert "1 至 365 天" in page_ok(client.post("/me/tokens/", {"label": "x", "days": 400}), 422)

    def test_revoke(self, client, user, page_ok):
        client.post("/me/tokens/", {"label": "报表系统", "days": 30})
        token = ApiToken.objects.get()

        client.post(f"/me/tokens/{token.pk}/revoke/")
        assert "已撤销" in page_ok(client.get("/me/"))

    def test_somebody_elses_token_is_not_there(self, client, user):
        client.post("/me/tokens/", {"label": "报表系统", "days": 30})
        stranger = Client()
        stranger.force_login(UserFactory(), backend=BACKEND)

        assert stranger.post(f"/me/tokens/{ApiToken.objects.get().pk}/revoke/").status_code == 404


def test_larger_text_is_kept_with_the_account(client, user):
    assert client.post("/large-text/", {"next": "/me/"}).url == "/me/"
    user.refresh_from_db()
    assert user.large_text
    assert 'class="ls-large"' in client.get("/me/").content.decode()


def test_larger_text_for_a_visitor(db):
    visitor = Client()
    visitor.post("/large-text/", {"next": "/login/"})
    assert 'class="ls-large"' in visitor.get("/login/").content.decode()
    assert visitor.post("/large-text/", {"next": "https://evil.example/"}).url == "/"
    assert 'class="ls-large"' not in visitor.get("/login/").content.decode()
