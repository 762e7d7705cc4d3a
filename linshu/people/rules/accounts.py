"""User names: what can be typed on any keyboard and read out on the telephone."""

import re

from linshu.errors import Invalid

USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9._-]{2,29}")


def username(raw: str) -> str:
    """The user name, or what is wrong with it."""
    value = raw.strip()
    if not USERNAME.fullmatch(value):
        raise Invalid.field(
            "username",
            "用户名应为 3 至 30 个字符，以字母开头，只用字母、数字和 . _ - 。",
            rule="USERNAME",
            value=value,
        )
    return value


def reason(raw: str, *, field: str = "reason") -> str:
    """Why something is done: at least 5 characters, so that an auditor can follow it."""
    value = raw.strip()
    if len(value) < 5:
        raise Invalid.field(field, "请写明缘由，至少 5 个字，供审计核对。", rule="REASON", value=value)
    return value
