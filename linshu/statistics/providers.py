"""What annual statistics give the others: events and a navigation entry."""

from typing import Any

from linshu.audit import registry
from linshu.scope import Right
from linshu.web.registry import Entry, register_entry


def _told(verb: str, data: dict[str, Any]) -> str:
    return f"{verb} {data['year']} 年度统计第 {data['version']} 版（指纹 {data['fingerprint']}）。"


def register() -> None:
    """Fill the registries, once, from ``AppConfig.ready()``."""
    registry.register("statistics.frozen", "封存年度统计", lambda data: _told("封存", data))
    registry.register("statistics.fetched", "下载年度统计", lambda data: _told("下载", data))
    register_entry(Entry("top", "年度统计", "statistics:list", Right.STATISTICS_READ, order=40))
