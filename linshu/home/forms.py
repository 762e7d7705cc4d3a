"""The filter of the list of what is owed."""

from django import forms

from linshu.figures.registry import Looks, checks
from linshu.home.rules.urgency import TABS
from linshu.scope import Right
from linshu.web.forms import Form
from organizations.providers import readings
from organizations.rules.kinds import COMMUNITIES, Kind

LEVELS = (("社区", COMMUNITIES), ("街道", frozenset({Kind.STREET})), ("县", frozenset({Kind.COUNTY})))
MOST_CHOICES = 200


def _places(looks: Looks) -> tuple[str, list[tuple[int, str]]]:
    """The communities; where they are too many to choose from, what stands above them."""
    look = looks.under(Right.ORGANIZATIONS_READ)
    levels = [(label, readings.of_kinds(look, kinds)) for label, kinds in LEVELS]
    label, nodes = next((each for each in levels if len(each[1]) <= MOST_CHOICES), levels[-1])
    return label, [(node.pk, node.short_name) for node in nodes]


class TodoFilter(Form):
    """Where, and which rule; the tab goes along. What is not on offer is as good as not chosen."""

    when = forms.ChoiceField(choices=[("", ""), *TABS.items()], required=False, widget=forms.HiddenInput)
    organization = forms.TypedChoiceField(coerce=int, empty_value=None, required=False)
    check = forms.ChoiceField(label="规则检查", required=False)

    def __init__(self, data: object, looks: Looks) -> None:
        super().__init__(data)
        label, places = _places(looks)
        self.several = len(places) > 1
        self.fields["organization"].label = label
        self.fields["organization"].choices = [("", f"全部{label}"), *places]  # type: ignore[attr-defined]
        names = [(each.code, each.name) for each in checks() if looks.actor.may(each.right)]
        self.fields["check"].choices = [("", "全部事项"), *names]  # type: ignore[attr-defined]
        for name in ("organization", "check"):
            self.fields[name].widget.attrs["aria-label"] = self.fields[name].label
        self.is_valid()

    @property
    def place(self) -> int | None:
        """The place chosen; None for all of them, and for nonsense."""
        return self.cleaned_data.get("organization")

    @property
    def rule(self) -> str:
        """Code of the rule check chosen, if any."""
        return self.cleaned_data.get("check") or ""
