"""Days as the API takes and tells them."""

from typing import Any

from rest_framework import serializers

from linshu.rest.serializers import Input
from linshu.workdays.models import CalendarDay


class SpecialDayOutput(serializers.ModelSerializer[CalendarDay]):
    """A day that differs from Monday to Friday, or has a name."""

    class Meta:
        model = CalendarDay
        fields = ("date", "is_workday", "name")
        read_only_fields = fields


class DayOutput(serializers.Serializer[Any]):
    """Any day."""

    date = serializers.DateField(help_text="日期。")
    is_workday = serializers.BooleanField(help_text="上班。")
    name = serializers.CharField(help_text="名称。")
    is_loaded = serializers.BooleanField(help_text="当年的放假安排是否已导入；没有导入的按周一至周五推算。")


class DayInput(Input):
    """How a day is to be."""

    is_workday = serializers.BooleanField(help_text="上班。")
    name = serializers.CharField(max_length=40, allow_blank=True, default="", help_text="名称。")
    reason = serializers.CharField(max_length=200, help_text="调整原因。")


class TableInput(Input):
    """The holidays of one or more years."""

    text = serializers.CharField(
        max_length=200_000, trim_whitespace=False, help_text="CSV 文本：date,is_workday,name。"
    )
    source = serializers.CharField(max_length=200, help_text="来源。")  # type: ignore[assignment]  # a field


class YearsOutput(serializers.Serializer[Any]):
    """Years that were loaded."""

    years = serializers.ListField(child=serializers.IntegerField(), help_text="年份。")
