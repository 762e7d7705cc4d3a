"""Numbers of a year: a table of places and columns as plain JSON.

``{"day": "2026-12-31", "columns": [{"code", "name", "group"}], "rows": [{"id", "code", "name", "depth", "values": [int]}]}``;
``values`` stand in the order of the columns, each with everything below its place.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Numbers = Mapping[str, Any]


@dataclass(frozen=True)
class Difference:
    """A number that is another now; None where the place is missing on that side, or the figure is counted no more."""

    place: str
    column: str
    frozen: int | None
    now: int | None


def day_of(year: int) -> date:
    """The day a year is counted on."""
    return date(year, 12, 31)


def fingerprint(numbers: Numbers) -> str:
    """SHA-256 of the numbers: the same table has the same fingerprint, however it is stored."""
    told = json.dumps(numbers, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def differences(frozen: Numbers, now: Numbers) -> list[Difference]:
    """Every number that differs, in the order of the frozen table; a new place stands behind.

    A figure that came to the register later has no frozen number to differ from: nothing is told of it.
    """
    counted = {column["code"] for column in frozen["columns"]}
    before = _cells(frozen)
    after = {cell: value for cell, value in _cells(now).items() if cell[1] in counted}
    names = {**_names(now), **_names(frozen)}
    return [
        Difference(*names[cell], before.get(cell), after.get(cell))
        for cell in dict.fromkeys([*before, *after])
        if before.get(cell) != after.get(cell)
    ]


@dataclass(frozen=True)
class Section:
    """The columns of one group, as a table of their own: columns by code, rows by organisation."""

    title: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[int, str, tuple[int, ...]], ...]


def sections(numbers: Numbers) -> list[Section]:
    """The table parted by the groups of its columns: all of them side by side fit no screen and no paper."""
    columns = list(enumerate(numbers["columns"]))
    found = []
    for title in dict.fromkeys(column["group"] for _, column in columns):
        here = [(at, column["code"], column["name"]) for at, column in columns if column["group"] == title]
        rows = ((row["id"], row["name"], tuple(row["values"][at] for at, *_ in here)) for row in numbers["rows"])
        found.append(Section(title, tuple((code, name) for _, code, name in here), tuple(rows)))
    return found


Cell = tuple[int, str]


def _cells(numbers: Numbers) -> dict[Cell, int]:
    codes = [column["code"] for column in numbers["columns"]]
    return {
        (row["id"], code): value for row in numbers["rows"] for code, value in zip(codes, row["values"], strict=True)
    }


def _names(numbers: Numbers) -> dict[Cell, tuple[str, str]]:
    return {
        (row["id"], column["code"]): (row["name"], column["name"])
        for row in numbers["rows"]
        for column in numbers["columns"]
    }
