"""Authentication codes of events and seals: what is signed, in which order."""

import hmac
import json
from collections.abc import Mapping

SIGNED = (
    "uuid", "at", "type", "actor_id", "actor_name", "organization_id",
    "subject_type", "subject_id", "subject_label", "reason", "data",
)  # fmt: skip
GENESIS = "0" * 64
_JSON = json.JSONEncoder(sort_keys=True, ensure_ascii=False, default=str)


def canonical(row: Mapping[str, object]) -> bytes:
    """The signed fields of an event as JSON with sorted keys; ``at`` in UTC with microseconds."""
    return _JSON.encode({name: row[name] for name in SIGNED}).encode()


def event_mac(key: bytes, row: Mapping[str, object]) -> str:
    """MAC of one event."""
    return hmac.digest(key, canonical(row), "sha256").hex()


def seal_hash(key: bytes, seq: int, previous: str, event_uuid: str, mac: str) -> str:
    """Link ``seq`` of the chain."""
    return hmac.digest(key, f"{seq}|{previous}|{event_uuid}|{mac}".encode(), "sha256").hex()
