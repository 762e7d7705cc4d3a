"""The filter of the audit page."""

from django import forms

from linshu.audit import registry
from linshu.audit.querysets import EventQuerySet
from linshu.web.forms import DateField, Form


class FilterForm(Form):
    """Everything may be left out; ``apply`` narrows the events by what was given."""

    type = forms.ChoiceField(label="事件", required=False)
    actor = forms.CharField(label="操作人", required=False, max_length=80)
    since = DateField(label="起始日", required=False)
    until = DateField(label="截止日", required=False)
    organization = forms.IntegerField(label="组织编号", required=False, min_value=1)
    subject = forms.CharField(label="对象", required=False, max_length=60)
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        types: forms.ChoiceField = self.fields["type"]  # type: ignore[assignment]
        types.choices = [("", "全部事件"), *registry.types()]
        for name, field in self.fields.items():
            field.widget.attrs |= {"aria-label": field.label or name, "placeholder": field.label or ""}

    def apply(self, events: EventQuerySet) -> EventQuerySet:
        """The chosen events, newest first, from where the page before ended."""
        wanted = self.cleaned_data
        exact = {"type": wanted["type"], "actor_name__icontains": wanted["actor"]}
        events = events.filter(**{field: value for field, value in exact.items() if value})
        events = events.between(wanted["since"], wanted["until"])
        if wanted["subject"]:
            events = events.filter(subject_label__icontains=wanted["subject"])
        if wanted["organization"]:
            events = events.below(wanted["organization"])
        return events.before(wanted["before"])
