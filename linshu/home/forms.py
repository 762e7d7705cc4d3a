"""The filter of the list of what is owed."""

from django import forms

from linshu.figures.registry import Looks, checks
from linshu.home.rules.urgency import TABS
from linshu.scope import Right
from linshu.web.forms import Form
from organizations.providers import readings
from organizations.rules.kinds import COMMUNITIES


class TodoFilter(Form):
    """Where, and which rule; the tab goes along. What is not on offer is as good as not chosen."""

    when = forms.ChoiceField(choices=[("", ""), *TABS.items()], required=False, widget=forms.HiddenInput)
    organization = forms.TypedChoiceField(label="社区", coerce=int, empty_value=None, required=False)
    check = forms.ChoiceField(label="规则检查", required=False)

    def __init__(self, data: object, looks: Looks) -> None:
        super().__init__(data)
        nodes = readings.of_kinds(looks.under(Right.ORGANIZATIONS_READ), COMMUNITIES)
        places = [(node.pk, node.short_name) for node in nodes]
        self.several = len(places) > 1
        self.fields["organization"].choices = [("", "全部社区"), *places]  # type: ignore[attr-defined]
        names = [(each.code, each.name) for each in checks() if looks.actor.may(each.right)]
        self.fields["check"].choices = [("", "全部事项"), *names]  # type: ignore[attr-defined]
        for name in ("organization", "check"):
            self.fields[name].widget.attrs["aria-label"] = self.fields[name].label
        self.is_valid()

    @property
    def place(self) -> int | None:
        """The community chosen; None for all of them, and for nonsense."""
        return self.cleaned_data.get("organization")

    @property
    def rule(self) -> str:
        """Code of the rule check chosen, if any."""
        return self.cleaned_data.get("check") or ""
