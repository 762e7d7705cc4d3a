"""Writers and sealers at the same time: no event lost, no gap, no head that disagrees."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction

from linshu.audit import services
from linshu.audit.models import Event, Seal
from linshu.scope import SYSTEM
from tests.audit.conftest import NOW

WRITERS, SEALERS, EACH = 2, 2, 15


def write() -> None:
    """Events one by one, each in a transaction of its own."""
    try:
        for number in range(EACH):
            with transaction.atomic():
                services.record("tests.done", by=SYSTEM, data={"number": number}, now=NOW)
    finally:
        connection.close()


def seal() -> int:
    """Sealing again and again in small batches."""
    try:
        return sum(services.seal(now=NOW, batch=4) for _ in range(EACH))
    finally:
        connection.close()


@pytest.mark.parametrize("attempt", range(5))
def test_two_sealers_among_writers_seal_every_event_once(transactional_db, attempt):
    with ThreadPoolExecutor(WRITERS + SEALERS) as pool:
        writing = [pool.submit(write) for _ in range(WRITERS)]
        sealing = [pool.submit(seal) for _ in range(SEALERS)]
        for each in writing:
            each.result(timeout=60)
        sealed = sum(each.result(timeout=60) for each in sealing)
    sealed += services.seal(now=NOW)
    assert sealed == Event.objects.count() == WRITERS * EACH
    assert list(Seal.objects.values_list("seq", flat=True)) == list(range(1, sealed + 1))
    assert services.verify(now=NOW + timedelta(hours=1)).problems == ()
