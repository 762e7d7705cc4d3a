"""A dashboard as the API tells it: every number with the page of its list."""

from typing import Any

from rest_framework import serializers

from linshu.dashboard.rules.comparing import LEVELS
from linshu.figures.registry import LEVEL_WORDS
from linshu.rest.filters import LARGEST_ID
from organizations.rules.terms import TERM_WORDS

LEVEL_CHOICES = [(level.value, LEVEL_WORDS[level]) for level in LEVELS]
URL = "名单的页面。"


class BoardQuery(serializers.Serializer[Any]):
    """Where."""

    organization = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=LARGEST_ID,
        help_text="组织编号，默认管理范围的最上级；不在管理范围内时返回 404。",
    )


class PlaceOutput(serializers.Serializer[Any]):
    """A place of the day's tree."""

    id = serializers.IntegerField(help_text="组织编号。")
    name = serializers.CharField(help_text="当天的简称。")
    kind = serializers.CharField(help_text="当天的组织类型。")


class CountedOutput(serializers.Serializer[Any]):
    """A figure of the place itself."""

    code = serializers.CharField(help_text="指标代码。")
    name = serializers.CharField(help_text="指标名称。")
    unit = serializers.CharField(help_text="单位。")
    number = serializers.IntegerField(help_text="含下级。")
    before = serializers.IntegerField(allow_null=True, help_text="上月末的数；不比较的为空，见 note。")
    note = serializers.CharField(help_text="为什么不与上月比较；比较的为空。")
    url = serializers.CharField(help_text=URL)


class CellOutput(serializers.Serializer[Any]):
    """A number of the table."""

    code = serializers.CharField(help_text="指标代码；late 为不合项数，soon 为注意项数。")
    number = serializers.IntegerField(help_text="含下级。")
    url = serializers.CharField(help_text=URL)


class LineOutput(serializers.Serializer[Any]):
    """A line of the table."""

    organization = serializers.IntegerField(source="organization_id", help_text="组织编号。")
    name = serializers.CharField(help_text="当天的简称。")
    is_sub_total = serializers.BooleanField(source="is_sub", help_text="是小计（街道）：其后各行已包含在内。")
    numbers = CellOutput(source="cells", many=True)


class GroupOutput(serializers.Serializer[Any]):
    """What one check found at one level; one by one in ``checks/findings`` with the same code and level."""

    code = serializers.CharField(help_text="规则检查的代码。")
    name = serializers.CharField(help_text="规则检查的名称。")
    level = serializers.ChoiceField(choices=LEVEL_CHOICES, help_text="检查结果。")
    sentence = serializers.CharField(help_text="情况。")
    count = serializers.IntegerField(help_text="项数。")
    url = serializers.CharField(help_text=URL)


class EndingOutput(serializers.Serializer[Any]):
    """Terms that end alike."""

    state = serializers.ChoiceField(choices=[*TERM_WORDS.items()], help_text="届期状态。")
    year = serializers.IntegerField(allow_null=True, help_text="任期内的按届满年份分；其余为空。")
    first = serializers.DateField(help_text="最早届满日，含延期。")
    last = serializers.DateField(help_text="最晚届满日，含延期。")
    count = serializers.IntegerField(help_text="组织数。")
    url = serializers.CharField(help_text=URL)


class YearOutput(serializers.Serializer[Any]):
    """Members on a day."""

    day = serializers.DateField(source="point.day", help_text="各年 12 月 31 日；最后一点为统计当天。")
    total = serializers.IntegerField(source="point.total", help_text="党员数。")
    full = serializers.IntegerField(source="point.full", help_text="正式党员数。")
    probationary = serializers.IntegerField(source="point.probationary", help_text="预备党员数。")
    url = serializers.CharField(source="total_url", help_text=URL)


class PartOutput(serializers.Serializer[Any]):
    """One part of a structure."""

    code = serializers.CharField(source="cell.code", help_text="指标代码。")
    name = serializers.CharField(help_text="分组名称。")
    number = serializers.IntegerField(source="cell.number", help_text="人数。")
    percent = serializers.FloatField(help_text="占比，%。")
    before = serializers.IntegerField(allow_null=True, help_text="上月末的人数；不比较的为空，见结构的 note。")
    url = serializers.CharField(source="cell.url", help_text=URL)


class StructureOutput(serializers.Serializer[Any]):
    """What the members are divided by."""

    name = serializers.CharField(help_text="结构名称。")
    unit = serializers.CharField(help_text="单位。")
    parts = PartOutput(many=True)
    hidden = serializers.IntegerField(help_text="那一天在册、后来离开的人数：名册上只留姓名、日期和类别，各分组不计。")
    note = serializers.CharField(help_text="为什么不与上月比较；比较的为空。")


class BoardOutput(serializers.Serializer[Any]):
    """Everything on the dashboard of a place on a day."""

    organization = PlaceOutput(source="ground.top")
    day = serializers.DateField(source="ground.day", help_text="统计的日期。")
    compared_with = serializers.DateField(help_text="与哪一天比较：上月末。")
    figures = CountedOutput(source="strip", many=True)
    communities = LineOutput(source="table.lines", many=True)
    communities_note = serializers.CharField(source="table.note", help_text="对照表各数没有计入谁；都计入的为空。")
    findings = GroupOutput(source="groups", many=True)
    terms = EndingOutput(source="endings", many=True)
    trend = YearOutput(source="trend.years", many=True)
    start_inferred = serializers.IntegerField(source="trend.inferred", help_text="起始日为推定的组织关系段数。")
    structures = StructureOutput(many=True)
