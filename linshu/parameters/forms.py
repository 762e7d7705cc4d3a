"""Forms of a dated version."""

from typing import Any

from django import forms

from linshu.parameters.rules.definitions import Definition, ValueKind
from linshu.web.forms import DateField, Form


class VersionForm(Form):
    """A new value, from a day on."""

    value = forms.CharField(label="新值", max_length=40)
    effective_from = DateField(label="生效日", help_text="今天或以后；已经办过的事项不追溯。")
    basis = forms.CharField(label="依据", max_length=200, help_text="文件名称和文号，或法律条文。")
    reason = forms.CharField(label="调整原因", max_length=200)

    def __init__(self, *args: Any, definition: Definition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].help_text = bounds(definition)


class WithdrawForm(Form):
    """Why a version is taken back."""

    version_id = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label="撤销原因", max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="id_withdraw_%s", **kwargs)  # stands beside the other form


def bounds(definition: Definition) -> str:
    """What may be typed, in words."""
    if definition.kind == ValueKind.CHOICE:
        return "可填：" + "；".join(f"{code}（{label}）" for code, label in definition.choices) + "。"
    unit = f"单位：{definition.unit}。" if definition.unit else ""
    return f"{unit}{definition.shape}" + (
        f"范围 {definition.minimum} 到 {definition.maximum}。" if definition.maximum is not None else ""
    )
