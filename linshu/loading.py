"""Many rows at once: COPY on PostgreSQL (four times as fast as INSERT), ``bulk_create`` elsewhere.

Rows are written as they are: nothing of ``save`` or ``pre_save`` runs. Constraints and triggers hold as for INSERT.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, islice
from operator import attrgetter
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model
from django.db.models.base import ModelState

BATCH = 2_000
PIECE = 50  # rows handed over at a time: PostgreSQL writes them while the next are put into words
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_JSON = json.JSONEncoder(ensure_ascii=False)

T = TypeVar("T")
Row = TypeVar("Row", bound=Model)


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of ``size``."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def made(model: type[Row], relations: dict[str, Model] | None = None, **values: Any) -> Row:
    """A new row from the values of its columns (``person_id``, not ``person``), those of the same default left out.

    Several times as fast as ``__init__``, which asks every field; ``relations`` are the rows it points at, where at hand.
    """
    row = model.__new__(model)
    row.__dict__ |= _defaults(model) | values
    row._state = ModelState()
    if relations:
        row._state.fields_cache = relations
    return row


def load(rows: Iterable[Model]) -> int:
    """Insert rows of one model in order, keys given or all left to the database; returns how many."""
    count = 0
    for batch in batches(rows, BATCH):
        (_copy if connection.vendor == "postgresql" else _insert)(batch)
        count += len(batch)
    return count


def stream(rows: Iterable[Model]) -> int:
    """Insert rows of one model, all without keys, while they are made: making them must ask the database nothing.

    What making them raises is raised; returns how many.
    """
    if connection.vendor != "postgresql":
        return load(rows)
    return _copy(rows)


def insert(rows: Sequence[Row]) -> list[Row]:
    """Insert new rows of one model and give them their keys; IntegrityError as from INSERT."""
    rows = list(rows)
    if connection.vendor != "postgresql":
        for batch in batches(rows, BATCH):
            _insert(batch)
        return rows
    for batch in batches(rows, BATCH):
        for row, key in zip(batch, _keys(type(batch[0]), len(batch)), strict=True):
            row.pk = key
        _copy(batch)
        for row in batch:
            row._state.adding, row._state.db = False, connection.alias
    return rows


@cache
def _defaults(model: type[Model]) -> dict[str, Any]:
    """What ``__init__`` gives the columns that nobody names, but for defaults that are made anew for each row."""
    return {
        field.attname: field.get_default()
        for field in model._meta.concrete_fields
        if not field.generated and (not field.has_default() or not callable(field.default))
    }


def _insert(batch: list[Any]) -> None:
    type(batch[0])._base_manager.bulk_create(batch)


def _keys(model: type[Model], count: int) -> list[int]:
    """The next keys of the table's own sequence."""
    column = model._meta.pk.column
    statement = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
    with connection.cursor() as cursor:
        cursor.execute(statement, [f'"{model._meta.db_table}"', column, count])
        return [key for (key,) in cursor.fetchall()]


def _copy(rows: Iterable[Any]) -> int:
    waiting = iter(rows)
    first = next(waiting, None)
    if first is None:
        return 0
    meta, keyed = first._meta, first.pk is not None
    fields = [field for field in meta.concrete_fields if not field.generated and (keyed or not field.primary_key)]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = attrgetter(*(field.attname for field in fields))
    lines = _Lines("\t".join(map(_text, values(row))) + "\n" for row in chain([first], waiting))
    with connection.cursor() as cursor, connection.wrap_database_errors:
        try:
            cursor.copy_expert(f'COPY "{meta.db_table}" ({columns}) FROM STDIN', lines)
        except Exception:
            if lines.error:
                raise lines.error from None
            raise
        return int(cursor.rowcount)


class _Lines:
    """Lines as a file that COPY reads; ``error`` is what making them raised, of which the database tells nothing."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines = lines
        self.error: Exception | None = None

    def read(self, size: int = -1) -> str:
        try:
            return "".join(islice(self.lines, PIECE))
        except Exception as error:
            self.error = error
            raise


def _text(value: Any) -> str:
    """The value as COPY reads it."""
    if isinstance(value, str):
        return _escaped(value)
    if value is None:
        return "\\N"
    if isinstance(value, dict | list):
        return _escaped(_JSON.encode(value)) if value else str(value)
    return str(value)


def _escaped(text: str) -> str:
    if "\\" in text or "\t" in text or "\n" in text or "\r" in text:  # five times as fast as to look for one of them
        return text.translate(ESCAPES)
    return text
