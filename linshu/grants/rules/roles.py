"""The roles of the portal as data, with prose a security administrator can read (contract: Roles)."""

from dataclasses import dataclass
from enum import StrEnum

from linshu.scope import Right


class Family(StrEnum):
    """三权分立: nobody holds roles of two of the last three, and these see no business row."""

    BUSINESS = "business"
    SYSTEM = "system"
    SECURITY = "security"
    AUDIT = "audit"


@dataclass(frozen=True)
class Role:
    """A role: what it is for, in words, and its rights."""

    code: str
    name: str
    prose: str
    rights: frozenset[Right]
    family: Family = Family.BUSINESS
    own_rows: bool = False
    second_factor: bool = False


R = Right
_READ = frozenset({R.ORGANIZATIONS_READ, R.PARAMETERS_READ})
_REGISTER = _READ | {R.MEMBERS_READ}
_KEEPING = frozenset({R.MEMBERS_EDIT, R.MEMBERS_APPROVE, R.MEMBERS_IMPORT, R.MEMBERS_EXPORT, R.MEMBERS_REVEAL})

ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        Role(
            "county_admin",
            "县委组织部",
            "看全县和全县看板；批准和办理组织设置、更正差错，维护、导入、导出名册，封存年度统计；维护规则参数和工作日历；凭事由看完整证号。",
            _REGISTER
            | _KEEPING
            | {
                R.ORGANIZATIONS_EDIT, R.ORGANIZATIONS_RESTRUCTURE, R.ORGANIZATIONS_CORRECT, R.EXCLUSIONS_READ,
                R.PARAMETERS_CHANGE, R.CALENDAR_CHANGE, R.DASHBOARD_READ, R.STATISTICS_READ, R.STATISTICS_FREEZE,
            },
            second_factor=True,
        ),
        Role("county_viewer", "县级查阅", "看全县的组织、名册、看板和年度统计，证号电话一律遮盖，不办理任何事项。", _REGISTER | {R.DASHBOARD_READ, R.STATISTICS_READ}),
        Role(
            "street_officer",
            "街道党建办",
            "看本街道和本街道看板；办理本街道社区和支部的设置、班子、机构和网格，维护、导入、导出名册；凭事由看完整证号。",
            _REGISTER
            | _KEEPING
            | {R.ORGANIZATIONS_EDIT, R.ORGANIZATIONS_RESTRUCTURE, R.EXCLUSIONS_READ, R.DASHBOARD_READ},
        ),
        Role("street_approver", "街道党工委审批人", "看本街道和本街道看板，审批应由党工委批准的事项。", _REGISTER | {R.EXCLUSIONS_READ, R.DASHBOARD_READ}),
        Role(
            "community_secretary",
            "社区党组织书记",
            "看本社区；维护本社区的党小组、班子职务和届期、机构、网格；核准支部报来的党员信息变更。",
            _REGISTER | {R.ORGANIZATIONS_EDIT, R.EXCLUSIONS_READ, R.MEMBERS_APPROVE},
        ),
        Role(
            "community_officer",
            "社区党务专干",
            "看本社区；维护本社区的党小组、班子职务和届期、机构、网格；维护、导入、导出名册，核准支部报来的变更；凭事由看完整证号。",
            _REGISTER | _KEEPING | {R.ORGANIZATIONS_EDIT, R.EXCLUSIONS_READ},
        ),
        Role(
            "branch_secretary",
            "支部书记",
            "看本支部的组织和名册；改党员的电话、住址、学历，其他变更报社区核准。",
            _REGISTER | {R.MEMBERS_PROPOSE},
        ),
        Role("group_leader", "党小组长/中心户", "看本党小组（或本中心户所联系）的党员。", _REGISTER),
        Role("supervisor", "居务监督委员会成员", "看本社区的组织和机构，不看党员名册。", _READ),
        Role("service_clerk", "党群服务中心窗口人员", "看本社区的组织和网格，不看党员名册。", _READ),
        Role("member", "党员本人", "只看本人的记录。", frozenset({R.MEMBERS_READ}), own_rows=True),
        Role(
            "system_admin",
            "系统管理员",
            "管账号和后台任务，看不到任何业务数据，不能授权。",
            frozenset({R.ACCOUNTS_MANAGE}),
            Family.SYSTEM,
            second_factor=True,
        ),
        Role(
            "security_admin",
            "安全管理员",
            "授予和收回角色，维护安全参数，看不到任何业务数据，不能建账号。",
            frozenset({R.GRANTS_MANAGE, R.PARAMETERS_READ, R.PARAMETERS_SECURITY}),
            Family.SECURITY,
            second_factor=True,
        ),
        Role("security_auditor", "安全审计员", "看审计日志，别的都看不到。", frozenset({R.AUDIT_READ}), Family.AUDIT),
    )
}  # fmt: skip
