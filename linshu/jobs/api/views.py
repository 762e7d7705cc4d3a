"""One's own jobs."""

from typing import Any

import django_filters
from django_filters.rest_framework import FilterSet
from drf_spectacular.utils import extend_schema
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from linshu.jobs.api.serializers import JobOutput
from linshu.jobs.models import CHOICES, Job
from linshu.rest.views import ApiView


class JobFilters(FilterSet):
    """By state."""

    state = django_filters.ChoiceFilter(choices=CHOICES, label="状态。")


class JobViewSet(ApiView, ListModelMixin, GenericViewSet[Job]):
    """后台任务: one's own; somebody else's are not there."""

    queryset = Job.objects.none()
    serializer_class = JobOutput
    filterset_class = JobFilters
    lookup_value_regex = "[0-9]+"

    def get_queryset(self) -> Any:
        return Job.objects.of(self.request.user.pk)

    @extend_schema(summary="查看一个后台任务")
    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(self.told(self.get_queryset().get_or_refuse(int(pk))))
