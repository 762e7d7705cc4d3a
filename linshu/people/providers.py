"""What people and accounts give the registries: audit event types."""

from typing import Any

from linshu.audit import registry as audit
from linshu.scope import Right
from linshu.web import registry as web


def register() -> None:
    """Called once at start."""
    _register_log_in()
    _register_tokens()
    _register_accounts()
    web.register_entry(web.Entry("tools", "我的账号", "people:me", None, order=90))
    web.register_entry(web.Entry("tools", "系统运行", "admin:index", Right.ACCOUNTS_MANAGE, order=62))
    web.register_entry(web.Entry("tools", "账号", "people:accounts", Right.ACCOUNTS_MANAGE, order=60))


def _register_log_in() -> None:
    audit.register("people.logged_in", "登录", lambda d: f"从 {d['address']} 登录。")
    audit.register("people.logged_out", "退出", lambda d: "退出登录。")
    audit.register("people.session_ended", "超时退出", lambda d: f"{d['minutes']} 分钟没有操作，自动退出。")
    audit.register("people.password_changed", "更换口令", lambda d: "本人更换了口令。")
    audit.register(
        "people.log_in_failed",
        "登录失败",
        lambda d: f"用户名 {d['username']} 从 {d['address']} 登录{'被拒绝（锁定中）' if d['refused'] else '失败'}。",
    )
    audit.register(
        "people.locked",
        "登录锁定",
        lambda d: f"用户名 {d['username']} 从 {d['address']} 连续失败 {d['failures']} 次，已锁定。",
    )


def _register_tokens() -> None:
    audit.register(
        "people.token_created",
        "建立接口令牌",
        lambda d: f"为账号 {d['account']} 建立令牌“{d['label']}”，有效 {d['days']} 天。",
    )
    audit.register("people.token_revoked", "撤销接口令牌", lambda d: f"撤销账号 {d['account']} 的令牌“{d['label']}”。")


def _register_accounts() -> None:
    for type_, label, done in (
        ("account_created", "建立账号", "建立账号 {}，首次登录须改口令。"),
        ("account_disabled", "停用账号", "停用账号 {}。"),
        ("account_enabled", "启用账号", "启用账号 {}。"),
        ("account_unlocked", "解锁账号", "解除账号 {} 的登录锁定。"),
        ("password_reset", "重置口令", "重置账号 {} 的口令，下次登录须改。"),
        ("second_factor_reset", "解除验证器", "解除账号 {} 绑定的验证器。"),
    ):
        audit.register(f"people.{type_}", label, _sentence(done))
    audit.register(
        "people.person_linked", "账号对应人员", lambda d: f"账号 {d['account']} 对应到证号 {d['id_number']} 的人员。"
    )
    audit.register("people.second_factor_bound", "绑定验证器", lambda d: "本人绑定了手机验证器。")
    audit.register("people.keys_rotated", "更换字段密钥", _keys_rotated)


def _sentence(done: str) -> audit.Presenter:
    return lambda data: done.format(data["account"])


def _keys_rotated(data: dict[str, Any]) -> str:
    moved = data.get("moved") or {"人": data["count"]}  # events of before there were files
    return f"把 {'、'.join(f'{count} {unit}' for unit, count in moved.items())}的密文换到密钥 {data['key']} 下。"
