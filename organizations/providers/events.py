"""Presenters of the events of nodes, posts, terms, leads, bodies, seats and grids."""

from collections.abc import Callable
from typing import Any

from linshu.audit import registry

_BODY = "{organization}的{body}"
# type, label, sentence over the event's data; what stands in [ ] is left out when the value is empty
EVENTS = (
    ("established", "成立组织", "成立{kind}“{name}”（{code}）[，上级为{parent}]，自 {from} 起[，文号 {document_no}]。"),
    ("renamed", "组织更名", "{was}更名为{name}[，简称 {short_name}]，自 {from} 起[，文号 {document_no}]。"),
    ("moved", "组织调整隶属", "{name}由{was}调整到{parent}之下，自 {from} 起[，文号 {document_no}]。"),
    ("merged", "组织合并", "{name}并入{target}，自 {from} 起[；随迁：{carried}][，文号 {document_no}]。"),
    ("split", "组织拆分", "{name}拆分，新设{parts}，自 {from} 起[；随迁：{carried}][，文号 {document_no}]。"),
    ("closed", "撤销组织", "撤销{name}，自 {from} 起[；{ended}][，文号 {document_no}]。"),
    ("upgrade_proposed", "建议升格", "建议{name}升格为社区党总支，现有党员 {count} 名。"),
    ("upgrade_approved", "批复升格", "街道批复同意{name}升格，文号 {document_no}，{from}。"),
    ("upgrade_built", "升格为总支", "{was}自 {from} 起升格为“{name}”，片区支部：{branches}[；并入：{merged}]，应在 {due_on} 前选举。"),
    ("upgrade_elected", "升格后选举", "{name}于 {from} 选举：{results}，文号 {document_no}[。{late}]。"),
    ("upgrade_filed", "升格报批备案", "{name}书记已报批、委员已备案，{from}，文号 {document_no}。"),
    ("upgrade_withdrawn", "撤回升格", "{name}的升格建议已撤回。"),
    ("corrected", "更正组织登记", "更正{name}的登记：{changes}。"),
    ("post_appointed", "任命职务", "{person}任{organization}{title}，自 {from} 起[，文号 {document_no}]。"),
    ("post_relieved", "免去职务", "{person}自 {to} 起不再任{organization}{title}。"),
    (
        "post_corrected",
        "更正职务",
        "{person}在{organization}的职务更正为{title}，自 {from} 起[至 {to}]；原登记为{was_title}，自 {was_from} 起[至 {was_to}]。",
    ),
    ("term_started", "开始新一届", "{organization}新一届自 {from} 起，{due_on} 届满[，文号 {document_no}]。"),
    ("term_extended", "延期换届", "{organization}本届 {due_on} 届满，延期至 {to}，文号 {document_no}。"),
    ("lead_appointed", "指定牵头党组织", "指定{branch}为{organization}的牵头党组织，自 {from} 起，文号 {document_no}。"),
    ("lead_ended", "终止牵头党组织", "{branch}自 {to} 起不再是{organization}的牵头党组织。"),
    ("body_established", "成立机构", f"成立{_BODY}，自 {{from}} 起，本届 {{term_due_on}} 届满[，文号 {{document_no}}]。"),
    ("body_term_begun", "机构换届", f"{_BODY}新一届自 {{term_from}} 起，{{term_due_on}} 届满[，文号 {{document_no}}]。"),
    ("body_dissolved", "撤销机构", f"{_BODY}自 {{to}} 起撤销。"),
    ("seat_taken", "登记机构成员", f"{{person}}任{_BODY}{{title}}[（{{constituency}}）]，自 {{from}} 起。"),
    ("seat_left", "机构成员离任", f"{{person}}自 {{to}} 起不再任{_BODY}{{title}}。"),
    ("kinship_declared", "申报亲属关系", f"{{person}}（{_BODY}{{title}}）申报亲属关系，在本社区机构任职的亲属 {{count}} 人。"),
    ("duplicate_met", "登记时遇到外单位人员", "登记{organization}人员时，所填证号已在其他组织登记，未予登记。"),
    ("grid_created", "新建网格", "{organization}新建 {number} 号网格，{户数} 户，自 {from} 起。"),
    ("grid_changed", "修改网格", "{organization}{number} 号网格：{changes}。"),
    ("grid_closed", "撤销网格", "{organization}{number} 号网格自 {to} 起撤销。"),
)  # fmt: skip


def sentence(template: str, data: dict[str, Any]) -> str:
    """Fill the template; a bracketed part whose value is empty is left out."""
    parts = template.replace("]", "[").split("[")
    kept = [part for place, part in enumerate(parts) if place % 2 == 0 or _filled(part, data)]
    return "".join(kept).format_map(data)


def _filled(part: str, data: dict[str, Any]) -> bool:
    name = part[part.index("{") + 1 : part.index("}")]
    return bool(data[name])


def _presenter(template: str) -> Callable[[dict[str, Any]], str]:
    return lambda data: sentence(template, data)


def register_events() -> None:
    """Tell the audit log how to read these events."""
    for name, label, template in EVENTS:
        registry.register(f"organizations.{name}", label, _presenter(template))
