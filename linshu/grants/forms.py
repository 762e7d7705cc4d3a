"""Shapes of what the security administrator fills in."""

from django import forms

from linshu.grants.rules.roles import ROLES
from linshu.web.forms import DateField, Form


class GiveForm(Form):
    """A role, where, from when to when, and why."""

    role = forms.ChoiceField(
        label="角色", choices=[("", "请选择")] + [(role.code, role.name) for role in ROLES.values()]
    )
    organization = forms.CharField(
        label="组织", max_length=120, help_text="写组织编码或名称；权限管到它和它的全部下级。安全类角色授在县一级"
    )
    valid_from = DateField(label="起始日")
    valid_to = DateField(label="截止日", required=False, help_text="到这一天就没有权限了；长期的不填")
    reason = forms.CharField(label="依据", max_length=200, help_text="任职文件或书面申请，至少 5 个字，记入审计日志")


class EndForm(Form):
    """From which day on a grant no longer holds, and why."""

    on = DateField(label="从哪一天起收回")
    reason = forms.CharField(label="依据", max_length=200, help_text="免职、调离等，至少 5 个字，记入审计日志")


class LinkForm(Form):
    """Which person an account is."""

    id_number = forms.CharField(
        label="公民身份号码", max_length=18, help_text="与账号姓名都相符才能对应；只用来核对，不显示、不另存",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
