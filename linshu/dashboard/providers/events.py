"""Presenter of the event of the dashboard."""

from typing import Any

from linshu.audit import registry


def _exported(data: dict[str, Any]) -> str:
    return f"导出{data['place']}的{data['what']}，{data['day']} 的情况。"


def register_events() -> None:
    """Add it."""
    registry.register("dashboard.exported", "导出看板", _exported)
