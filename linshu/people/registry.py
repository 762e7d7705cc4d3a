"""What higher apps keep sealed with FIELD_KEYS beside the fields of persons: ``rotate_keys`` takes it along."""

from collections.abc import Callable

SealAnew = Callable[[str], int]
_sealed: list[tuple[str, SealAnew]] = []


def register_sealed(unit: str, seal_anew: SealAnew) -> None:
    """``seal_anew(key_id)`` moves one batch to the key in use, in a short transaction of its own, and tells how many.

    It is called until it tells 0. ``unit`` counts them in a sentence: “个文件”.
    """
    _sealed.append((unit, seal_anew))


def sealed() -> list[tuple[str, SealAnew]]:
    """Everything registered."""
    return list(_sealed)
