"""Fields that read in the caller's scope, and the open end of a span."""

from datetime import date
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from linshu.errors import NotFound
from linshu.people.models import Person
from linshu.scope import Actor, Right
from organizations.models import OPEN_END, Body, Organization
from organizations.services.residents import person_in_reach


@extend_schema_field({"type": "integer", "minimum": 1})
class RowField(serializers.IntegerField):
    """Id of a row, read as the row itself in the caller's scope; ``find(number, actor)`` raises NotFound."""

    def find(self, number: int, actor: Actor) -> Any:
        raise NotImplementedError

    def to_internal_value(self, data: Any) -> Any:
        number = super().to_internal_value(data)
        if not 0 < number < 2**63:
            raise NotFound
        return self.find(number, self.context["view"].actor)


class NodeField(RowField):
    """An organisation: 404 out of scope, 403 without ``right``."""

    def __init__(self, right: Right = Right.ORGANIZATIONS_EDIT, **kwargs: Any) -> None:
        self.right = right
        super().__init__(**kwargs)

    def find(self, number: int, actor: Actor) -> Organization:
        node: Organization = Organization.objects.load(actor, self.right, pk=number)
        return node


class PersonField(RowField):
    """A person on a roll, seat, post or grid the caller reaches, else 404."""

    def find(self, number: int, actor: Actor) -> Person:
        return person_in_reach(number, by=actor, today=timezone.localdate())


class BodyField(RowField):
    """A body the caller may edit: 404 out of scope, 403 without the right."""

    def find(self, number: int, actor: Actor) -> Body:
        body: Body = Body.objects.load(actor, Right.ORGANIZATIONS_EDIT, pk=number)
        return body


@extend_schema_field({"type": "string", "format": "date", "nullable": True})
class EndField(serializers.Field[date, Any, str | None, date]):
    """First day it no longer holds; null while it lasts."""

    def to_representation(self, value: date) -> str | None:
        return None if value == OPEN_END else value.isoformat()
