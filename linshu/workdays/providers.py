"""What the calendar gives the registries: audit sentences and the navigation entry."""

from typing import Any

from linshu.audit import registry
from linshu.scope import Right
from linshu.web.registry import Entry, register_entry


def register() -> None:
    """Called once, when the app is ready."""
    registry.register("workdays.year_loaded", "导入工作日历", _loaded)
    registry.register("workdays.day_changed", "调整工作日历", _changed)
    # Deadlines are the offices' matter: the roles of the three powers find their own pages only.
    register_entry(Entry("tools", "工作日历", "workdays:calendar", Right.ORGANIZATIONS_READ, order=65))


def _loaded(data: dict[str, Any]) -> str:
    return (
        f"导入{data['year']}年工作日历：放假 {data['days_off']} 天，补班 {data['made_up']} 天，来源 {data['source']}。"
    )


def _changed(data: dict[str, Any]) -> str:
    before, after = ("上班" if data[key] else "放假" for key in ("before", "after"))
    name = f"（{data['name']}）" if data["name"] else ""
    return f"{data['day']} 由{before}改为{after}{name}。"
