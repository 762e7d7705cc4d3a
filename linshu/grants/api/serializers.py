"""Grants, roles and the caller himself, as the API takes and tells them."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from linshu.grants.models import Grant
from linshu.grants.rules.roles import ROLES
from linshu.grants.rules.words import WORDS, rights_of
from linshu.people.models import User
from linshu.rest.filters import Filters
from linshu.rest.serializers import Input, Output
from linshu.scope import Actor, Right


class RoleOutput(serializers.Serializer[Any]):
    """A role: what it is for, and its rights in words."""

    code = serializers.CharField(help_text="代码。")
    name = serializers.CharField(help_text="名称。")
    prose = serializers.CharField(help_text="用来做什么。")
    family = serializers.CharField(help_text="类别：business 业务、system 系统、security 安全、audit 审计，互不兼任。")
    second_factor = serializers.BooleanField(help_text="是否必须绑定验证器。")
    rights = serializers.SerializerMethodField(help_text=f"能办的事，取自：{'；'.join(WORDS.values())}。")

    def get_rights(self, role: Any) -> list[str]:
        return rights_of(role)


class HoldingOutput(serializers.Serializer[Any]):
    """A role the caller holds today."""

    role = serializers.CharField(source="role.code", help_text="角色代码。")
    role_name = serializers.CharField(source="role.name", help_text="角色名称。")
    organization = serializers.IntegerField(source="organization.pk", help_text="组织编号。")
    organization_name = serializers.CharField(source="organization.name", help_text="组织名称。")
    valid_to = serializers.DateField(help_text="截止日，这一天起无效；9999-12-31 为长期。")


class MeOutput(serializers.ModelSerializer[User]):
    """Who calls, and what he may do."""

    holdings = serializers.SerializerMethodField(help_text="今天有效的角色。")

    class Meta:
        model = User
        fields = ["id", "username", "full_name", "must_change_password", "large_text", "holdings"]
        read_only_fields = fields

    @extend_schema_field(HoldingOutput(many=True))
    def get_holdings(self, user: User) -> Any:
        return HoldingOutput(self.context["request"].actor.holdings, many=True).data


class GrantOutput(Output):
    """A grant, with the names a security administrator needs."""

    username = serializers.CharField(source="user.username", help_text="用户名。")
    role_name = serializers.CharField(help_text="角色名称。")
    organization_name = serializers.CharField(source="organization.name", help_text="组织名称。")

    class Meta:
        model = Grant
        fields = [
            "id", "user", "username", "role", "role_name", "organization", "organization_name", "valid_from",
            "valid_to", "reason", "granted_by", "allowed_actions",
        ]  # fmt: skip

    def actions_of(self, actor: Actor, row: Grant) -> Iterable[str]:
        past = row.state_on(timezone.localdate()) == "past"
        own = row.user_id == actor.user_id
        return () if past or own or not actor.may(Right.GRANTS_MANAGE, row.organization_id) else ("end",)


class GrantInput(Input):
    """A role to be given."""

    user = serializers.IntegerField(min_value=1, help_text="账号编号。")
    role = serializers.CharField(max_length=40, help_text="角色代码，见 /api/v1/roles/。")
    organization = serializers.IntegerField(min_value=1, help_text="组织编号。")
    valid_from = serializers.DateField(help_text="起始日，不早于今天。")
    valid_to = serializers.DateField(required=False, allow_null=True, default=None, help_text="截止日；长期的不填。")
    reason = serializers.CharField(max_length=200, help_text="依据，至少 5 个字，记入审计日志。")


class GrantEndInput(Input):
    """From which day on a grant no longer holds."""

    on = serializers.DateField(required=False, allow_null=True, default=None, help_text="从哪一天起收回，不填为今天。")
    reason = serializers.CharField(max_length=200, help_text="依据，至少 5 个字，记入审计日志。")


class GrantFilters(Filters):
    """By account, role and subtree."""

    user = django_filters.NumberFilter(field_name="user_id", label="账号编号。")
    role = django_filters.ChoiceFilter(choices=[(role.code, role.name) for role in ROLES.values()], label="角色代码。")

    class Meta:
        model = Grant
        fields = ["organization", "user", "role"]
