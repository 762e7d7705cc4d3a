"""Accounts and tokens as the API takes and tells them."""

from collections.abc import Iterable

import django_filters
from django.db.models import QuerySet
from django_filters.rest_framework import FilterSet
from rest_framework import serializers

from linshu.people.access import allowed_actions
from linshu.people.models import ApiToken, User
from linshu.people.querysets import UserQuerySet
from linshu.rest.serializers import Input, NameField, Output
from linshu.scope import Actor


class AccountOutput(Output):
    """An account; nothing of what it works on."""

    has_second_factor = serializers.BooleanField(source="has_device", help_text="是否绑定了验证器。")
    is_linked = serializers.SerializerMethodField(help_text="是否对应到人员。")

    class Meta:
        model = User
        fields = [
            "id", "username", "full_name", "is_active", "must_change_password", "has_second_factor", "is_linked",
            "last_login", "date_joined", "allowed_actions",
        ]  # fmt: skip

    def get_is_linked(self, account: User) -> bool:
        return account.person_id is not None

    def actions_of(self, actor: Actor, row: User) -> Iterable[str]:
        return allowed_actions(actor, row)


class FirstPasswordOutput(AccountOutput):
    """An account with the first password, told this once."""

    first_password = serializers.CharField(help_text="初始口令，只在这里显示一次，第一次登录须更换。")

    class Meta(AccountOutput.Meta):
        fields = [*AccountOutput.Meta.fields, "first_password"]


class AccountInput(Input):
    """A new account."""

    full_name = NameField(max_length=60, help_text="姓名。")
    username = serializers.CharField(max_length=150, help_text="用户名，3 至 30 个字符，建立后不改。")


class ReasonInput(Input):
    """Why it is done."""

    reason = serializers.CharField(max_length=200, help_text="事由，至少 5 个字，记入审计日志。")


class LinkInput(Input):
    """Which person the account is."""

    id_number = serializers.CharField(max_length=18, help_text="公民身份号码，须与账号姓名都相符。", write_only=True)


class TokenOutput(Output):
    """One of one's own keys, without the key."""

    class Meta:
        model = ApiToken
        fields = ["id", "label", "created_at", "expires_at", "revoked_at", "last_used_at", "allowed_actions"]

    def actions_of(self, actor: Actor, row: ApiToken) -> Iterable[str]:
        return () if row.revoked_at else ("revoke",)


class NewTokenOutput(TokenOutput):
    """A key, told this once."""

    key = serializers.CharField(help_text="密钥，只在这里显示一次。")

    class Meta(TokenOutput.Meta):
        fields = [*TokenOutput.Meta.fields, "key"]


class TokenInput(Input):
    """A new key of one's own."""

    label = serializers.CharField(  # type: ignore[assignment]  # a field, not the label of one
        max_length=60, help_text="给哪个系统用。"
    )
    days = serializers.IntegerField(min_value=1, help_text="有效天数，上限见参数 TOKEN_MAX_DAYS。")


class AccountFilters(FilterSet):
    """By name and state."""

    q = django_filters.CharFilter(method="by_name", label="姓名或用户名里的字。")
    state = django_filters.ChoiceFilter(
        method="by_state",
        choices=[("active", "在用"), ("disabled", "停用"), ("must_change", "须改口令")],
        label="状态。",
    )

    def by_name(self, rows: UserQuerySet, name: str, value: str) -> QuerySet[User]:
        return rows.matching(value)

    def by_state(self, rows: UserQuerySet, name: str, value: str) -> QuerySet[User]:
        return rows.in_state(value)
