"""What the demo tells the audit log."""

from linshu.audit import registry


def register() -> None:
    """Called once at start."""
    registry.register("demo.loaded", "写入演示数据", lambda data: f"成批写入{data['what']} {data['count']} 条。")
