"""Tokens of integrators: made once, shown once, expiring, revocable."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from linshu.audit.models import Event
from linshu.errors import Conflict, Invalid
from linshu.grants.api.authentication import TokenAuthentication
from linshu.people.models import ApiToken
from linshu.people.services.tokens import create_token, revoke_token, user_of
from linshu.scope import SYSTEM, Right
from tests.factories import UserFactory


def a_token(user, *, days=30, now=None):
    return create_token(user=user, label="报表系统", days=days, by=SYSTEM, now=now or timezone.now())


def call(key: str):
    request = Request(APIRequestFactory().get("/", HTTP_AUTHORIZATION=key))
    return request, TokenAuthentication().authenticate(request)


def test_a_token_acts_with_the_grants_of_its_user(tree, user_with):
    user = user_with("community_officer", tree.community)
    _, key = a_token(user)

    request, (found, _) = call(f"Token {key}")

    assert found == user
    assert request.actor.may(Right.MEMBERS_READ, tree.branch.pk)
    assert not request.actor.may(Right.MEMBERS_READ, tree.other_branch.pk)


def test_the_key_is_not_kept(db):
    token, key = a_token(UserFactory())

    assert key not in str(ApiToken.objects.filter(pk=token.pk).values())
    assert key not in str(list(Event.objects.values()))


@pytest.mark.parametrize("spoil", ["expire", "revoke", "disable", "mistype"])
def test_a_token_that_no_longer_counts_is_refused(db, spoil):
    user, now = UserFactory(), timezone.now()
    token, key = a_token(user, now=now - timedelta(days=31) if spoil == "expire" else now)
    if spoil == "revoke":
        revoke_token(token=token, by=SYSTEM, now=now)
    if spoil == "disable":
        type(user).objects.filter(pk=user.pk).update(is_active=False)

    with pytest.raises(AuthenticationFailed, match="令牌无效"):
        call(f"Token {key}x" if spoil == "mistype" else f"Token {key}")


def test_other_schemes_are_left_to_others(db):
    _, result = call("Bearer abc")

    assert result is None


def test_use_is_noted_at_most_once_an_hour(db, django_assert_num_queries):
    now = timezone.now()
    token, key = a_token(UserFactory(), now=now)
    user_of(key=key, now=now)

    with django_assert_num_queries(1):
        user_of(key=key, now=now + timedelta(minutes=59))
    token.refresh_from_db()
    assert token.last_used_at == now

    user_of(key=key, now=now + timedelta(minutes=60))
    token.refresh_from_db()
    assert token.last_used_at == now + timedelta(minutes=60)


def test_revoking_twice_is_a_conflict(db):
    token, _ = a_token(UserFactory())
    revoke_token(token=token, by=SYSTEM, now=timezone.now())

    with pytest.raises(Conflict, match="已经撤销"):
        revoke_token(token=token, by=SYSTEM, now=timezone.now())


@pytest.mark.parametrize("days", [0, 366])
def test_a_token_lives_a_day_to_a_year(db, days):
    with pytest.raises(Invalid, match="1 至 365 天"):
        a_token(UserFactory(), days=days)


def test_the_command_prints_a_working_key(db):
    user, out = UserFactory(username="reporter"), StringIO()

    call_command("create_token", "reporter", "--days", "10", stdout=out, stderr=StringIO())

    assert user_of(key=out.getvalue().strip(), now=timezone.now()) == user


def test_the_command_names_the_missing_account(db):
    with pytest.raises(CommandError, match="没有用户名为 nobody 的账号"):
        call_command("create_token", "nobody")
