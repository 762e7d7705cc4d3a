"""A member's past as the API tells it; everything masked, newest first."""

from typing import Any

from rest_framework import serializers

from linshu.audit.models import Event
from members.api.serializers import EndField
from members.models import ChangeRequest, Membership
from organizations.models import Post


class HistoryPeriodOutput(serializers.ModelSerializer[Membership]):
    """A period of membership."""

    organization_name = serializers.CharField(source="organization.name", help_text="所在党组织全称。")
    valid_to = EndField(help_text="截止日，这一天起不在；现在仍在的为空。")

    class Meta:
        model = Membership
        fields = read_only_fields = (
            "id", "organization", "organization_name", "category", "valid_from", "valid_to", "start_inferred", "reason",
        )  # fmt: skip


class HistoryPostOutput(serializers.ModelSerializer[Post]):
    """A post held, or held once."""

    organization_name = serializers.CharField(source="organization.name", help_text="任职的党组织全称。")
    valid_to = EndField(help_text="免职日；现任的为空。")

    class Meta:
        model = Post
        fields = read_only_fields = (
            "id", "organization", "organization_name", "title", "valid_from", "valid_to", "document_no", "reason",
        )  # fmt: skip


class HistoryRequestOutput(serializers.ModelSerializer[ChangeRequest]):
    """A change that was asked for; the whole of it stands under ``/changes/{id}/``."""

    class Meta:
        model = ChangeRequest
        fields = read_only_fields = ("id", "kind", "state", "requested_name", "requested_at", "opinion")


class HistoryEventOutput(serializers.ModelSerializer[Event]):
    """What was done, in a sentence."""

    sentence = serializers.CharField(read_only=True, help_text="内容，一句话，已遮盖。")

    class Meta:
        model = Event
        fields = read_only_fields = ("at", "actor_name", "sentence", "reason")


class HistoryOutput(serializers.Serializer[Any]):
    """Of who left, what was in the caller's scope; of who died, all."""

    periods = HistoryPeriodOutput(many=True)
    posts = HistoryPostOutput(many=True)
    requests = HistoryRequestOutput(many=True)
    events = HistoryEventOutput(many=True)
