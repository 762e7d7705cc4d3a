"""Events as the API tells them."""

from rest_framework import serializers

from linshu.audit.models import Event
from linshu.rest.serializers import Output


class EventOutput(Output):
    """One event with its words; nobody can act on it."""

    label = serializers.CharField(read_only=True, help_text="事件名称。")  # type: ignore[assignment]  # a field
    sentence = serializers.CharField(read_only=True, help_text="内容，一句话。")

    class Meta:
        model = Event
        fields = (
            "id", "uuid", "at", "type", "label", "sentence", "actor_id", "actor_name", "organization_id",
            "subject_type", "subject_id", "subject_label", "reason", "data", "mac", "allowed_actions",
        )  # fmt: skip
