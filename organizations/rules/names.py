"""How names of organisations are kept."""

from dataclasses import dataclass

from linshu.words import tidy


@dataclass(frozen=True, slots=True)
class Named:
    """Full and short name, as they are kept: nothing invisible in them, single spaces. Base of what services take."""

    def __post_init__(self) -> None:
        for field in ("name", "short_name"):
            object.__setattr__(self, field, tidy(getattr(self, field)))
