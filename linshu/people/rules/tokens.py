"""Keys of integrators: how they look, how long they live, how often their use is noted."""

import hashlib
import secrets
from datetime import datetime, timedelta

from linshu.errors import Invalid

PREFIX = "linshu_"
NOTE_USE_EVERY = timedelta(hours=1)  # a busy integrator must not turn every read into a write


def new_key() -> str:
    """A key with 256 random bits, recognisable in a leaked file."""
    return PREFIX + secrets.token_urlsafe(32)


def digest(key: str) -> str:
    """What is stored of a key: its SHA-256. The key is random, so no salt and no slow hash are needed."""
    return hashlib.sha256(key.encode()).hexdigest()


def expiry(now: datetime, days: int, *, most: int) -> datetime:
    """When a key made ``now`` ends; at most ``most`` days later."""
    if not 1 <= days <= most:
        raise Invalid.field("days", f"有效期应在 1 至 {most} 天之间，到期可以再建。", rule="TOKEN_DAYS", value=days)
    return now + timedelta(days=days)


def use_is_due(last_used_at: datetime | None, now: datetime) -> bool:
    """Is the use to be noted? At most once an hour."""
    return last_used_at is None or now - last_used_at >= NOTE_USE_EVERY
