"""What a value may look like, and what it means."""

from decimal import Decimal
from fractions import Fraction

import pytest

from linshu.errors import Invalid
from linshu.parameters.catalogue import AREAS, CATALOGUE, DEFINITIONS
from linshu.parameters.rules.definitions import choice, dates, days, decimal, fraction, whole

WHOLE = whole("W", "人数", "人", 5, "测试", minimum=2, maximum=9)


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda definition: definition.code)
def test_every_default_is_a_value_of_its_own_definition(definition):
    assert definition.normalize(definition.default) == definition.normalize(definition.normalize(definition.default))
    assert definition.basis and definition.name and definition.area
    assert len(definition.code) <= 40 and len(definition.normalize(definition.default)) <= 40


def test_codes_are_unique_and_areas_complete():
    assert len(CATALOGUE) == len(DEFINITIONS)
    assert AREAS == (
        "组织", "党员", "发展", "转接", "流动", "中心户", "党费", "组织生活", "决策", "居民会议",
        "绩效", "干部", "教育承诺", "服务", "公开", "提醒", "安全",
    )  # fmt: skip


def test_the_security_area_and_only_it_belongs_to_the_security_administrator():
    assert {definition.area for definition in DEFINITIONS if definition.security} == {"安全"}
    assert all(definition.security for definition in DEFINITIONS if definition.area == "安全")


@pytest.mark.parametrize(
    ("definition", "text", "value"),
    [
        (WHOLE, " 07 ", 7),
        (decimal("D", "系数", "", "1.20", "测试", maximum="5"), "1.20", Decimal("1.20")),
        (fraction("F", "到会", "4/5", "测试"), "4/5", Fraction(4, 5)),
        (choice("C", "基数", "DUE", "测试", ("DUE", "应到"), ("PRESENT", "实到")), "PRESENT", "PRESENT"),
        (days("L", "提前", "90, 30", "测试"), "180，90,30", (180, 90, 30)),
        (dates("Y", "提醒日", "10-01", "测试"), "10-01、12-15", ((10, 1), (12, 15))),
    ],
)
def test_text_is_read_by_its_kind(definition, text, value):
    assert definition.parse(text) == value


@pytest.mark.parametrize(
    ("definition", "text", "words"),
    [
        (WHOLE, "7.5", "应填整数"),
        (WHOLE, "", "应填整数"),
        (WHOLE, "１", "应填整数"),
        (WHOLE, "1", "应在 2 到 9 之间"),
        (WHOLE, "10", "应在 2 到 9 之间"),
        (fraction("F", "到会", "4/5", "测试"), "1/0", "应填分数"),
        (fraction("F", "到会", "4/5", "测试"), "3/2", "应在 0 到 1 之间"),
        (decimal("D", "系数", "", "1.20", "测试", maximum="5"), "NaN", "应填数字"),
        (choice("C", "基数", "DUE", "测试", ("DUE", "应到")), "ALL", "只能取 DUE（应到）"),
        (days("L", "提前", "90", "测试"), "30, 90", "由多到少"),
        (days("L", "提前", "90", "测试"), "401", "应在 0 到 400 之间"),
        (dates("Y", "提醒日", "10-01", "测试"), "02-30", "由先到后"),
        (dates("Y", "提醒日", "10-01", "测试"), "12-15, 10-01", "由先到后"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(definition, text, words):
    with pytest.raises(Invalid) as refused:
        definition.parse(text)
    assert words in refused.value.message
    assert refused.value.problems[0].field == "value"


def test_values_are_shown_in_words_with_their_unit():
    assert WHOLE.show("5") == "5 人"
    assert days("L", "提前", "90", "测试").show("90, 30") == "90、30 日"
    assert dates("Y", "提醒日", "10-01", "测试").show("10-01") == "10月1日"
    assert CATALOGUE["ELECT_BASE"].show("DUE") == "应到会有选举权人数"
