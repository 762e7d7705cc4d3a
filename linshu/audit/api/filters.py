"""Filters named as the fields."""

import django_filters
from django.db.models import QuerySet
from django_filters.rest_framework import FilterSet

from linshu.audit.models import Event
from linshu.rest.filters import OrganizationFilter


class EventFilters(FilterSet):
    """Days are local and included."""

    actor_name = django_filters.CharFilter(lookup_expr="icontains", label="操作人，含这些字。")
    since = django_filters.DateFilter(method="from_day", label="起始日，含当日。")
    until = django_filters.DateFilter(method="to_day", label="截止日，含当日。")
    organization = OrganizationFilter(method="subtree", label="组织编号：该组织及其全部下级。")

    class Meta:
        model = Event
        fields = ("type", "actor_id", "subject_type", "subject_id")

    def from_day(self, events: QuerySet[Event], name: str, day: object) -> QuerySet[Event]:
        return events.between(day, None)  # type: ignore[attr-defined]

    def to_day(self, events: QuerySet[Event], name: str, day: object) -> QuerySet[Event]:
        return events.between(None, day)  # type: ignore[attr-defined]

    def subtree(self, events: QuerySet[Event], name: str, organization_id: int) -> QuerySet[Event]:
        return events.below(organization_id)  # type: ignore[attr-defined]
