"""Forms as the look draws them: label above, why it is asked, the error beside the field and summed up on top."""

from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from typing import Any, TypeVar

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import mark_safe

from linshu.errors import Conflict, Invalid
from linshu.web.rules.widgets import WRITERS
from linshu.words import tidy

T = TypeVar("T")

# What was typed on this page before the session ended, while the page is drawn again (people.middleware sets it).
KEPT: ContextVar[Mapping[str, Sequence[str]] | None] = ContextVar("kept", default=None)

DATE_FORMATS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"]
CHOSEN = (forms.ChoiceField, forms.ModelChoiceField, forms.DateField)


class Renderer(TemplatesSetting):
    """Our templates for the form and for a field, Django's for the rarer widgets; the common ones are written as such."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        write = WRITERS.get(template_name)
        return mark_safe(write(context["widget"])) if write else super().render(template_name, context, request)  # noqa: S308 - escaped there


class DateField(forms.DateField):
    """A day, picked or typed as 2026-11-24, 2026年11月24日 or 20261124."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", DATE_FORMATS)
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)
        self.error_messages["invalid"] = "没有看懂这个日期，请写成 2026-11-24 这样。"


class NameField(forms.CharField):
    """A name as it is kept (``linshu.words.tidy``); nothing but invisible signs is nothing."""

    def to_python(self, value: Any) -> Any:
        told = super().to_python(value)
        return tidy(told) if isinstance(told, str) else told


class Look(forms.BaseForm):
    """Mix in before any form class: our templates, classes and sentences. ``status`` is what to answer with."""

    default_renderer: Any = Renderer
    use_required_attribute = False
    errors_heading = "没有提交，请先改正"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _dress(field)
        kept = KEPT.get()
        if kept and not self.is_bound:
            self._refill(kept)

    def _refill(self, kept: Mapping[str, Sequence[str]]) -> None:
        """Start with what was typed, if it was typed into this form: browsers send every field but unticked boxes."""
        data = MultiValueDict({name: list(values) for name, values in kept.items()})
        typed = {
            name: field.widget.value_from_datadict(data, MultiValueDict(), self.add_prefix(name))
            for name, field in self.fields.items()
        }
        if all(self.add_prefix(name) in kept for name, field in self.fields.items() if _is_always_sent(field)):
            self.initial.update(typed)

    @property
    def status(self) -> int:
        """422 with errors, so that scripts and tests can tell; browsers and htmx show the page all the same."""
        return 422 if self.errors else 200

    def refuse(self, error: Conflict | Invalid) -> None:
        """Put a domain error beside its fields, or on top where it names none of ours."""
        placed = [problem for problem in error.problems if problem.field in self.fields]
        for problem in placed:
            self.add_error(problem.field, problem.message)
        others = [problem.message for problem in error.problems if problem not in placed]
        for message in others or ([] if placed else [error.message]):
            self.add_error(None, message)


class Form(Look, forms.Form):
    """Base of the portal's forms."""


class VersionedForm(Form):
    """A form over what somebody else may change while it is filled in.

    ``version`` tells the service what was looked at; after a conflict the form is looked at anew.
    """

    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    def __init__(self, *args: Any, initial: Mapping[str, Any], version: str, **kwargs: Any) -> None:
        super().__init__(*args, initial={**initial, "version": version}, **kwargs)

    def look_anew(self) -> None:
        """Shown again over what was typed. Where somebody changed the thing meanwhile, each field says what stands
        there now, and the next submission is held against that."""
        if self.data.get("version") == self.initial["version"]:
            return
        for name, field in self.fields.items():
            stands = self.initial.get(name)
            if name in self.initial and name != "version" and field.has_changed(stands, self[name].data):
                self[name].help_text = f"现在登记的是 {_told(field, stands)}。"
        self.data = {**{name: self.data.get(name) for name in self.data}, "version": self.initial["version"]}


def attempt(form: Look, action: Callable[[], T]) -> T | None:
    """Run the service with a valid form; None where the form or the domain refuses, and the form then says why."""
    if not form.is_valid():
        return None
    try:
        return action()
    except (Conflict, Invalid) as error:
        form.refuse(error)
        return None


def _is_always_sent(field: forms.Field) -> bool:
    silent = (forms.CheckboxInput, forms.CheckboxSelectMultiple, forms.RadioSelect, forms.SelectMultiple)
    return not isinstance(field.widget, (*silent, forms.FileInput)) and not field.disabled


def _told(field: forms.Field, value: Any) -> str:
    """A value as the form's reader knows it."""
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        choices: Any = field.choices
        return str({str(key): word for key, word in choices}.get(str(value), "空"))
    return "空" if value in (None, "") else str(value)


def _dress(field: forms.Field) -> None:
    widget = field.widget
    if isinstance(widget, forms.Select) and not isinstance(widget, forms.RadioSelect):
        name = "form-select"
    elif isinstance(widget, (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)):
        name = "form-check-input"
    else:
        name = "form-control"
    widget.attrs["class"] = f"{widget.attrs.get('class', '')} {name}".strip()
    verb = "选择" if isinstance(field, CHOSEN) else "填写"
    field.error_messages["required"] = f"请{verb}{field.label or '这一项'}。"
    if isinstance(field, (forms.ChoiceField, forms.ModelChoiceField)):
        field.error_messages["invalid_choice"] = f"{field.label or '这一项'}里没有这个选项，请重新选择。"
