"""Two exports asked for at once do not pass the day's limit together."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from linshu.errors import Conflict
from linshu.parameters.models import Parameter
from members.models import Export
from members.services.exporting import Selection, request_export
from tests.factories import MembershipFactory


@pytest.fixture
def allowed(transactional_db, tree, actor_with):
    """An officer who may export three rows a day, with two members."""
    MembershipFactory.create_batch(2, organization=tree.branch)
    Parameter.objects.filter(code="EXPORT_ROWS_PER_DAY").update(value="3")
    return actor_with("community_officer", tree.community)


def test_two_at_once_stay_within_the_limit(allowed, now, rounds):
    for _ in range(rounds):
        start = Barrier(2)

        def ask(_: int, start: Barrier = start) -> str:
            try:
                start.wait(timeout=20)
                request_export(selection=Selection(now.date()), reason="核对名册数据", by=allowed, now=now)
            except Conflict as refused:
                return refused.code
            finally:
                connection.close()
            return "asked"

        with ThreadPoolExecutor(2) as pool:
            results = sorted(pool.map(ask, range(2)))
        assert results == ["asked", "export_limit"]
        assert Export.objects.count() == 1
        Export.objects.all().delete()
