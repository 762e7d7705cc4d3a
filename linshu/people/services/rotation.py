"""Sealing everything anew under the first key of the ring, while the portal runs."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from linshu.audit import services as audit
from linshu.people import registry
from linshu.people.models import Authenticator, Person
from linshu.scope import Actor

FIELDS = ("id_number", "phone", "address")
BATCH = 500


def rotate_keys(*, by: Actor, now: datetime) -> Iterator[tuple[str, int]]:
    """Seal anew what stands under an older key: persons, authenticators, then what higher apps registered; yields unit and number.

    Every batch is a transaction of its own, short enough not to keep anybody waiting. Stopped half-way, it goes on
    where it was; the old keys may leave the ring when a run has found nothing.
    """
    key_id = next(iter(settings.FIELD_KEYS))
    moved: dict[str, int] = {}
    for unit, seal_anew in [("人", _rotate_batch), ("个动态口令验证器", _rotate_authenticators), *registry.sealed()]:
        while count := seal_anew(key_id):
            moved[unit] = moved.get(unit, 0) + count
            yield unit, count
    if moved:
        audit.record("people.keys_rotated", by=by, data={"moved": moved, "key": key_id}, now=now)


@transaction.atomic
def _rotate_batch(key_id: str) -> int:
    older = Q(pk__in=[])
    for name in FIELDS:
        older |= ~Q(**{f"{name}_sealed": ""}) & ~Q(**{f"{name}_sealed__startswith": f"{key_id}:"})
    # Locked, so that a value corrected meanwhile is not overwritten with the one read here.
    persons = list(Person.objects.select_for_update().filter(older).order_by("pk")[:BATCH])
    for person in persons:
        for name in FIELDS:
            setattr(person, name, getattr(person, name))
    Person.objects.bulk_update(persons, [f"{name}_sealed" for name in FIELDS])
    return len(persons)


@transaction.atomic
def _rotate_authenticators(key_id: str) -> int:
    older = Authenticator.objects.exclude(key_sealed__startswith=f"{key_id}:")
    devices = list(older.select_for_update().order_by("pk")[:BATCH])
    for device in devices:
        device.key = device.key
    Authenticator.objects.bulk_update(devices, ["key_sealed"])
    return len(devices)
