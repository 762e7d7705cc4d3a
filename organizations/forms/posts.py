"""Shapes of posts, terms and leading organisations."""

from typing import Any

from django import forms

from linshu.people.models import Person
from linshu.web.forms import DateField, Form, VersionedForm
from organizations.models import OPEN_END, Organization
from organizations.registry import Candidate

DOCUMENT_HELP = "任命、批准或指定的文件编号，如 甲街〔2026〕5号"


def document_no(*, required: bool = False) -> forms.CharField:
    """文号."""
    return forms.CharField(label="文号", max_length=60, required=required, help_text=DOCUMENT_HELP)


def reason() -> forms.CharField:
    """事由."""
    return forms.CharField(label="事由", max_length=200, help_text="写进审计日志，供以后核对")


def person_choices(candidates: list[Candidate]) -> list[tuple[str, str]]:
    """Name, and in brackets what tells namesakes apart."""
    return [(str(each.person_id), f"{each.name}（{each.remark}）" if each.remark else each.name) for each in candidates]


class AppointForm(Form):
    """Whom to give which title from when."""

    person = forms.ChoiceField(label="任职人", help_text="书记、委员须是正式党员；人多时先在上面按姓名查")
    title = forms.ChoiceField(label="职务")
    on = DateField(label="任职日", help_text="从这一天起任职，不能晚于今天")
    document_no = document_no()

    def __init__(self, *args: Any, candidates: list[Candidate], titles: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "请选择"), *person_choices(candidates)]  # type: ignore[attr-defined]
        self.fields["title"].choices = [(title, title) for title in titles]  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return self.cleaned_data | {"person": Person.objects.get(pk=self.cleaned_data["person"])}


class EndForm(Form):
    """From which day on something no longer holds, and why."""

    on = DateField(label="自哪天起", help_text="从这一天起不再任职或不再有效，不能晚于今天")
    reason = reason()


class CorrectPostForm(VersionedForm):
    """What a post should have been registered as."""

    title = forms.ChoiceField(label="职务")
    valid_from = DateField(label="任职日")
    valid_to = DateField(label="免职日", required=False, help_text="仍在任的不填")
    document_no = document_no()
    reason = reason()

    def __init__(self, *args: Any, titles: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].choices = [(title, title) for title in titles]  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes: no end is the open end."""
        return self.cleaned_data | {"valid_to": self.cleaned_data["valid_to"] or OPEN_END}


class TermForm(Form):
    """When a term began."""

    on = DateField(label="本届起始日", help_text="选举产生的日期；届满日由规则算出，不顺延")
    document_no = document_no()


class ExtendForm(Form):
    """Until when an election is put off."""

    to = DateField(label="延期至", help_text="不超过规则参数规定的最长延期，须经上级批准")
    document_no = document_no(required=True)


class LeadForm(Form):
    """Which branch leads the community from when."""

    branch = forms.ModelChoiceField(label="牵头支部", queryset=Organization.objects.none(), empty_label="请选择")
    on = DateField(label="自哪天起", help_text="原来的指定同日终止")
    document_no = document_no(required=True)

    def __init__(self, *args: Any, branches: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch"].queryset = branches  # type: ignore[attr-defined]
