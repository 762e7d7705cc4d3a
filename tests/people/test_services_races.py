"""What happens at the same moment: failures are all counted, the hour of a token is noted once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from axes.models import AccessAttempt
from django.db import connection
from django.db.models import Sum
from django.test import Client
from django.utils import timezone

from linshu.people.rules import tokens as rules
from linshu.people.services.tokens import create_token, user_of
from linshu.scope import SYSTEM
from tests.factories import UserFactory

AT_ONCE = 4


@pytest.mark.django_db(transaction=True)
def test_failures_at_the_same_moment_are_all_counted(rounds):
    for number in range(rounds):
        name = f"clerk{number}"
        UserFactory(username=name)
        start = Barrier(AT_ONCE)

        def fail(_, name=name, start=start) -> int:
            try:
                start.wait(timeout=20)
                return Client().post("/login/", {"username": name, "password": "wrong"}).status_code
            finally:
                connection.close()

        with ThreadPoolExecutor(AT_ONCE) as pool:
            assert set(pool.map(fail, range(AT_ONCE))) == {422}
        counted = AccessAttempt.objects.filter(username=name).aggregate(n=Sum("failures_since_start"))
        assert counted["n"] == AT_ONCE


def test_the_hour_of_a_token_is_noted_by_one_of_two(db, monkeypatch):
    now = timezone.now()
    token, key = create_token(user=UserFactory(), label="报表", days=30, by=SYSTEM, now=now)
    is_due = rules.use_is_due

    def while_a_colleague_is_faster(last_used_at, moment):
        monkeypatch.setattr(rules, "use_is_due", is_due)
        user_of(key=key, now=now)  # between our reading of the token and our note of its use
        return is_due(last_used_at, moment)

    monkeypatch.setattr(rules, "use_is_due", while_a_colleague_is_faster)
    user_of(key=key, now=now + timedelta(seconds=1))

    token.refresh_from_db()
    assert token.last_used_at == now
