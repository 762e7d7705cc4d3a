"""Frozen numbers as the API tells them."""

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from linshu.rest.filters import LARGEST_ID
from linshu.rest.serializers import Input, Output
from linshu.scope import Actor
from linshu.statistics.models import AnnualStatistics
from linshu.statistics.providers import lists


class NumbersColumnOutput(serializers.Serializer[Any]):
    code = serializers.CharField(help_text="指标代码。")
    name = serializers.CharField(help_text="指标名称。")
    group = serializers.CharField(help_text="分表。")
    url = serializers.CharField(help_text="名单的页面，{id} 换成组织编号；没有名单的为空。")
    note = serializers.CharField(help_text="名单与封存的数字有什么不同，或者为什么没有名单；没有要说的为空。")


class NumbersRowOutput(serializers.Serializer[Any]):
    id = serializers.IntegerField(help_text="组织编号。")
    code = serializers.CharField(help_text="组织编码。")
    name = serializers.CharField(help_text="当时的名称。")
    depth = serializers.IntegerField(help_text="层级，县为 0。")
    values = serializers.ListField(child=serializers.IntegerField(), help_text="依各列的次序，含下级。")


class NumbersOutput(serializers.Serializer[Any]):
    day = serializers.DateField(help_text="统计时点。")
    columns = NumbersColumnOutput(many=True)
    rows = NumbersRowOutput(many=True)


class StatisticsOutput(Output):
    """A frozen year."""

    organization_name = serializers.CharField(source="organization.name", help_text="县的名称。")
    sha256 = serializers.CharField(source="file.sha256", help_text="文件的内容指纹。")

    class Meta:
        model = AnnualStatistics
        fields: tuple[str, ...] = (
            "id", "year", "organization", "organization_name", "version", "fingerprint", "sha256", "reason",
            "frozen_at", "allowed_actions",
        )  # fmt: skip

    def actions_of(self, actor: Actor, row: AnnualStatistics) -> Iterable[str]:
        return ["file", "check"]


class StatisticsDetailOutput(StatisticsOutput):
    """And its numbers."""

    numbers = serializers.SerializerMethodField(help_text="封存的数字。")

    class Meta(StatisticsOutput.Meta):
        fields = (*StatisticsOutput.Meta.fields, "numbers")

    @extend_schema_field(NumbersOutput)
    def get_numbers(self, row: AnnualStatistics) -> dict[str, Any]:
        """The table, and the list behind each column."""
        behind = lists(row.numbers, self.root_actor)
        columns = [column | behind[column["code"]]._asdict() for column in row.numbers["columns"]]
        return {**row.numbers, "columns": columns}


class FreezeInput(Input):
    organization = serializers.IntegerField(min_value=1, max_value=LARGEST_ID, help_text="县的组织编号。")
    year = serializers.IntegerField(min_value=1900, max_value=9998, help_text="已经结束的年度。")
    reason = serializers.CharField(
        required=False, allow_blank=True, max_length=200, help_text="已封存过的年度再次封存时必填，至少 5 个字。"
    )


class ChangedNumberOutput(serializers.Serializer[Any]):
    place = serializers.CharField(help_text="组织。")
    column = serializers.CharField(help_text="指标。")
    frozen = serializers.IntegerField(allow_null=True, help_text="封存的数字。")
    now = serializers.IntegerField(allow_null=True, help_text="按现在的登记重新统计的数字。")
