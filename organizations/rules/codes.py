"""组织编码: given once, read by people, files and other systems."""

import re

from linshu.errors import Invalid

CODE = re.compile(r"[0-9A-Za-z]+(-[0-9A-Za-z]+)*", re.ASCII)


def check_code(code: str) -> None:
    """Letters, digits and single hyphens, such as ZZ-0101-1: nothing that a file path or another system would misread."""
    if not CODE.fullmatch(code):
        message = f"组织编码“{code}”不合格式。编码只用字母、数字和连字符，如 ZZ-0101-1，请改正。"
        raise Invalid.field("code", message, rule="组织编码格式", value=code)
