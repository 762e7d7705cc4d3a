"""Codes that people, files and other systems read alike."""

import pytest

from linshu.errors import Invalid
from organizations.rules.codes import check_code


@pytest.mark.parametrize("code", ["ZZ-0101-1", "T-0001", "371329"])
def test_letters_digits_and_hyphens_will_do(code):
    check_code(code)


@pytest.mark.parametrize(
    "code", ["", "../../etc/passwd", "ZZ 0101", "ZZ--01", "-1", "=1+1", "组织一", "ZZ-01\u200b", "ＺＺ01"]
)
def test_anything_else_is_refused(code):
    with pytest.raises(Invalid, match="只用字母、数字和连字符"):
        check_code(code)
