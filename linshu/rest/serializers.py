"""Bases of what goes in and what comes out."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache, cached_property
from operator import attrgetter
from typing import Any, NamedTuple, Self, cast

from django.db.models import Model
from rest_framework import serializers
from rest_framework.fields import is_simple_callable

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
        try:
            values = self._reading.read(row)
        except AttributeError:  # nothing on the way to one of them: DRF knows what stands for it
            told: dict[str, Any] = super().to_representation(row)
            return told
        told = {}
        for name, place, plain, tell in self._reading.fields:
            value = row if place is None else values[place]
            told[name] = value if value is None or type(value) is plain else tell(self, value)
        return told

    @cached_property
    def _reading(self) -> "Reading":
        """Once a class, unless there is a serializer within this one: that needs the context of its own."""
        nested = any(isinstance(each, serializers.BaseSerializer) for each in self._declared_fields.values())
        return Reading.of(self) if nested else _reading_of(type(self))

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


class ReadField(NamedTuple):
    """A field: which of the values read is its (None: the row itself), the type of value that needs no telling, and how
    another is told by (serializer, value)."""

    name: str
    place: int | None
    plain: type | None
    tell: Callable[[Any, Any], Any]


class Reading(NamedTuple):
    """How a serializer reads the values of a row, all at once, and what it makes of them."""

    read: Callable[[Any], tuple[Any, ...]]
    fields: list[ReadField]

    @classmethod
    def of(cls, serializer: Any) -> Self:
        sources: list[str] = []
        fields = []
        for each in serializer._readable_fields:
            place = len(sources) if each.source_attrs else None
            sources += [_source(each)] if each.source_attrs else []
            fields.append(ReadField(str(each.field_name), place, PLAIN.get(type(each)), _teller(each)))
        return cls(attrgetter(*sources, "__class__", "__class__"), fields)  # of a single name it would give no tuple


@cache
def _reading_of(serializer_class: type[Output]) -> Reading:
    return Reading.of(serializer_class())


def _source(field: Any) -> str:
    """What is read for the field: of another row its key, without the row."""
    source = ".".join(field.source_attrs)
    is_key = isinstance(field, serializers.PrimaryKeyRelatedField) and len(field.source_attrs) == 1
    return f"{source}_id" if is_key and field.pk_field is None else source


def _teller(field: Any) -> Callable[[Any, Any], Any]:
    if isinstance(field, serializers.SerializerMethodField):
        method = str(field.method_name)
        return lambda serializer, row: getattr(serializer, method)(row)
    if type(field) is serializers.DateField:
        return lambda _, value: value.isoformat() if type(value) is date else field.to_representation(value)

    def tell(_: Any, value: Any) -> Any:
        found = value() if callable(value) and is_simple_callable(value) else value
        return None if found is None else field.to_representation(found)

    return tell


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


def organization_of(row: Any) -> int | None:
    """The organisation a row hangs on, by the path the queryset of its model is scoped with; of what is no model, by its
    ``organization_id``."""
    if not isinstance(row, Model):
        return cast(int, row.organization_id)
    found: Any = row
    for step in _path_of(type(row)):
        found = getattr(found, step, None)
    return found if isinstance(found, int) else None


@cache
def _path_of(model: type[Model]) -> list[str]:
    path: str = getattr(model._default_manager.none(), "scope_path", "")
    return path.split("__") if path else []
