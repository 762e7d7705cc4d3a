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

ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        Role(
            "county_admin",
            "县委组织部",
            "看全县；批准和办理组织设置、更正差错、导入名册；维护规则参数和工作日历；凭事由看完整证号。",
            _REGISTER
            | {
                R.ORGANIZATIONS_EDIT, R.ORGANIZATIONS_RESTRUCTURE, R.ORGANIZATIONS_CORRECT, R.EXCLUSIONS_READ,
                R.MEMBERS_REVEAL, R.MEMBERS_IMPORT, R.PARAMETERS_CHANGE, R.CALENDAR_CHANGE,
            },
            second_factor=True,
        ),
        Role("county_viewer", "县级查阅", "看全县的组织和名册，证号电话一律遮盖，不办理任何事项。", _REGISTER),
        Role(
            "street_officer",
            "街道党建办",
            "看本街道；办理本街道社区和支部的设置、班子、机构和网格；凭事由看完整证号。",
            _REGISTER | {R.ORGANIZATIONS_EDIT, R.ORGANIZATIONS_RESTRUCTURE, R.EXCLUSIONS_READ, R.MEMBERS_REVEAL},
        ),
        Role("street_approver", "街道党工委审批人", "看本街道，审批应由党工委批准的事项。", _REGISTER | {R.EXCLUSIONS_READ}),
        Role(
            "community_secretary",
            "社区党组织书记",
            "看本社区；维护本社区的党小组、班子职务和届期、机构、网格。",
            _REGISTER | {R.ORGANIZATIONS_EDIT, R.EXCLUSIONS_READ},
        ),
        Role(
            "community_officer",
            "社区党务专干",
            "看本社区；维护本社区的党小组、班子职务和届期、机构、网格；凭事由看完整证号。",
            _REGISTER | {R.ORGANIZATIONS_EDIT, R.EXCLUSIONS_READ, R.MEMBERS_REVEAL},
        ),
        Role("branch_secretary", "支部书记", "看本支部的组织和名册。", _REGISTER),
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
