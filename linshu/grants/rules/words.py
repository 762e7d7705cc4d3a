"""Rights in words a security administrator can weigh."""

from linshu.grants.rules.roles import Role
from linshu.scope import Right

WORDS: dict[Right, str] = {
    Right.ORGANIZATIONS_READ: "看组织、机构、职务和网格",
    Right.ORGANIZATIONS_EDIT: "维护组织名称、机构、职务和网格",
    Right.ORGANIZATIONS_RESTRUCTURE: "办理组织设立、移动、合并、拆分、升格和撤销",
    Right.ORGANIZATIONS_CORRECT: "更正组织沿革里的差错",
    Right.EXCLUSIONS_READ: "看近亲属回避检查",
    Right.MEMBERS_READ: "看党员名册（证号、电话遮盖）",
    Right.MEMBERS_REVEAL: "写明事由后看完整证号、电话和住址",
    Right.MEMBERS_IMPORT: "导入名册",
    Right.MEMBERS_EXPORT: "导出党员名册",
    Right.MEMBERS_EDIT: "登记和更正党员",
    Right.MEMBERS_PROPOSE: "改联系方式、报请变更党员信息",
    Right.MEMBERS_APPROVE: "核准党员信息变更",
    Right.DASHBOARD_READ: "看看板",
    Right.STATISTICS_READ: "看年度统计",
    Right.STATISTICS_FREEZE: "封存年度统计",
    Right.PARAMETERS_READ: "看规则参数",
    Right.PARAMETERS_CHANGE: "调整业务规则参数",
    Right.PARAMETERS_SECURITY: "调整安全参数",
    Right.CALENDAR_CHANGE: "维护工作日历",
    Right.AUDIT_READ: "看审计日志",
    Right.ACCOUNTS_MANAGE: "建立、停用账号，重置口令和验证器",
    Right.GRANTS_MANAGE: "授予和收回角色",
}


def rights_of(role: Role) -> list[str]:
    """The role's rights in words, in the order of the list of rights."""
    return [WORDS[right] for right in Right if right in role.rights]
