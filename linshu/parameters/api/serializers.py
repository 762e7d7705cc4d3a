"""Numbers and versions, as the API takes and tells them."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from linshu.parameters.access import can_change
from linshu.parameters.catalogue import AREAS
from linshu.parameters.models import Parameter
from linshu.parameters.rules.definitions import ValueKind
from linshu.parameters.services import Standing
from linshu.rest.serializers import Input

KINDS = {
    ValueKind.WHOLE: "整数", ValueKind.DECIMAL: "小数", ValueKind.FRACTION: "分数",
    ValueKind.CHOICE: "选项", ValueKind.DAYS: "若干天数", ValueKind.DATES: "若干月日",
}  # fmt: skip


class VersionOutput(serializers.ModelSerializer[Parameter]):
    """One dated version."""

    class Meta:
        model = Parameter
        fields = (
            "id", "code", "value", "effective_from", "effective_to", "basis", "reason", "created_by", "created_at",
        )  # fmt: skip
        read_only_fields = fields


class ParameterOutput(serializers.Serializer[Any]):
    """A number with its version in force and those to come."""

    code = serializers.CharField(source="definition.code", help_text="代码。")
    name = serializers.CharField(source="definition.name", help_text="名称。")
    area = serializers.ChoiceField(choices=AREAS, source="definition.area", help_text="内容分类。")
    unit = serializers.CharField(source="definition.unit", help_text="单位。")
    kind = serializers.ChoiceField(choices=list(KINDS.items()), source="definition.kind", help_text="值的写法。")
    security = serializers.BooleanField(source="definition.security", help_text="安全参数，由安全管理员调整。")
    current = VersionOutput(help_text="现行版本。")
    coming = VersionOutput(many=True, help_text="将要生效的版本。")
    allowed_actions = serializers.SerializerMethodField(help_text="当前账号现在可以对它办理的操作。")

    def get_allowed_actions(self, row: Standing) -> list[str]:
        return list(self._actions(row))

    def _actions(self, row: Standing) -> Iterable[str]:
        if can_change(self.context["request"].actor, row.definition):
            yield "versions"
            if row.coming:
                yield "withdraw"


class ParameterDetailOutput(ParameterOutput):
    """A number with all its versions, newest first."""

    versions = VersionOutput(many=True, help_text="全部版本，新的在前。")


class ParameterQuery(serializers.Serializer[Any]):
    """Filters of the list."""

    area = serializers.ChoiceField(choices=AREAS, required=False, help_text="内容分类。")
    q = serializers.CharField(required=False, max_length=60, help_text="名称、代码或依据中的文字。")


class VersionInput(Input):
    """A new version."""

    value = serializers.CharField(max_length=40, help_text="新值。")
    effective_from = serializers.DateField(help_text="生效日，今天或以后。")
    basis = serializers.CharField(max_length=200, help_text="依据。")
    reason = serializers.CharField(max_length=200, help_text="调整原因。")


class WithdrawInput(Input):
    """Which version to take back, and why."""

    version_id = serializers.IntegerField(min_value=1, help_text="版本编号。")
    reason = serializers.CharField(max_length=200, help_text="撤销原因。")
