"""Presenters of the events of the register."""

from typing import Any

from linshu.audit import registry


def _admitted(data: dict[str, Any]) -> str:
    inferred = "（推定）" if data["inferred"] else ""
    return f"{data['person']}登记为{data['category']}，编入{data['organization']}，自 {data['from']} 起{inferred}。"


def _moved(data: dict[str, Any]) -> str:
    return f"{data['person']}由{data['from_organization']}随迁至{data['organization']}，自 {data['from']} 起。"


def _imported(data: dict[str, Any]) -> str:
    return (
        f"导入名册（指纹 {data['fingerprint']}）：新增组织 {data['organizations']} 个、党员 {data['members']} 人，"
        f"无变化的组织 {data['same_organizations']} 个、党员 {data['same_members']} 人。"
    )


def _corrected(data: dict[str, Any]) -> str:
    told = "；".join(
        f"{each['label']}由“{each['old']}”改为“{each['new']}”" if each["old"] != each["new"] else f"{each['label']}已改"
        for each in data["changes"]
    )
    return f"{data['person']}：{told}{'，自 ' + data['from'] + ' 起' if data['from'] else ''}。"


def _regrouped(data: dict[str, Any]) -> str:
    return f"{data['person']}由{data['from_organization']}改编入{data['organization']}，自 {data['from']} 起。"


def register_events() -> None:
    """Tell the audit log how to read them."""
    registry.register("members.admitted", "登记党员", _admitted)
    registry.register("members.moved", "党员随迁", _moved)
    registry.register("members.roster_imported", "导入名册", _imported)
    registry.register(
        "members.duplicate_met",
        "导入时遇到外单位党员",
        lambda data: f"名册中有 {data['count']} 人已在其他组织登记，未予导入。",
    )
    registry.register("members.revealed", "查看完整信息", lambda data: f"查看{data['person']}的完整{data['field']}。")
    registry.register("members.corrected", "更正党员信息", _corrected)
    registry.register("members.regrouped", "调整党小组", _regrouped)
    registry.register(
        "members.stranger_met",
        "遇到外单位党员",
        lambda data: f"{data['act']}时填的证号已在其他组织登记，未予办理。",
    )
