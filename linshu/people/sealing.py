"""Sealed personal fields: AES-GCM with a key ring, blind index for equality search.

A token reads ``key-id:base64(nonce + ciphertext)``; the person's UUID and the field's name are associated data, so a
token copied to another row or column does not open.
"""

import base64
import hmac
import os
from binascii import a2b_base64
from collections.abc import Callable
from functools import cache
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings


def seal(value: str, *, owner: UUID | str, field: str) -> str:
    """Ciphertext token under the first key of the ring; the empty value stays empty."""
    if not value:
        return ""
    key_id, key = next(iter(settings.FIELD_KEYS.items()))
    nonce = os.urandom(12)
    sealed = _cipher(key).encrypt(nonce, value.encode(), _associated(owner, field))
    return f"{key_id}:{base64.b64encode(nonce + sealed).decode()}"


def unseal(token: str, *, owner: UUID, field: str) -> str:
    """The value; a token of an unknown key or another owner raises."""
    return opener(owner)(token, field)


def opener(owner: UUID) -> Callable[[str, str], str]:
    """``unseal`` for several fields of one owner: a function of token and field."""
    name, keys = str(owner), settings.FIELD_KEYS

    def opened(token: str, field: str) -> str:
        if not token:
            return ""
        key_id, _, encoded = token.partition(":")
        raw = a2b_base64(encoded)
        return _cipher(keys[key_id]).decrypt(raw[:12], raw[12:], _associated(name, field)).decode()

    return opened


def blind_index(value: str, *, purpose: str) -> str:
    """HMAC of a normalised value: equal values meet, nothing else is told."""
    return hmac.digest(settings.INDEX_KEY, f"{purpose}|{value}".encode(), "sha256").hex() if value else ""


@cache
def _cipher(key: bytes) -> AESGCM:
    """Set up once a key: a page opens hundreds of fields."""
    return AESGCM(key)


def _associated(owner: UUID | str, field: str) -> bytes:
    return f"{owner}|{field}".encode()


class Sealed:
    """Attribute that reads and writes the plain value over the column ``<name>_sealed``; the owner has a ``uuid``."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name
        self.column = f"{name}_sealed"

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is None:
            return self
        return unseal(getattr(instance, self.column), owner=instance.uuid, field=self.name)

    def __set__(self, instance: Any, value: str) -> None:
        setattr(instance, self.column, seal(value, owner=instance.uuid, field=self.name))
