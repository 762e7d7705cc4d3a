"""What parameters give the registries: audit sentences and the navigation entry."""

from typing import Any

from linshu.audit import registry
from linshu.parameters.catalogue import CATALOGUE
from linshu.scope import Right
from linshu.web.registry import Entry, register_entry


def register() -> None:
    """Called once, when the app is ready."""
    registry.register("parameters.changed", "调整参数", _changed)
    registry.register("parameters.withdrawn", "撤销参数版本", _withdrawn)
    register_entry(Entry("tools", "规则参数", "parameters:list", Right.PARAMETERS_READ, order=60))


def _changed(data: dict[str, Any]) -> str:
    before, after = (_show(data["code"], data[key]) for key in ("before", "after"))
    return f"{_name(data['code'])}由 {before} 改为 {after}，自 {data['effective_from']} 起。"


def _withdrawn(data: dict[str, Any]) -> str:
    return f"撤销{_name(data['code'])}自 {data['effective_from']} 起改为 {_show(data['code'], data['value'])} 的版本。"


# A code may leave the catalogue in a later release; its events stay readable.
def _name(code: str) -> str:
    return CATALOGUE[code].name if code in CATALOGUE else code


def _show(code: str, text: str) -> str:
    return CATALOGUE[code].show(text) if code in CATALOGUE else text
