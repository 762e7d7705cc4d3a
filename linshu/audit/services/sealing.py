"""Sealing: events become links of a chain, one sealer at a time, without a lock on those who record."""

from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from linshu.audit.models import Event, Seal
from linshu.audit.rules.mac import GENESIS, seal_hash
from linshu.audit.services import heads

LOCK = 0x5EA1
# An event may become visible after younger ones are sealed, when its transaction was long. The sealer of every minute
# looks this many rows back; the nightly one looks at all.
LOOKBACK = 20_000


def seal(*, now: datetime, batch: int = 1000, everything: bool = False) -> int:
    """Seal what is recorded and committed, ``batch`` rows a transaction; returns how many rows were sealed."""
    sealed = 0
    with heads.open_log() as log:
        while links := _seal_batch(now, batch, everything):
            heads.append(log, links[-1].seq, links[-1].hash, now)
            sealed += len(links)
    return sealed


@transaction.atomic
def _seal_batch(now: datetime, batch: int, everything: bool) -> list[Seal]:
    # SQLite's IMMEDIATE transaction is the lock already.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    last = Seal.objects.order_by("-seq").first()
    events = Event.objects.unsealed().order_by("pk")
    floor = 0 if everything or last is None else _floor(last)
    links = []
    seq, previous = (last.seq, last.hash) if last else (0, GENESIS)
    for uuid, mac in events.filter(pk__gt=floor).values_list("uuid", "mac")[:batch]:
        seq, previous = seq + 1, seal_hash(settings.AUDIT_KEY, seq + 1, previous, str(uuid), mac)
        links.append(Seal(seq=seq, event_uuid=uuid, hash=previous, sealed_at=now))
    return Seal.objects.bulk_create(links)


def _floor(last: Seal) -> int:
    """Below this key the sealer of every minute does not look."""
    return (Event.objects.filter(uuid=last.event_uuid).values_list("pk", flat=True).first() or 0) - LOOKBACK
