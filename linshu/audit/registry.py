"""Event types with their presenters. An unknown type raises: nothing is logged that nobody can read."""

from collections.abc import Callable
from typing import Any

from linshu.words import spoken

Presenter = Callable[[dict[str, Any]], str]
_presenters: dict[str, tuple[str, Presenter]] = {}


def register(type_: str, label: str, presenter: Presenter) -> None:
    """``presenter`` turns the event's masked data into one Chinese sentence."""
    if type_ in _presenters:
        raise ValueError(f"event type registered twice: {type_}")
    _presenters[type_] = (label, presenter)


def label_of(type_: str) -> str:
    """Chinese name of the event type; the type itself where a later release dropped it."""
    return _presenters[type_][0] if type_ in _presenters else type_


def present(type_: str, data: dict[str, Any]) -> str:
    """What happened, as one sentence, days in words. Events outlive their presenters: an old one is still listed, without its words."""
    try:
        return spoken(_presenters[type_][1](data))
    except (KeyError, TypeError, ValueError):
        return "这条记录由旧版本写入，没有说明文字，请看明细。"


def check(type_: str) -> None:
    """Raise KeyError for a type that no app registered."""
    _presenters[type_]


def types() -> list[tuple[str, str]]:
    """Every type with its label, for the filter of the audit page."""
    return sorted((type_, label) for type_, (label, _) in _presenters.items())
