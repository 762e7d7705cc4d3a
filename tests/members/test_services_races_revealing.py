"""Two values asked for at once do not pass the day's limit together."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection

from linshu.errors import Conflict
from linshu.parameters.models import Parameter
from members.services import revealing
from tests.factories import MembershipFactory


@pytest.fixture
def allowed(transactional_db, tree, actor_with):
    """An officer who may see one value a day."""
    Parameter.objects.filter(code="REVEALS_PER_DAY").update(value="1")
    return actor_with("community_officer", tree.community)


def test_two_at_once_stay_within_the_limit(allowed, tree, now, monkeypatch):
    member = MembershipFactory(organization=tree.branch)
    start, counted = Barrier(2), Barrier(2)
    check = revealing._check_limit

    def slow(*args):
        """Both have counted before either is recorded, where nothing keeps them apart."""
        check(*args)
        with suppress(BrokenBarrierError):
            counted.wait(timeout=2)

    monkeypatch.setattr(revealing, "_check_limit", slow)

    def ask(_: int) -> str:
        try:
            start.wait(timeout=20)
            return (
                revealing.reveal(membership=member, field="phone", reason="核对名册数据", by=allowed, now=now)
                and "seen"
            )
        except Conflict as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(ask, range(2))) == ["reveal_limit", "seen"]
