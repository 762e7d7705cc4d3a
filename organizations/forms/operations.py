"""Shapes of the operations on nodes. Rules are judged by the services; here only what can be typed."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from linshu.web.forms import DateField, Form, NameField
from organizations.models import OPEN_END, Organization, OrganizationPeriod
from organizations.registry import Carried
from organizations.rules.kinds import GROUP_KINDS, KINDS, Kind
from organizations.rules.periods import Period
from organizations.services.changes import NodeData
from organizations.services.correction import Correction
from organizations.services.merging import Part


class NodeChoice(forms.ModelChoiceField):
    """A node by its full name and code."""

    def label_from_instance(self, obj: Organization) -> str:
        return f"{obj.name}（{obj.code}）"


class DayForm(Form):
    """Which day to look at."""

    as_of = DateField(label="要看的日期", help_text="显示这一天的党组织树和按这一天统计的数字")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_as_of(self) -> date:
        day: date = self.cleaned_data["as_of"]
        if day > self.today:
            raise forms.ValidationError(f"日期晚于今天（{self.today}），还没有情况可看。请改成今天或更早的日期。")
        return day


class OperationForm(Form):
    """What every operation asks for; ``words()`` are the service's common arguments."""

    on = DateField(label="变动日期", help_text="从这一天起按新情况统计，不能晚于今天")
    reason = forms.CharField(label="事由", max_length=200, help_text="写入沿革和审计日志")
    document_no = forms.CharField(
        label="文号", max_length=60, required=False, help_text="批复或通知的文号，如 临街发〔2026〕5号"
    )

    field_order: Iterable[str] | None = None

    def words(self) -> dict[str, Any]:
        """on, reason, document_no."""
        return {name: self.cleaned_data[name] for name in ("on", "reason", "document_no")}

    def arguments(self) -> dict[str, Any]:
        """Keyword arguments of the service."""
        return self.words()


class NamesForm(OperationForm):
    """Names of a node."""

    name = NameField(label="全称", max_length=120)
    short_name = NameField(label="简称", max_length=60, help_text="用在党组织树和名册里")
    field_order = ["name", "short_name", "on", "reason", "document_no"]

    def arguments(self) -> dict[str, Any]:
        return self.words() | {name: self.cleaned_data[name] for name in ("name", "short_name")}


class EstablishForm(NamesForm):
    """A new node below another."""

    kind = forms.ChoiceField(label="组织类型")
    group_kind = forms.ChoiceField(
        label="党小组类别", required=False, choices=[("", "不是党小组"), *GROUP_KINDS.items()]
    )
    code = forms.CharField(label="组织编码", max_length=40, help_text="全县唯一，撤销后也不再用")
    field_order = ["kind", "group_kind", "code", "name", "short_name", "on", "reason", "document_no"]

    def __init__(self, *args: Any, kinds: Iterable[Kind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = list(kinds)
        self.fields["kind"].choices = [(kind.value, KINDS[kind].label) for kind in offered]  # type: ignore[attr-defined]
        if offered == [Kind.GROUP]:
            self.fields["kind"].widget = forms.HiddenInput()
            self.fields["kind"].initial = Kind.GROUP.value
            self.fields["group_kind"].choices = list(GROUP_KINDS.items())  # type: ignore[attr-defined]
            self.fields["group_kind"].required = True

    def arguments(self) -> dict[str, Any]:
        given = self.cleaned_data
        kind = Kind(given["kind"])
        return self.words() | {
            "data": NodeData(given["code"], given["name"], given["short_name"], kind, given["group_kind"])
        }


class MoveForm(OperationForm):
    """A new parent."""

    parent = NodeChoice(label="新的上级组织", queryset=Organization.objects.none(), empty_label="请选择")
    field_order = ["parent", "on", "reason", "document_no"]

    def __init__(self, *args: Any, parents: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = parents  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        return self.words() | {"parent": self.cleaned_data["parent"]}


class MergeForm(OperationForm):
    """Which node goes on."""

    target = NodeChoice(label="并入哪个组织", queryset=Organization.objects.none(), empty_label="请选择")
    field_order = ["target", "on", "reason", "document_no"]

    def __init__(self, *args: Any, targets: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].queryset = targets  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        return self.words() | {"target": self.cleaned_data["target"]}


class SplitForm(NamesForm):
    """One node split off, with the children and members it takes."""

    code = forms.CharField(label="新组织编码", max_length=40, help_text="全县唯一，撤销后也不再用")
    children = forms.TypedMultipleChoiceField(
        label="随迁的下级", required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    keys = forms.MultipleChoiceField(label="随迁的党员", required=False, widget=forms.CheckboxSelectMultiple)
    field_order = ["code", "name", "short_name", "children", "keys", "on", "reason", "document_no"]

    def __init__(self, *args: Any, children: Iterable[Period], rows: Iterable[Carried], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "children": [(child.node, child.name) for child in children],
            "keys": [(row.key, row.label) for row in rows],
        }
        for name, options in choices.items():
            if options:
                self.fields[name].choices = options  # type: ignore[attr-defined]
            else:
                del self.fields[name]

    def arguments(self) -> dict[str, Any]:
        given = self.cleaned_data
        part = Part(given["code"], given["name"], given["short_name"], given.get("children", ()), given.get("keys", ()))
        return self.words() | {"parts": [part]}


class CorrectForm(Form):
    """What a period should have said."""

    name = NameField(label="全称", max_length=120)
    short_name = NameField(label="简称", max_length=60)
    parent = NodeChoice(label="上级组织", queryset=Organization.objects.none(), required=False, empty_label="没有上级")
    valid_from = DateField(label="起始日", help_text="上一段沿革的截止日随之更正")
    valid_to = DateField(label="撤销日", required=False, help_text="没有撤销的不填；只有最后一段可以改")
    group_kind = forms.ChoiceField(label="党小组类别", choices=[("", "请选择"), *GROUP_KINDS.items()])
    document_no = forms.CharField(label="文号", max_length=60, required=False)
    reason = forms.CharField(label="更正原因", max_length=200, help_text="原来的内容和更正原因留在审计日志里")

    def __init__(self, *args: Any, parents: Any, period: OrganizationPeriod, **kwargs: Any) -> None:
        initial = {
            "name": period.name,
            "short_name": period.short_name,
            "parent": period.parent_id,
            "valid_from": period.valid_from,
            "valid_to": None if period.valid_to == OPEN_END else period.valid_to,
            "group_kind": period.group_kind,
            "document_no": period.document_no,
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.period = period
        if period.kind != Kind.GROUP:
            del self.fields["group_kind"]
        self.fields["parent"].queryset = parents  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        given = self.cleaned_data
        parent = given["parent"]
        correction = Correction(
            given["name"], given["short_name"], parent.pk if parent else None, given["valid_from"],
            given["valid_to"], given["document_no"], given.get("group_kind", ""),
        )  # fmt: skip
        return {"valid_from": self.period.valid_from, "correction": correction, "reason": given["reason"]}
