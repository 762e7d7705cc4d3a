"""Idle sessions and what of a form outlives them."""

from collections.abc import Mapping

TOUCH_SECONDS = 60  # on SQLite every touch is a write: at most one a minute
SECRET_WORDS = ("password", "otp", "token", "csrf")
MOST_CHARACTERS = 200_000


def is_idle(touched: float, now: float, *, minutes: int) -> bool:
    """Has nothing been asked for ``minutes``? Never later: the note of the last request is up to a minute old."""
    return now - touched >= minutes * 60


def touch_is_due(touched: float | None, now: float) -> bool:
    """Is the time of the last request to be noted again?"""
    return touched is None or now - touched >= TOUCH_SECONDS


def worth_keeping(body: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """What was typed, without passwords, codes and CSRF tokens; nothing of a body beyond all measure."""
    kept = {name: values for name, values in body.items() if not any(word in name.lower() for word in SECRET_WORDS)}
    size = sum(len(value) for values in kept.values() for value in values)
    return kept if size <= MOST_CHARACTERS else {}
