"""What is owed, counted, checked and found, as the API tells it."""

from typing import Any

from rest_framework import serializers

from linshu.figures.registry import LEVEL_WORDS
from linshu.home.rules.urgency import TABS
from linshu.rest.filters import LARGEST_ID


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


class PlaceQuery(serializers.Serializer[Any]):
    """Where, and on which day."""

    organization = serializers.IntegerField(
        required=False, min_value=1, max_value=LARGEST_ID,
        help_text="组织编号：该组织及其全部下级；不在管理范围内时返回 404。",
    )  # fmt: skip
    as_of = serializers.DateField(required=False, help_text="按这一天的情况，如 2026-01-31；不晚于今天，默认今天。")


class FigureOutput(serializers.Serializer[Any]):
    """A counted number."""

    code = serializers.CharField(help_text="指标的代码。")
    name = serializers.CharField(help_text="名称。")
    unit = serializers.CharField(help_text="单位。")
    structure = serializers.CharField(help_text="所属的结构，如年龄结构；同一结构的各项分完全体。空为单独的指标。")
    filed = serializers.BooleanField(
        help_text="按过去某一天查询时，不计后来离开的党员：名册上只留他们的姓名、日期和类别。"
    )
    note = serializers.CharField(help_text="为什么说不出过去某一天的数；说得出的为空。")


class CountOutput(serializers.Serializer[Any]):
    """A figure at an organisation."""

    organization = serializers.IntegerField(source="node.pk", help_text="组织编号。")
    organization_name = serializers.CharField(source="node.short_name", help_text="当天的组织简称。")
    own = serializers.IntegerField(help_text="本级的数。")
    total = serializers.IntegerField(help_text="累计数，含下级。")
    url = serializers.CharField(help_text="累计数后面的名单，范围和条件相同。")


class CheckOutput(serializers.Serializer[Any]):
    """A rule check."""

    code = serializers.CharField(help_text="规则检查的代码。")
    name = serializers.CharField(help_text="名称。")


class FindingQuery(PlaceQuery):
    """And which findings."""

    level = serializers.ChoiceField(
        choices=list(LEVEL_WORDS.items()), required=False, help_text="检查结果；默认列出不合和注意，合格的写 ok。"
    )
    code = serializers.CharField(required=False, max_length=60, help_text="规则检查的代码。")


class CheckFindingOutput(serializers.Serializer[Any]):
    """What a rule check found at an organisation, and what mends it."""

    code = serializers.CharField(source="check.code", help_text="规则检查的代码。")
    name = serializers.CharField(source="check.name", help_text="规则检查的名称。")
    level = serializers.ChoiceField(choices=list(LEVEL_WORDS.items()), source="finding.level", help_text="检查结果。")
    organization = serializers.IntegerField(source="node.pk", help_text="组织编号。")
    organization_name = serializers.CharField(source="node.short_name", help_text="当天的组织简称。")
    sentence = serializers.CharField(source="finding.sentence", help_text="现在的情况。")
    basis = serializers.CharField(source="finding.basis", help_text="依据。")
    figure = serializers.IntegerField(source="finding.figure", allow_null=True, help_text="检查的数；没有数的为空。")
    limit = serializers.CharField(source="finding.limit", help_text="对照的标准。")
    due_on = serializers.DateField(source="finding.due_on", allow_null=True, help_text="最后一天；没有期限的为空。")
    task = serializers.CharField(source="finding.task", help_text="要办的事；合格的为空。")
    action = serializers.CharField(source="finding.action", help_text="怎么办；当前账号不能办的为空。")
    url = serializers.CharField(source="finding.url", help_text="办理的页面；当前账号不能办的为空。")


class HitOutput(serializers.Serializer[Any]):
    """One result of the search."""

    kind = serializers.CharField(help_text="类别，如党员、组织。")
    label = serializers.CharField(help_text="名称。")  # type: ignore[assignment]  # a field, not the label of one
    remark = serializers.CharField(help_text="说明。")
    url = serializers.CharField(help_text="页面。")


class SearchQuery(serializers.Serializer[Any]):
    """What to look for."""

    q = serializers.CharField(max_length=60, help_text="姓名、拼音首字母、手机尾号四位，或组织名称、编码。")
