"""Members and their periods as the API tells them: masked, and of who left only name, dates and category."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from rest_framework import serializers

from linshu.rest.serializers import Input, Output
from linshu.scope import Actor
from members.access import allowed_actions
from members.models import Category, Membership
from members.rules.register import Line
from members.services.limits import limits_on
from members.services.revealing import SEALED
from members.services.verifying import concerns_of
from organizations.models import OPEN_END

MASKED = "遮盖后的值。"
# What the old branch keeps of a member who left.
KEPT = frozenset({
    "id", "organization", "organization_name", "name", "category", "joined_on", "full_on", "valid_from", "valid_to",
    "start_inferred", "has_file", "allowed_actions",
})  # fmt: skip


class EndField(serializers.DateField):
    """The last day; null while in force."""

    def to_representation(self, value: Any) -> Any:
        return None if value == OPEN_END else super().to_representation(value)


class MembershipOutput(Output):
    """A period of membership. Where ``has_file`` is false the person has left: other fields are null."""

    organization_name = serializers.CharField(source="organization.name", help_text="所在党组织全称。")
    branch = serializers.IntegerField(source="branch_id", help_text="所在支部编号。")
    name = serializers.CharField(source="person.name", help_text="姓名。")
    sex = serializers.CharField(source="person.sex", help_text="GB/T 2261.1：1 男，2 女。")
    birth_date = serializers.DateField(source="person.birth_date", help_text="出生日期。")
    ethnicity = serializers.CharField(source="person.ethnicity", help_text="民族。")
    education = serializers.CharField(source="person.education", help_text="学历。")
    id_number = serializers.CharField(source="person.id_number_masked", help_text=MASKED)
    phone = serializers.CharField(source="person.phone_masked", help_text=MASKED)
    address = serializers.CharField(source="person.address_masked", help_text=MASKED)
    titles = serializers.CharField(help_text="党内职务，以顿号隔开。")
    category = serializers.ChoiceField(
        choices=Category.choices, source="category_then", help_text="人员类别，查某一天的为当天的。"
    )
    valid_to = EndField(help_text="截止日，这一天起不在；现在仍在的为空。")
    has_file = serializers.BooleanField(help_text="档案是否在您的管理范围内；已转出的为 false，只有姓名、日期和类别。")

    class Meta:
        model = Membership
        fields = (
            "id", "person", "organization", "organization_name", "branch", "name", "sex", "birth_date", "ethnicity",
            "education", "id_number", "phone", "address", "titles", "category", "joined_on", "full_on", "is_mobile",
            "destination", "valid_from", "valid_to", "start_inferred", "reason", "note", "has_file", "allowed_actions",
        )  # fmt: skip

    def to_representation(self, row: Membership | Line) -> dict[str, Any]:
        told: dict[str, Any] = super().to_representation(row)
        if told["has_file"]:
            return told
        return {name: value if name in KEPT else None for name, value in told.items()}

    def actions_of(self, actor: Actor, row: Membership | Line) -> Iterable[str]:
        return allowed_actions(actor, row, has_request=row.waiting)  # type: ignore[union-attr]


class MemberOutput(MembershipOutput):
    """One member, with what should be looked at: told here, not in lists."""

    warnings = serializers.SerializerMethodField(
        help_text="请核实的内容，逐条一句：入党时不满 18 岁、按延长过预备期登记、预备期已经超过；没有的为空列表。"
    )

    class Meta(MembershipOutput.Meta):
        fields = (*MembershipOutput.Meta.fields, "warnings")  # type: ignore[assignment]

    def get_warnings(self, row: Membership) -> list[str]:
        return concerns_of(row, limits_on(timezone.localdate()))


class RevealInput(Input):
    """What is to be seen in full, and why."""

    field = serializers.ChoiceField(choices=[*SEALED.items()], help_text="要看的内容。")
    reason = serializers.CharField(max_length=200, help_text="事由，至少 5 个字，记入审计日志。")


class RevealOutput(serializers.Serializer[Any]):
    """The full value, told once."""

    value = serializers.CharField(source="*", help_text="完整的值；没有登记的为空。")


class DeathOutput(serializers.Serializer[Any]):
    """What a death ended."""

    member = serializers.IntegerField(source="membership.pk", help_text="去世者最后一段登记的编号。")
    ended = serializers.CharField(help_text="同日终止的职务、席位和网格工作；没有的为空。")
    account = serializers.CharField(help_text="他的登录账号，请系统管理员停用；没有的为空。")


class FindInput(Input):
    """A number to look for: in the body, because addresses end in logs."""

    id_number = serializers.CharField(max_length=18, help_text="完整的公民身份号码。")
