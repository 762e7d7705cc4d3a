"""What grants give the registries: audit event types and navigation."""

from typing import Any

from linshu.audit import registry as audit
from linshu.grants.rules.roles import ROLES
from linshu.scope import Right
from linshu.web import registry as web


def register() -> None:
    """Called once at start."""
    audit.register("grants.given", "授予角色", _given)
    audit.register("grants.ended", "收回角色", lambda d: f"收回{_what(d)}，从 {d['valid_to']} 起无效。")
    web.register_entry(web.Entry("tools", "角色与授权", "grants:list", Right.GRANTS_MANAGE, order=61))
    web.register_entry(web.Entry("tools", "角色说明", "grants:roles", None, order=91))


def _given(data: dict[str, Any]) -> str:
    until = f"至 {data['valid_to']} 前" if data["valid_to"] else "长期"
    return f"授予{_what(data)}，从 {data['valid_from']} 起，{until}有效。"


def _what(data: dict[str, Any]) -> str:
    role = ROLES.get(data["role"])  # the log outlives the catalogue
    return f"账号 {data['account']} 在{data['organization']}的“{role.name if role else data['role']}”"
