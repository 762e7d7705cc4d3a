"""/admin/: system operators only, and only to look."""

import pytest
from django.test import Client

from linshu.people.models import User
from tests.factories import UserFactory

BACKEND = "linshu.people.services.credentials.PasswordAndCode"
PAGES = ["/admin/", "/admin/people/user/"]


@pytest.fixture
def operator(tree, client_with) -> Client:
    return client_with("system_admin", tree.county)


@pytest.mark.parametrize("url", PAGES)
def test_an_operator_looks(operator, url):
    assert operator.get(url).status_code == 200


def test_an_account_is_shown_without_its_hash(operator):
    account = UserFactory(full_name="王文书")

    html = operator.get(f"/admin/people/user/{account.pk}/change/").content.decode()

    assert "王文书" in html and "argon2" not in html


@pytest.mark.parametrize("what", ["add/", "{pk}/delete/", "{pk}/password/"])
def test_nothing_is_changed_here(operator, what):
    account = UserFactory()

    answer = operator.post(f"/admin/people/user/{what.format(pk=account.pk)}", {"post": "yes"})

    assert answer.status_code in {302, 403, 404}
    assert User.objects.filter(pk=account.pk, password=account.password).exists()


@pytest.mark.parametrize("role", ["county_admin", "security_admin", "security_auditor", "community_officer"])
def test_others_are_refused(tree, client_with, page_ok, role):
    client = client_with(role, tree.county)

    for url in PAGES:
        page_ok(client.get(url), 403)


def test_a_superuser_without_a_grant_is_refused(db, page_ok):
    client = Client()
    client.force_login(UserFactory(is_staff=True, is_superuser=True), backend=BACKEND)

    page_ok(client.get("/admin/"), 403)


def test_there_is_no_second_log_in(operator):
    asked = Client().get("/admin/", follow=True)
    assert asked.redirect_chain[-1][0].startswith("/login/?next=/admin/") and asked.status_code == 200
    assert operator.get("/admin/login/").url == "/admin/"
    assert operator.get("/admin/password_change/").url == "/password/"


def test_only_accounts_are_registered(operator):
    html = operator.get("/admin/").content.decode()

    assert "/admin/people/user/" in html
    assert "totp" not in html and "auth/group" not in html
