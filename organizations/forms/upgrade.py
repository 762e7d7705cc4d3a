"""Shapes of the steps of a 升格."""

from typing import Any

from django import forms

from linshu.people.models import Person
from linshu.web.forms import DateField, Form, NameField
from organizations.forms.posts import person_choices
from organizations.registry import Candidate
from organizations.rules.kinds import Kind
from organizations.rules.periods import Period
from organizations.rules.posts import TITLES
from organizations.rules.upgrade import BranchPlan

INTO = "into_"
STAYS = ""


def _on(label: str, help_text: str = "不能晚于今天") -> DateField:
    return DateField(label=label, help_text=help_text)


def dress(form: Form) -> None:
    """Fields added after the form was made get the look of the others."""
    for field in form.fields.values():
        name = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
        field.widget.attrs.setdefault("class", name)


class StepForm(Form):
    """A step whose fields are the service's arguments."""

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class ProposeForm(StepForm):
    """建议."""

    reason = forms.CharField(label="理由", max_length=200, help_text="党员人数、片区划分和需要")
    despite_fewer = forms.BooleanField(
        label="党员没有超过规定人数，确因工作需要", required=False, help_text="党员超过规定人数的不用勾选"
    )
    on = _on("建议日期")


class DocumentForm(StepForm):
    """A step that stands on a document."""

    document_no = forms.CharField(label="文号", max_length=60, help_text="街道批复或备案的文号，如 临街发〔2026〕5号")
    on = _on("日期", "文件的日期，不能晚于今天")


class WithdrawForm(StepForm):
    """撤回."""

    reason = forms.CharField(label="撤回原因", max_length=200, help_text="写入审计日志")


class BuildForm(Form):
    """Names of the 总支, and for every 社区党支部 its new names or the branch it goes into."""

    name = NameField(label="总支全称", max_length=120, help_text="如 中共振兴社区总支部委员会")
    short_name = NameField(label="总支简称", max_length=60)
    on = _on("升格日期", "不早于批复日期，不能晚于今天；应在规定期限内选举")

    def __init__(self, *args: Any, branches: list[Period], full: dict[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.branches = branches
        for branch in branches:
            others = [(str(each.node), f"并入{each.name}") for each in branches if each != branch]
            self.fields[f"{INTO}{branch.node}"] = forms.ChoiceField(
                label=f"{branch.name}（正式党员 {full.get(branch.node, 0)} 名）",
                required=False,
                choices=[(STAYS, "改为片区党支部"), *others],
            )
            for field, label, length in (("name_", "改为后的全称", 120), ("short_", "改为后的简称", 60)):
                self.fields[f"{field}{branch.node}"] = NameField(
                    label=f"{branch.short_name}{label}",
                    max_length=length,
                    required=False,
                    help_text="并入别的支部的不填",
                )
        dress(self)

    def arguments(self) -> dict[str, Any]:
        given = self.cleaned_data
        plans = []
        for branch in self.branches:
            into = given[f"{INTO}{branch.node}"]
            if into:
                plans.append(BranchPlan(branch.node, into=int(into)))
            else:
                plans.append(BranchPlan(branch.node, given[f"name_{branch.node}"], given[f"short_{branch.node}"]))
        return {name: given[name] for name in ("name", "short_name", "on")} | {"branches": plans}


class ElectForm(Form):
    """Who was elected to which post of the 总支."""

    on = _on("选举日期")
    document_no = forms.CharField(label="选举结果文号", max_length=60, help_text="选举结果报告的文号")

    def __init__(self, *args: Any, people: list[Candidate], **kwargs: Any) -> None:
        choices = person_choices(people)
        super().__init__(*args, **kwargs)
        self.titles = {f"title_{place}": spec for place, spec in enumerate(TITLES[Kind.GENERAL_BRANCH])}
        for name, spec in self.titles.items():
            self.fields[name] = (
                forms.ChoiceField(label=spec.title, required=False, choices=[("", "没有选出"), *choices])
                if spec.most == 1
                else forms.MultipleChoiceField(label=spec.title, required=False, choices=choices)
            )
        dress(self)

    def arguments(self) -> dict[str, Any]:
        given = self.cleaned_data
        results = []
        for name, spec in self.titles.items():
            chosen = given[name] if isinstance(given[name], list) else [given[name]]
            results += [(spec.title, int(pk)) for pk in chosen if pk]
        people = Person.objects.in_bulk([pk for _, pk in results])
        return {
            "on": given["on"],
            "document_no": given["document_no"],
            "results": [(title, people[pk]) for title, pk in results],
        }
