"""A repeated POST is done once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from linshu.errors import Conflict, Invalid
from linshu.people.models import User
from linshu.rest.models import IdempotencyKey
from linshu.rest.services import KEPT, Answer, Attempt, forget_expired, once
from tests.factories import UserFactory

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ATTEMPT = Attempt(user_id=7, key="8f14e45f", fingerprint="a" * 64)


@pytest.fixture
def work(db):
    """A service that counts its runs by the accounts it makes."""

    def run() -> Answer:
        return Answer(201, {"id": UserFactory().pk})

    return run


def test_the_same_request_gets_the_same_answer_and_runs_once(work):
    first = once(ATTEMPT, run=work, now=NOW)
    again = once(ATTEMPT, run=work, now=NOW + timedelta(hours=23))

    assert (again.status, again.body, again.replayed) == (201, first.body, True)
    assert User.objects.count() == 1


def test_another_request_under_the_same_key_is_refused(work):
    once(ATTEMPT, run=work, now=NOW)

    with pytest.raises(Invalid) as refused:
        once(Attempt(7, ATTEMPT.key, "b" * 64), run=work, now=NOW)

    assert refused.value.code == "idempotency_key_reused"
    assert User.objects.count() == 1


def test_the_key_of_another_user_is_another_key(work):
    once(ATTEMPT, run=work, now=NOW)
    once(Attempt(8, ATTEMPT.key, ATTEMPT.fingerprint), run=work, now=NOW)

    assert User.objects.count() == 2


def test_a_failed_request_leaves_no_key_and_no_half_done_work(work):
    def fail() -> Answer:
        work()
        raise Conflict("已撤销。")

    with pytest.raises(Conflict):
        once(ATTEMPT, run=fail, now=NOW)

    assert not IdempotencyKey.objects.exists()
    assert not User.objects.exists()
    assert not once(ATTEMPT, run=work, now=NOW).replayed


def test_a_secret_is_neither_kept_nor_told_again(work):
    once(ATTEMPT, run=work, now=NOW, secret=True)

    assert IdempotencyKey.objects.get().body is None
    with pytest.raises(Conflict, match="只在当时显示一次"):
        once(ATTEMPT, run=work, now=NOW, secret=True)
    assert User.objects.count() == 1


def test_after_24_hours_the_key_is_free_again(work):
    once(ATTEMPT, run=work, now=NOW)

    assert not once(ATTEMPT, run=work, now=NOW + KEPT).replayed


def test_expired_keys_are_forgotten(work):
    once(ATTEMPT, run=work, now=NOW)

    assert forget_expired(now=NOW + KEPT - timedelta(seconds=1)) == 0
    assert forget_expired(now=NOW + KEPT) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(5))
def test_of_two_at_once_one_runs_and_both_get_its_answer(_round):
    together = Barrier(4)

    def ask(_: int) -> Answer:
        try:
            together.wait()
            return once(ATTEMPT, run=lambda: Answer(201, {"id": UserFactory().pk}), now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(ask, range(4)))

    assert User.objects.count() == 1
    assert {answer.body["id"] for answer in answers} == {User.objects.get().pk}
    assert sorted(answer.replayed for answer in answers) == [False, True, True, True]
