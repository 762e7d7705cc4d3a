"""Bases of what goes in and what comes out."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from functools import cache, cached_property
from operator import attrgetter
from typing import Any

from django.db.models import Model
from rest_framework import serializers
from rest_framework.fields import SkipField, is_simple_callable

from linshu.scope import Actor, KnownActor, Right
from linshu.words import tidy

# Fields that tell a value of this type as it is.
PLAIN: dict[type, type] = {
    serializers.CharField: str,
    serializers.ChoiceField: str,
    serializers.IntegerField: int,
    serializers.BooleanField: bool,
    serializers.PrimaryKeyRelatedField: int,
}


class Input(serializers.Serializer[Any]):
    """What a service takes; an unknown field is an error, so that a typo does not pass for a change."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        values: dict[str, Any] = super().to_internal_value(data)
        unknown = sorted(set(data) - set(self.fields))
        if unknown:
            message = f"没有这个字段。可用的字段：{'、'.join(self.fields)}。"
            raise serializers.ValidationError(
                {name: serializers.ErrorDetail(message, "unknown_field") for name in unknown}
            )
        return values


class NameField(serializers.CharField):
    """A name as it is kept (``linshu.words.tidy``); nothing but invisible signs is nothing."""

    def run_validation(self, data: Any = serializers.empty) -> Any:
        return super().run_validation(tidy(data) if isinstance(data, str) else data)


class Output(serializers.ModelSerializer[Any]):
    """A row as the API tells it: read only, with ``allowed_actions``."""

    allowed_actions = serializers.SerializerMethodField(help_text="当前账号现在可以对它办理的操作。")

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        for each in fields.values():
            each.read_only = True
        return fields

    def to_representation(self, row: Any) -> dict[str, Any]:
        """As DRF tells it, with what is the same for every row worked out once: a page has thousands of fields."""
        told: dict[str, Any] = {}
        for name, field, read, plain in self._readers:
            try:
                value = read(row)
            except AttributeError:  # nothing on the way to it: DRF knows what stands for it
                with suppress(SkipField):
                    missing = field.get_attribute(row)
                    told[name] = None if missing is None else field.to_representation(missing)
                continue
            if callable(value) and is_simple_callable(value):
                value = value()
            if value is None or type(value) is plain:
                told[name] = value
            elif type(field) is serializers.DateField and type(value) is date:
                told[name] = value.isoformat()
            else:
                told[name] = field.to_representation(value)
        return told

    @cached_property
    def _readers(self) -> list[tuple[str, Any, Callable[[Any], Any], type | None]]:
        """Each field with its name, how it is read from a row, and the type of value that needs no telling."""
        return [
            (str(field.field_name), field, _reader(field), PLAIN.get(type(field))) for field in self._readable_fields
        ]

    def get_allowed_actions(self, row: Any) -> list[str]:
        return list(self.actions_of(self.root_actor, row))

    def actions_of(self, actor: Actor, row: Any) -> Iterable[str]:
        """Names of the verbs ``actor`` may use on ``row`` now; apps answer from their ``access``."""
        return ()

    @cached_property
    def root_actor(self) -> "PageActor":
        """The actor of the request, prepared for the page: a right costs one query a page, not one a row."""
        rows = self.parent.instance if isinstance(self.parent, serializers.ListSerializer) else [self.instance]
        return PageActor(self.context["request"].actor, list(rows or []))


def _reader(field: Any) -> Callable[[Any], Any]:
    """How the value of the field is read: a key without its row, everything else by its source."""
    if (
        isinstance(field, serializers.PrimaryKeyRelatedField)
        and len(field.source_attrs) == 1
        and field.pk_field is None
    ):
        return attrgetter(f"{field.source}_id")
    return attrgetter(".".join(field.source_attrs)) if field.source_attrs else _whole


def _whole(row: Any) -> Any:
    return row


class PageActor(KnownActor):
    """An actor who answers ``may`` for the organisations of one page with one query a right."""

    def __init__(self, actor: Actor, rows: Iterable[Any]) -> None:
        self.actor = actor
        self.rows = list(rows)
        self._held: dict[Right, set[int]] = {}

    def may(self, right: Right, organization_id: int | None = None) -> bool:
        if organization_id is None or organization_id not in self._organizations:
            return self.actor.may(right, organization_id)
        if right not in self._held:
            self._held[right] = self.actor.scope(right).covered(self._organizations)
        return organization_id in self._held[right]

    @cached_property
    def _organizations(self) -> set[int]:
        return {found for row in self.rows if (found := organization_of(row)) is not None}


def organization_of(row: Model) -> int | None:
    """The organisation a row hangs on, by the path its queryset is scoped with."""
    found: Any = row
    for step in _path_of(type(row)):
        found = getattr(found, step, None)
    return found if isinstance(found, int) else None


@cache
def _path_of(model: type[Model]) -> list[str]:
    path: str = getattr(model._default_manager.none(), "scope_path", "")
    return path.split("__") if path else []
