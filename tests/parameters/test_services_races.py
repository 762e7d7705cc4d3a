"""Two changes of one number at the same time: one holds, the other is told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from linshu.errors import Conflict
from linshu.parameters.models import OPEN_END, Parameter
from linshu.parameters.services import add_version
from linshu.scope import SYSTEM
from tests.parameters.test_services import CODE, NOW


@pytest.mark.parametrize("attempt", range(5))
def test_one_of_two_changes_is_told_to_look_again(transactional_db, attempt):
    start = Barrier(2)

    def change(value: str) -> str:
        try:
            start.wait(timeout=20)
            add_version(
                code=CODE, value=value, effective_from=date(2027, 1, 1), basis="通知", reason="调整", by=SYSTEM, now=NOW
            )
        except Conflict:
            return "conflict"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        results = sorted(pool.map(change, ["40", "41"]))
    assert results == ["conflict", "done"]
    versions = Parameter.objects.filter(code=CODE).order_by("effective_from")
    assert [version.effective_to for version in versions] == [date(2027, 1, 1), OPEN_END]
