"""Numbers people type into a reason do not reach the log."""

import pytest

from linshu.audit.rules.masking import masked


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("核对 110105194912310021 的档案", "核对 110105************ 的档案"),
        ("11010519491231002x、19900000001", "110105************、199****0001"),
        ("张三110105194912310021", "张三110105************"),
        ("临街发〔2026〕5号，编码 371399001002003004", "临街发〔2026〕5号，编码 371399001002003004"),
        ("2026-11-24 12345678", "2026-11-24 12345678"),
    ],
)
def test_identity_and_telephone_numbers(text, result):
    assert masked(text) == result


def test_at_any_depth():
    given = {"changes": [{"note": "电话 13912345678"}], "count": 13912345678, "none": None}
    assert masked(given) == {"changes": [{"note": "电话 139****5678"}], "count": 13912345678, "none": None}
