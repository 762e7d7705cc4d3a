"""Fields that read in the caller's scope, and the open end of a span."""

from datetime import date
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from linshu.people.models import Person
from linshu.scope import Right
from organizations.models import OPEN_END, Organization
from organizations.services.residents import person_in_reach


class NodeField(serializers.IntegerField):
    """Id of an organisation: 404 out of scope, 403 without ``right``; gives the node."""

    def __init__(self, right: Right = Right.ORGANIZATIONS_EDIT, **kwargs: Any) -> None:
        self.right = right
        super().__init__(min_value=1, max_value=2**63 - 1, **kwargs)

    def to_internal_value(self, data: Any) -> Organization:
        actor = self.context["view"].actor
        node: Organization = Organization.objects.load(actor, self.right, pk=super().to_internal_value(data))
        return node


class PersonField(serializers.IntegerField):
    """Id of a person on a roll, seat or post the caller reaches; gives the person, else 404."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=2**63 - 1, **kwargs)

    def to_internal_value(self, data: Any) -> Person:  # type: ignore[override]
        number = super().to_internal_value(data)
        return person_in_reach(number, by=self.context["view"].actor, today=timezone.localdate())


@extend_schema_field({"type": "string", "format": "date", "nullable": True})
class EndField(serializers.Field[date, Any, str | None, date]):
    """First day it no longer holds; null while it lasts."""

    def to_representation(self, value: date) -> str | None:
        return None if value == OPEN_END else value.isoformat()
