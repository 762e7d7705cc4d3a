"""Which year of which county is frozen, and why again."""

from typing import Any

from django import forms

from linshu.web.forms import Form
from organizations.models import Organization

YEARS = 10


class FreezeForm(Form):
    """A year that has ended."""

    organization = forms.ModelChoiceField(label="县", queryset=Organization.objects.none(), empty_label=None)
    year = forms.TypedChoiceField(label="年度", coerce=int)
    reason = forms.CharField(
        label="重新封存的事由", max_length=200, required=False,
        help_text="第一次封存不用填。已封存过的年度再次封存须写明原因，原来的版本保留。",
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, counties: Any, this_year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = counties  # type: ignore[attr-defined]
        years = range(this_year - 1, this_year - 1 - YEARS, -1)
        self.fields["year"].choices = [(year, f"{year} 年（12 月 31 日）") for year in years]  # type: ignore[attr-defined]
