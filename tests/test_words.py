"""Days in sentences read as Chinese writes them."""

import pytest

from linshu.errors import Conflict, Invalid
from linshu.words import spoken, tidy


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("自 2026-03-01 起。", "自 2026年3月1日起。"),
        ("由“2010-05-01”改为“2011-11-20”。", "由“2010年5月1日”改为“2011年11月20日”。"),
        ("2026-11-24 09:00", "2026年11月24日 09:00"),
        ("请写成 2026-11-24 这样。", "请写成 2026-11-24 这样。"),
        ("“2027-02-30”不是日期。", "“2027-02-30”不是日期。"),
        ("编码 ZZ-2026-11-24", "编码 ZZ-2026-11-24"),
    ],
)
def test_days_in_words(sentence, said):
    assert spoken(sentence) == said


def test_what_a_rule_refuses_is_told_in_words_and_its_value_kept():
    error = Invalid.field("on", "不早于 2026-11-24。", value="2026-11-23")
    assert (error.message, error.problems[0].message) == ("不早于 2026年11月24日。", "不早于 2026年11月24日。")
    assert error.problems[0].value == "2026-11-23"
    assert Conflict("2026-11-24 已有登记。").message == "2026年11月24日已有登记。"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\u200b乙社区\ufeff第一\u00ad支部\u2060", "乙社区第一支部"),
        ("\u202e部支一第\u202c", "部支一第"),
        ("　第１党小组 \t\n（Ａ） ", "第1党小组 （A）"),
        ("葛\U000e0100城\ufe00", "葛城"),
        ("\u200d \u2063", ""),
        ("中共振兴社区“东”片区：支部", "中共振兴社区“东”片区：支部"),
    ],
)
def test_what_is_typed_is_kept_tidy(typed, kept):
    assert tidy(typed) == kept
    assert tidy(kept) == kept
