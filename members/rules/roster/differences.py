"""What a registered member or organisation says otherwise than the file."""

from dataclasses import fields

from members.rules.roster.shape import MemberRow, OrganizationRow

MEMBER_COLUMNS = {
    "name": "姓名", "sex": "性别", "ethnicity": "民族", "education": "学历", "joined_on": "入党日期",
    "full_on": "转正日期", "category": "人员类别", "branch_code": "所在党组织编码", "group_code": "党小组编码",
    "posts": "党内职务", "phone": "联系电话", "address": "现居住地", "is_mobile": "是否流动党员", "destination": "流向",
    "note": "备注",
}  # fmt: skip
ORGANIZATION_COLUMNS = {
    "name": "组织全称", "kind": "组织类型", "parent_code": "上级组织编码", "established_on": "成立日期",
    "term_from": "本届起始日期", "term_years": "任期(年)",
}  # fmt: skip


def names_of_member(row: MemberRow, registered: MemberRow) -> list[str]:
    """Fields in which the file differs, of those it states; posts are compared as a set."""
    return [
        name
        for name, column in MEMBER_COLUMNS.items()
        if column in row.stated and _comparable(getattr(row, name)) != _comparable(getattr(registered, name))
    ]


def of_organization(row: OrganizationRow, registered: OrganizationRow) -> list[str]:
    """Columns in which the file differs; a term that the file leaves out is not compared."""
    given = [field.name for field in fields(row) if field.name in ORGANIZATION_COLUMNS]
    return [
        ORGANIZATION_COLUMNS[name]
        for name in given
        if getattr(row, name) != getattr(registered, name)
        and not (name.startswith("term_") and getattr(row, name) is None)
    ]


def _comparable(value: object) -> object:
    return frozenset(value) if isinstance(value, tuple) else value
