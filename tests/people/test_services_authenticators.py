"""Secrets of authenticators stand sealed, move to a new key, and those of before are taken over."""

import time
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils import timezone
from django_otp.oath import TOTP, totp
from django_otp.util import random_hex

from linshu.people.models import Authenticator
from linshu.people.services.rotation import rotate_keys
from linshu.people.services.second_factor import bind_second_factor, verify_second_factor
from linshu.scope import SYSTEM
from tests.factories import AuthenticatorFactory, UserFactory

pytestmark = pytest.mark.django_db


def code_of(key: str, *, steps: int = 0) -> str:
    """The code so many steps from now."""
    made = TOTP(bytes.fromhex(key))
    made.time = time.time() + 30 * steps
    return f"{made.token():06d}"


def test_what_is_bound_stands_sealed():
    user, key = UserFactory(), random_hex(20)
    bind_second_factor(user=user, key=key, code=f"{totp(bytes.fromhex(key)):06d}", by=SYSTEM, now=timezone.now())
    (row,) = Authenticator.objects.values()
    assert key not in str(row) and row["key_sealed"].startswith(f"{next(iter(settings.FIELD_KEYS))}:")
    assert Authenticator.objects.get().key == key


@pytest.mark.parametrize(("steps", "right"), [(-1, True), (0, True), (1, True), (-3, False), (3, False)])
def test_a_code_beside_the_present_one_is_right(steps, right):
    device = AuthenticatorFactory()
    assert device.verify_token(code_of(device.key, steps=steps)) is right


@pytest.mark.parametrize("code", ["", "abcdef", "²²²²²²", "-12345", "1234567"])
def test_what_is_no_code_is_wrong_and_counts_as_a_guess(code):
    device = AuthenticatorFactory()
    assert device.verify_token(code) is False
    device.refresh_from_db()
    assert device.throttling_failure_count == 1


def test_guessing_is_slowed_down_even_for_the_right_code():
    device = AuthenticatorFactory()
    for _ in range(4):
        device.verify_token("000000")
        device.throttling_failure_timestamp = timezone.now()
    assert device.verify_token(code_of(device.key)) is False


def test_a_code_is_spent():
    device = AuthenticatorFactory()
    code = code_of(device.key)
    assert verify_second_factor(user=device.user, code=code) == device
    device.refresh_from_db()
    assert device.verify_token(code) is False


def test_a_new_key_takes_them_along(settings):
    device = AuthenticatorFactory()
    key = device.key
    settings.FIELD_KEYS = {"new": b"n" * 32} | settings.FIELD_KEYS
    assert ("个动态口令验证器", 1) in list(rotate_keys(by=SYSTEM, now=timezone.now()))
    device = Authenticator.objects.get()
    assert device.key_sealed.startswith("new:") and device.key == key


def test_those_of_before_are_taken_over_and_their_table_goes():
    migration = import_module("linshu.people.migrations.0006_seal_authenticators")
    user, key = UserFactory(), random_hex(20)
    columns = "user_id bigint, name text, confirmed boolean, key text, last_t bigint, drift int"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {migration.OLD} (id bigint, {columns})")
        cursor.execute(f"INSERT INTO {migration.OLD} VALUES (1, %s, '手机', %s, %s, 7, 1)", [user.pk, True, key])  # noqa: S608

    class Editor:
        """As much of a schema editor as is used, inside the test's transaction."""

        def __init__(self) -> None:
            self.connection = connection

        def execute(self, sql):
            with connection.cursor() as cursor:
                cursor.execute(sql)

    migration.take_over(apps, Editor())
    device = Authenticator.objects.get()
    assert (device.user, device.key, device.last_t, device.drift) == (user, key, 7, 1)
    assert migration.OLD not in connection.introspection.table_names()
    migration.take_over(apps, Editor())  # on a database that never had it
