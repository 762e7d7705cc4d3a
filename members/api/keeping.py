"""What is sent to register members, to change them, to ask for changes and to decide on them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from linshu.errors import NotFound
from linshu.rest.serializers import Input
from linshu.scope import Right
from members.models import Category
from members.rules.facts import FIELDS
from members.services.requests import ASKABLE
from organizations.models import Organization

LARGEST_ID = 2**63 - 1
SEXES = [("1", "男"), ("2", "女")]


def _text(name: str, **more: Any) -> serializers.CharField:
    field = FIELDS[name]
    return serializers.CharField(
        max_length=field.longest,
        allow_blank=not field.required,
        help_text=f"{field.label}。",
        **{"required": False} | more,
    )


@extend_schema_field({"type": "integer", "minimum": 1})
class PlaceField(serializers.IntegerField):
    """A branch or group where the caller keeps the register: 404 out of scope, 403 without the right."""

    def to_internal_value(self, data: Any) -> Any:
        number = super().to_internal_value(data)
        if not 0 < number <= LARGEST_ID:
            raise NotFound
        return Organization.objects.load(self.context["view"].actor, Right.MEMBERS_EDIT, pk=number)


class FactsInput(Input):
    """Facts of a member; what is left out stays."""

    name = _text("name")
    id_number = _text("id_number")
    sex = serializers.ChoiceField(choices=SEXES, required=False, help_text="GB/T 2261.1；不写的由证号得出。")
    ethnicity = _text("ethnicity")
    education = _text("education")
    phone = _text("phone")
    address = _text("address")
    category = serializers.ChoiceField(choices=Category.choices, required=False, help_text="人员类别。")
    joined_on = serializers.DateField(required=False, help_text="入党日期。")
    full_on = serializers.DateField(required=False, allow_null=True, help_text="转正日期；预备党员为空。")
    is_mobile = serializers.BooleanField(required=False, help_text="是否流动党员；自办理之日起算。")
    destination = _text("destination")
    note = _text("note")


class AskableInput(FactsInput):
    """Facts that the community has to approve."""

    def get_fields(self) -> dict[str, Any]:
        return {name: field for name, field in super().get_fields().items() if name in ASKABLE}


class VerifiedInput(Input):
    """Something that should be looked at is told in ``warnings`` of the answer."""

    verified = serializers.BooleanField(
        default=True, help_text="有请核实的内容时：true 照写，答复的 warnings 列出；false 不写，返回 422 逐条列出。"
    )


class CorrectInput(VerifiedInput):
    values = FactsInput()
    reason = serializers.CharField(
        max_length=200, required=False, allow_blank=True, help_text="原因；电话、住址、学历以外的必填。"
    )


class ProposeInput(VerifiedInput):
    values = AskableInput()
    reason = serializers.CharField(max_length=200, help_text="依据的材料，至少 5 个字。")


class RegisterInput(VerifiedInput):
    organization = PlaceField(help_text="编入的支部或党小组。")
    values = FactsInput()
    starts = serializers.DateField(required=False, allow_null=True, help_text="编入支部日期；不写的推定。")


class RegroupInput(Input):
    organization = PlaceField(help_text="本支部的党小组；支部本身表示不编组。")
    on = serializers.DateField(help_text="自哪天起。")
    reason = serializers.CharField(max_length=200, required=False, allow_blank=True)


class MobileInput(Input):
    destination = serializers.CharField(max_length=60, help_text="流向，到县区。")
    on = serializers.DateField(help_text="自哪天起。")


class OnInput(Input):
    on = serializers.DateField(help_text="哪一天。")


class ReasonInput(Input):
    reason = serializers.CharField(max_length=200, help_text="事由，至少 5 个字。")


class ProposeDeathInput(Input):
    on = serializers.DateField(help_text="去世日期。")
    reason = serializers.CharField(max_length=200, help_text="从哪里得知，至少 5 个字。")


class ApproveInput(Input):
    opinion = serializers.CharField(max_length=200, required=False, allow_blank=True, help_text="意见。")


class ReturnInput(Input):
    opinion = serializers.CharField(max_length=200, help_text="退回的原因，至少 5 个字。")


INPUTS = {
    "create": RegisterInput,
    "correct": CorrectInput,
    "regroup": RegroupInput,
    "mark_mobile": MobileInput,
    "mark_home": OnInput,
    "record_death": OnInput,
    "undo_death": ReasonInput,
    "propose": ProposeInput,
    "propose_death": ProposeDeathInput,
}
