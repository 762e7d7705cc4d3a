"""What a parameter is: its kind, its bounds, and how its text becomes a value that rules can reckon with."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from typing import Any

from linshu.errors import Invalid


class ValueKind(StrEnum):
    """How the text of a value is read."""

    WHOLE = "int"
    DECIMAL = "decimal"
    FRACTION = "fraction"
    CHOICE = "choice"
    DAYS = "days"
    DATES = "dates"


@dataclass(frozen=True)
class Definition:
    """One number of the rule book. ``default`` is the seeded text; ``minimum`` and ``maximum`` bound every number in it."""

    code: str
    name: str
    unit: str
    kind: ValueKind
    default: str
    basis: str
    area: str = ""
    security: bool = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def shape(self) -> str:
        """How a value is written."""
        return _SHAPES[self.kind]

    def parse(self, text: str) -> Any:
        """int, Decimal, Fraction, str (choice), tuple of int (days) or of (month, day) (dates); Invalid says why not."""
        try:
            value = _READERS[self.kind](text.strip())
        except (ValueError, InvalidOperation, ZeroDivisionError) as error:
            raise self._invalid(f"“{text}”不能用作{self.name}：{self.shape}", text) from error
        if self.kind == ValueKind.CHOICE:
            self._check_choice(value)
        elif self.kind != ValueKind.DATES:
            self._check_bounds(value if isinstance(value, tuple) else (value,), text)
        return value

    def normalize(self, text: str) -> str:
        """The text as it is stored, so that 7 and 07 are the same value."""
        value = self.parse(text)
        if self.kind == ValueKind.DAYS:
            return ", ".join(str(days) for days in value)
        if self.kind == ValueKind.DATES:
            return ", ".join(f"{month:02d}-{day:02d}" for month, day in value)
        return f"{value:f}" if isinstance(value, Decimal) else str(value)

    def show(self, text: str) -> str:
        """The value in words, with its unit."""
        if self.kind == ValueKind.CHOICE:
            return dict(self.choices).get(text, text)
        if self.kind == ValueKind.DATES:
            return "、".join(f"{month}月{day}日" for month, day in self.parse(text))
        if self.kind == ValueKind.DAYS:
            return "、".join(str(days) for days in self.parse(text)) + f" {self.unit}"
        return f"{text} {self.unit}".strip()

    def _check_choice(self, value: str) -> None:
        if value not in dict(self.choices):
            words = "、".join(f"{code}（{label}）" for code, label in self.choices)
            raise self._invalid(f"“{value}”不能用作{self.name}：只能取 {words}。", value)

    def _check_bounds(self, numbers: tuple[Any, ...], text: str) -> None:
        low, high = self.minimum, self.maximum
        if any((low is not None and n < low) or (high is not None and n > high) for n in numbers):
            limits = f"应在 {low} 到 {high} 之间" if high is not None else f"不能小于 {low}"
            raise self._invalid(
                f"{self.name}{limits}，填写的是 {text}。请核对单位（{self.unit or '无'}）后重填。", text
            )

    def _invalid(self, message: str, value: str) -> Invalid:
        return Invalid.field("value", message, rule=self.code, value=value)


def _whole(text: str) -> int:
    if not re.fullmatch(r"-?\d{1,9}", text, re.ASCII):
        raise ValueError(text)
    return int(text)


def _decimal(text: str) -> Decimal:
    if not re.fullmatch(r"-?\d{1,9}(\.\d{1,4})?", text, re.ASCII):
        raise ValueError(text)
    return Decimal(text)


def _fraction(text: str) -> Fraction:
    if not re.fullmatch(r"\d{1,4}(/\d{1,4})?", text, re.ASCII):
        raise ValueError(text)
    return Fraction(text)


def _days(text: str) -> tuple[int, ...]:
    days = tuple(_whole(part.strip()) for part in re.split("[,，、]", text))
    if list(days) != sorted(set(days), reverse=True):
        raise ValueError(text)
    return days


def _dates(text: str) -> tuple[tuple[int, int], ...]:
    dates = []
    for part in re.split("[,，、]", text):
        month, day = (int(number) for number in part.strip().split("-"))
        if not (1 <= month <= 12 and 1 <= day <= _LONGEST[month - 1]):
            raise ValueError(text)
        dates.append((month, day))
    if dates != sorted(set(dates)):
        raise ValueError(text)
    return tuple(dates)


# 29 February is left out: a yearly day must exist every year.
_LONGEST = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_READERS: dict[ValueKind, Callable[[str], Any]] = {
    ValueKind.WHOLE: _whole,
    ValueKind.DECIMAL: _decimal,
    ValueKind.FRACTION: _fraction,
    ValueKind.CHOICE: str,
    ValueKind.DAYS: _days,
    ValueKind.DATES: _dates,
}
_SHAPES: dict[ValueKind, str] = {
    ValueKind.WHOLE: "应填整数，如 50。",
    ValueKind.DECIMAL: "应填数字，最多四位小数，如 1.20。",
    ValueKind.FRACTION: "应填分数，如 1/2。",
    ValueKind.CHOICE: "应从所列选项中选一个。",
    ValueKind.DAYS: "应填由多到少的天数，用逗号隔开，如 180, 90, 30。",
    ValueKind.DATES: "应填由先到后的月日，用逗号隔开，如 10-01, 12-15。",
}


def whole(
    code: str, name: str, unit: str, default: int, basis: str, *, minimum: int = 1, maximum: int, security: bool = False
) -> Definition:
    """A whole number."""
    return Definition(
        code, name, unit, ValueKind.WHOLE, str(default), basis,
        security=security, minimum=Decimal(minimum), maximum=Decimal(maximum),
    )  # fmt: skip


def decimal(
    code: str, name: str, unit: str, default: str, basis: str, *, minimum: str = "0", maximum: str
) -> Definition:
    """A decimal number."""
    return Definition(
        code, name, unit, ValueKind.DECIMAL, default, basis, minimum=Decimal(minimum), maximum=Decimal(maximum)
    )


def fraction(code: str, name: str, default: str, basis: str) -> Definition:
    """A share of people, compared in whole numbers (rule book, general rules); ``name`` says > or ≥."""
    return Definition(
        code, name, "", ValueKind.FRACTION, default, basis, minimum=Decimal(0), maximum=Decimal(1)
    )  # fmt: skip


def choice(code: str, name: str, default: str, basis: str, *choices: tuple[str, str]) -> Definition:
    """One of several readings of a rule."""
    return Definition(code, name, "", ValueKind.CHOICE, default, basis, choices=choices)


def days(code: str, name: str, default: str, basis: str, *, unit: str = "日") -> Definition:
    """Days ahead of (or after) a day at which a reminder falls, largest first."""
    return Definition(
        code, name, unit, ValueKind.DAYS, default, basis, minimum=Decimal(0), maximum=Decimal(400)
    )  # fmt: skip


def dates(code: str, name: str, default: str, basis: str) -> Definition:
    """Days of every year at which a reminder falls."""
    return Definition(code, name, "", ValueKind.DATES, default, basis)


def in_area(area: str, *definitions: Definition) -> tuple[Definition, ...]:
    """The definitions of one area of the rule book."""
    return tuple(replace(definition, area=area) for definition in definitions)


def matches(definition: Definition, text: str) -> bool:
    """Does the name, the code or the basis contain the text?"""
    found = text.strip().lower()
    return any(found in part.lower() for part in (definition.name, definition.code, definition.basis))
