"""What is owed, and what is found, as the API tells it."""

from typing import Any

from rest_framework import serializers

from linshu.figures.registry import LEVEL_WORDS
from linshu.home.rules.urgency import TABS


class TodoOutput(serializers.Serializer[Any]):
    """One thing owed."""

    check = serializers.CharField(help_text="规则检查的代码。")
    when = serializers.ChoiceField(choices=list(TABS.items()), source="due.when", help_text="期限分组。")
    level = serializers.ChoiceField(choices=list(LEVEL_WORDS.items()), source="finding.level", help_text="检查结果。")
    due = serializers.CharField(source="due.words", help_text="期限的说法，如“还剩 3 天”。")
    due_on = serializers.DateField(source="finding.due_on", allow_null=True, help_text="最后一天；没有期限的为空。")
    organization = serializers.IntegerField(source="organization.pk", help_text="组织编号。")
    organization_name = serializers.CharField(source="organization.short_name", help_text="组织简称。")
    title = serializers.CharField(help_text="要办的事和在哪里办。")
    sentence = serializers.CharField(source="finding.sentence", help_text="为什么：现在的情况。")
    basis = serializers.CharField(source="finding.basis", help_text="依据。")
    action = serializers.CharField(source="finding.action", help_text="怎么办。")
    url = serializers.CharField(help_text="办理的页面。")


class TodoQuery(serializers.Serializer[Any]):
    """Filters of the list."""

    when = serializers.ChoiceField(choices=list(TABS.items()), required=False, help_text="期限分组。")
    organization = serializers.IntegerField(
        required=False, min_value=1, help_text="组织编号：该组织及其全部下级；不在管理范围内时返回 404。"
    )
    check = serializers.CharField(required=False, max_length=60, help_text="规则检查的代码。")


class HitOutput(serializers.Serializer[Any]):
    """One result of the search."""

    kind = serializers.CharField(help_text="类别，如党员、组织。")
    label = serializers.CharField(help_text="名称。")  # type: ignore[assignment]  # a field, not the label of one
    remark = serializers.CharField(help_text="说明。")
    url = serializers.CharField(help_text="页面。")


class SearchQuery(serializers.Serializer[Any]):
    """What to look for."""

    q = serializers.CharField(max_length=60, help_text="姓名、拼音首字母、手机尾号四位，或组织名称、编码。")
