"""What the operations on nodes take over the API."""

from typing import Any

from rest_framework import serializers

from linshu.rest.serializers import Input, NameField
from linshu.scope import Right
from organizations.api.fields import NodeField
from organizations.models import GROUP_KIND_CHOICES, KIND_CHOICES
from organizations.rules.kinds import Kind
from organizations.services.changes import NodeData
from organizations.services.correction import Correction
from organizations.services.merging import Part


def _name() -> NameField:
    return NameField(max_length=120, help_text="全称")


def _short_name() -> NameField:
    return NameField(max_length=60, help_text="简称")


def _code() -> serializers.CharField:
    return serializers.CharField(max_length=40, help_text="组织编码，全县唯一，撤销后也不再用")


class ChangeInput(Input):
    """From which day, why, by which document."""

    on = serializers.DateField(help_text="变动日期，不晚于今天")
    reason = serializers.CharField(max_length=200, help_text="事由")
    document_no = serializers.CharField(max_length=60, required=False, allow_blank=True, help_text="文号")


class EstablishInput(ChangeInput):
    parent = NodeField(Right.ORGANIZATIONS_READ, help_text="上级组织编号")  # type: ignore[assignment]
    code, name, short_name = _code(), _name(), _short_name()
    kind = serializers.ChoiceField(choices=KIND_CHOICES)
    group_kind = serializers.ChoiceField(choices=GROUP_KIND_CHOICES, required=False, allow_blank=True, default="")

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        described = [values.pop(name) for name in ("code", "name", "short_name", "kind", "group_kind")]
        code, name, short_name, kind, group_kind = described
        return values | {"data": NodeData(code, name, short_name, Kind(kind), group_kind)}


class RenameInput(ChangeInput):
    name, short_name = _name(), _short_name()


class MoveInput(ChangeInput):
    parent = NodeField(Right.ORGANIZATIONS_READ, help_text="新的上级组织编号")  # type: ignore[assignment]


class MergeInput(ChangeInput):
    target = NodeField(Right.ORGANIZATIONS_READ, help_text="并入的组织编号")


class PartInput(Input):
    """A node split off."""

    code, name, short_name = _code(), _name(), _short_name()
    children = serializers.ListField(child=serializers.IntegerField(), required=False, help_text="随迁的下级编号")
    keys = serializers.ListField(child=serializers.CharField(), required=False, help_text="随迁的党员，见 carried")


class SplitInput(ChangeInput):
    parts = PartInput(many=True)

    def validate_parts(self, value: list[dict[str, Any]]) -> list[Part]:
        return [Part(**each) for each in value]


class CorrectInput(Input):
    """``period`` is the first day of the period as registered; everything else is what it should say."""

    period = serializers.DateField(source="registered", help_text="要更正的那一段沿革登记的起始日")
    name, short_name = _name(), _short_name()
    parent = NodeField(Right.ORGANIZATIONS_CORRECT, allow_null=True, help_text="上级组织编号；没有上级的为空")  # type: ignore[assignment]
    valid_from = serializers.DateField()
    valid_to = serializers.DateField(allow_null=True, help_text="撤销日；没有撤销的为空")
    group_kind = serializers.ChoiceField(choices=GROUP_KIND_CHOICES, required=False, allow_blank=True, default="")
    document_no = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")
    reason = serializers.CharField(max_length=200)

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        parent = values["parent"]
        correction = Correction(
            values["name"], values["short_name"], parent.pk if parent else None, values["valid_from"],
            values["valid_to"], values["document_no"], values["group_kind"],
        )  # fmt: skip
        return {"valid_from": values["registered"], "correction": correction, "reason": values["reason"]}
