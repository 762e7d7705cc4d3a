"""What the audit log gives the shell."""

from linshu.scope import Right
from linshu.web.registry import Entry, register_entry


def register() -> None:
    """Called once, when the app is ready."""
    register_entry(Entry("tools", "审计日志", "audit:list", Right.AUDIT_READ, order=90))
