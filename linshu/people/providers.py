"""What people and accounts give the registries: audit event types."""

from linshu.audit import registry as audit


def register() -> None:
    """Called once at start."""
    _register_log_in()
    _register_tokens()


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
