"""The filter above the register, and the reason for seeing a number in full."""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from linshu.errors import Invalid
from linshu.people.rules import id_number
from linshu.people.rules.education import NAMES
from linshu.web.forms import DateField, Form
from members.models import Category, Membership
from members.querysets import SORTS, MembershipQuerySet
from members.rules.ages import BANDS, ELDERLY
from members.services import lines
from members.services.exporting import Selection
from members.services.importing.assigning import Unknown
from members.services.revealing import SEALED
from organizations.models import Organization
from organizations.providers.readings import Node

PAGE_SIZES = (20, 50, 100)
BY_NUMBER = "number"
RARE = ("sex", "age", "education", "as_of")  # conditions folded away
MOBILE = [("yes", "流动党员"), ("no", "在本地")]
SEXES = [("1", "男"), ("2", "女")]
AGES = [(each.code, each.name) for each in (ELDERLY, *BANDS)]
EDUCATIONS = [*NAMES.items()]
CONDITIONS = ("category", "mobile", "sex", "age", "education")


class RegisterFilter(Form):
    """What the address of the register says: place, words, filters, order, page."""

    errors_heading = "没有查询，请先改正"

    q = forms.CharField(label="查党员", required=False, max_length=60)
    organization = forms.IntegerField(required=False, widget=forms.HiddenInput)
    branch = forms.TypedChoiceField(label="下级组织", required=False, coerce=int, empty_value=None)
    category = forms.ChoiceField(label="类别", required=False, choices=[("", "正式和预备"), *Category.choices])
    mobile = forms.ChoiceField(label="流动", required=False, choices=[("", "在本地和流动"), *MOBILE])
    sex = forms.ChoiceField(label="性别", required=False, choices=[("", "男和女"), *SEXES])
    age = forms.ChoiceField(label="年龄", required=False, choices=[("", "全部年龄"), *AGES])
    education = forms.ChoiceField(label="学历", required=False, choices=[("", "全部学历"), *EDUCATIONS])
    as_of = DateField(label="看某一天", required=False)
    sort = forms.ChoiceField(required=False, choices=[(name, name) for name in SORTS], widget=forms.HiddenInput)
    page_size = forms.TypedChoiceField(
        label="每页",
        required=False,
        coerce=int,
        empty_value=PAGE_SIZES[0],  # type: ignore[arg-type]
        choices=[(n, f"每页 {n} 人") for n in PAGE_SIZES],
    )
    by = forms.ChoiceField(required=False, choices=[(BY_NUMBER, BY_NUMBER)], widget=forms.HiddenInput)

    def __init__(self, *args: Any, branches: Iterable[Organization | Node] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch"].choices = [("", "全部下级组织"), *((each.pk, each.place) for each in branches)]  # type: ignore[attr-defined]
        for name, field in self.fields.items():
            if name not in ("organization", "sort", "by"):
                field.widget.attrs["aria-label"] = field.label
        self.fields["q"].widget.attrs["placeholder"] = "姓名、拼音首字母、手机尾号或证号"

    @property
    def unfolded(self) -> bool:
        """Is one of the rarely used conditions given?"""
        return any(self.data.get(name) for name in RARE) or self.rows_a_page != PAGE_SIZES[0]

    @property
    def rows_a_page(self) -> int:
        """Rows a page; the default while the form is wrong."""
        size: int = self.cleaned_data.get("page_size") or PAGE_SIZES[0] if self.is_valid() else PAGE_SIZES[0]
        return size

    def clean_q(self) -> str:
        """An identity number never stands in an address: addresses end in histories and logs."""
        words = self.cleaned_data["q"].strip()
        if id_number.resembles(words):
            raise ValidationError("证号不能写在网址里。请在本页的搜索框填写证号再查，系统不会把它留在网址和日志中。")
        return words

    def clean_as_of(self) -> date:
        day = self.cleaned_data["as_of"] or timezone.localdate()
        if day > timezone.localdate():
            raise ValidationError("还没有到这一天，请选今天或以前的日期。")
        return day

    def apply(self, rows: MembershipQuerySet, *, number_index: str) -> MembershipQuerySet:
        """The rows the address asks for, in its order; ``number_index`` stands in for a number searched by."""
        told = self.cleaned_data
        if told["branch"]:
            rows = rows.below(told["branch"], told["as_of"])
        if told["by"]:
            rows = rows.numbered(number_index)
        if told["q"]:
            rows = rows.matching(told["q"])
        rows = rows.filtered(day=told["as_of"], **{name: told[name] for name in CONDITIONS})
        return rows.sorted(told["sort"] or "name")

    def selection(self, place: Organization | None, found: Membership | None = None) -> Selection:
        """The same rows for an export, with the conditions in words; ``found`` is who was searched by his number."""
        told = self.cleaned_data
        filters = {name: told[name] for name in ("branch", "q", "sort", *CONDITIONS) if told[name]}
        words = [f"查“{told['q']}”"] if told["q"] else []
        if found:
            filters["person"] = found.person_id
            words.append(f"按证号查到的{found.person}")
        for name in ("branch", *CONDITIONS):
            if told[name]:
                words.append(f"{self.fields[name].label}：{dict(self.fields[name].choices)[told[name]]}")  # type: ignore[attr-defined]
        return Selection(told["as_of"], place, filters, tuple(words))


class RevealForm(Form):
    """What is to be seen in full, and why; kept in the audit log."""

    field = forms.ChoiceField(label="要看的内容", choices=[*SEALED.items()])
    reason = forms.CharField(
        label="事由", max_length=200, min_length=5, help_text="写明因何事、为谁查看。事由和您的姓名会记入审计日志。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class ExportForm(Form):
    """Why a part of the register is taken out; kept in the file and in the audit log."""

    reason = forms.CharField(
        label="事由", max_length=200, min_length=5, help_text="写明因何事、交给谁。事由写进文件的“导出说明”，也记入审计日志。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class ImportForm(Form):
    """The roster to be read."""

    errors_heading = "没有上传，请先改正"

    file = forms.FileField(
        label="名册文件",
        help_text=f"Excel（.xlsx）或文本表格（.csv），不超过 {lines.MOST_BYTES // lines.MEGABYTE} MB。用模板填的、自己的表格都可以。",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].error_messages |= {
            "required": "请选择要导入的文件。",
            "empty": "文件是空的。请重新选择填好的名册。",
        }

    def clean_file(self) -> dict[str, Any]:
        """Name and content, once nothing can be said against the file unread."""
        file = self.cleaned_data["file"]
        try:
            if file.size > lines.MOST_BYTES:
                raise lines.too_large()
            content = file.read()
            lines.check_file(content, file.name)
        except Invalid as error:
            raise ValidationError(error.message) from error
        return {"name": file.name, "content": content}


class AssignForm(Form):
    """For each text that names no branch, or several: the one it means. Left open, the rows stay as they are."""

    errors_heading = "没有重新核对"

    def __init__(self, *args: Any, unknown: Iterable[Unknown], **kwargs: Any) -> None:
        unknown = list(unknown)
        self.texts = {_place(each.text): each.text for each in unknown}
        self.base_fields = {_place(each.text): _branch(each) for each in unknown}  # type: ignore[misc]  # of this file
        super().__init__(*args, **kwargs)

    @property
    def branches(self) -> dict[str, str]:
        """The codes that were chosen, by text."""
        return {text: self.cleaned_data[name] for name, text in self.texts.items() if self.cleaned_data[name]}


def _place(text: str) -> str:
    """The name of the field of a text: the same however many others there are."""
    return f"branch-{sha256(text.encode()).hexdigest()[:12]}"


def _branch(unknown: Unknown) -> forms.ChoiceField:
    near, others = ([(code, f"{code} {name}") for code, name in each] for each in (unknown.near, unknown.others))
    choices: list[Any] = [("", "不指定，改文件后再导入"), *near]
    if others:
        choices.append(("其他支部" if near else "支部", others))
    label = f"“{unknown.text}”（{unknown.rows} 行）"
    return forms.ChoiceField(label=label, choices=choices, required=False)


class ConfirmForm(Form):
    """How to write what the preview shows."""

    errors_heading = "没有写入"

    all_or_nothing = forms.BooleanField(label="全部成功才写入", required=False)
