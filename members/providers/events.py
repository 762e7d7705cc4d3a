"""Presenters of the events of the register."""

from collections.abc import Callable
from typing import Any

from linshu.audit import registry


def _admitted(data: dict[str, Any]) -> str:
    inferred = "（推定）" if data["inferred"] else ""
    return f"{data['person']}登记为{data['category']}，编入{data['organization']}，自 {data['from']} 起{inferred}。"


def _moved(data: dict[str, Any]) -> str:
    return f"{data['person']}由{data['from_organization']}随迁至{data['organization']}，自 {data['from']} 起。"


def _corrected(data: dict[str, Any]) -> str:
    told = "；".join(
        f"{each['label']}由“{each['old']}”改为“{each['new']}”" if each["old"] != each["new"] else f"{each['label']}已改"
        for each in data["changes"]
    )
    return f"{data['person']}：{told}{'，自 ' + data['from'] + ' 起' if data['from'] else ''}。"


def _regrouped(data: dict[str, Any]) -> str:
    return f"{data['person']}由{data['from_organization']}改编入{data['organization']}，自 {data['from']} 起。"


def _asked(verb: str) -> Callable[[dict[str, Any]], str]:
    """The sentence of a step of a change request."""

    def told(data: dict[str, Any]) -> str:
        return f"{verb}申请（{data['requested_by']}报）：{data['person']}{_wanted(data)}。"

    return told


def _wanted(data: dict[str, Any]) -> str:
    if data["on"]:
        return f"于 {data['on']} 去世"
    return "，" + "；".join(f"{each['label']}由“{each['old']}”改为“{each['new']}”" for each in data["changes"])


def _died(data: dict[str, Any]) -> str:
    ended = f"，终止{data['ended']}" if data["ended"] else ""
    return f"{data['person']}（{data['organization']}）于 {data['on']} 去世{ended}。"


def _marked_mobile(data: dict[str, Any]) -> str:
    was = f"，原流向{data['was']}" if data["was"] else ""
    return f"{data['person']}自 {data['from']} 起登记为流动党员，流向{data['destination']}{was}。"


def _export_asked(data: dict[str, Any]) -> str:
    return f"申请导出{data['told']}，{data['rows']} 行。"


def _exported(data: dict[str, Any]) -> str:
    masked = f"，其中 {data['masked']} 行已遮盖" if data["masked"] else "，含完整证号、电话、住址"
    return f"已导出{data['told']}，{data['rows']} 行{masked}。"


def _fetched(data: dict[str, Any]) -> str:
    return f"下载{data['told']}，{data['rows']} 行。"


def register_events() -> None:
    """Tell the audit log how to read them."""
    registry.register("members.admitted", "登记党员", _admitted)
    registry.register("members.moved", "党员随迁", _moved)
    registry.register("members.revealed", "查看完整信息", lambda data: f"查看{data['person']}的完整{data['field']}。")
    registry.register("members.corrected", "更正党员信息", _corrected)
    registry.register("members.regrouped", "调整党小组", _regrouped)
    registry.register(
        "members.stranger_met",
        "遇到外单位党员",
        lambda data: f"{data['act']}时填的证号已在其他组织登记，未予办理。",
    )
    registry.register("members.died", "登记去世", _died)
    registry.register(
        "members.death_undone", "撤销去世登记", lambda data: f"{data['person']}恢复在{data['organization']}的登记。"
    )
    registry.register("members.marked_mobile", "登记流动", _marked_mobile)
    registry.register(
        "members.marked_home",
        "流动党员返回",
        lambda data: f"{data['person']}自 {data['from']} 起回到本地，原流向{data['was']}。",
    )
    registry.register("members.change_submitted", "报变更申请", _asked("报送"))
    registry.register("members.change_approved", "核准变更申请", _asked("核准"))
    registry.register("members.change_returned", "退回变更申请", _asked("退回"))
    registry.register("members.change_withdrawn", "撤回变更申请", _asked("撤回"))
    registry.register("members.export_requested", "申请导出名册", _export_asked)
    registry.register("members.exported", "导出名册", _exported)
    registry.register("members.export_fetched", "下载导出文件", _fetched)
    registry.register(
        "members.exports_removed", "删除到期的导出文件", lambda data: f"删除到期的导出文件 {data['count']} 个。"
    )
