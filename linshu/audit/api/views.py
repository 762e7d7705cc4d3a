"""Reading the log."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.viewsets import GenericViewSet

from linshu.audit.api.filters import EventFilters
from linshu.audit.api.serializers import EventOutput
from linshu.audit.models import Event
from linshu.rest.views import ApiView


class EventViewSet(ApiView, ListModelMixin, RetrieveModelMixin, GenericViewSet[Any]):
    """Events from new to old: the auditor reads all of them, nobody else any."""

    queryset = Event.objects.order_by("-pk")
    serializer_class = EventOutput
    filterset_class = EventFilters
    lookup_value_regex = "[0-9]+"

    def get_queryset(self) -> QuerySet[Event]:
        if getattr(self, "swagger_fake_view", False):  # the schema generator has no actor
            return Event.objects.none()
        return Event.objects.readable(self.actor).order_by("-pk")

    def known_parameters(self) -> set[str]:
        return {"page", "page_size", *EventFilters.base_filters} if self.action == "list" else set()
