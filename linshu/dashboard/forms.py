"""What the address of a dashboard says: place and day, order, and what the list of findings is narrowed to."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from linshu.dashboard.rules.comparing import HEADS, LEVELS
from linshu.errors import Invalid, Problem
from linshu.figures.registry import checks, figure
from linshu.parameters.models import SEEDED_FROM
from linshu.web.forms import DateField, Form

LARGEST_ID = 2**63 - 1
SORTS = [f"{sign}{code}" for code in (*HEADS, *LEVELS) for sign in ("", "-")]


class BoardForm(Form):
    """Where and when; an order that nobody offers is as good as none."""

    organization = forms.IntegerField(label="范围", required=False, min_value=1, max_value=LARGEST_ID)
    as_of = DateField(label="看某一天", required=False)
    sort = forms.CharField(required=False)
    cards = forms.CharField(required=False)

    def clean_as_of(self) -> date:
        """Today where no day is named; rules begin with the first version of the parameters."""
        today = timezone.localdate()
        day: date = self.cleaned_data["as_of"] or today
        if not SEEDED_FROM <= day <= today:
            raise ValidationError(
                f"请选 {SEEDED_FROM} 以后、今天以前的日期：以后的还没有发生，再以前的没有规则可以对照。"
            )
        return day

    def clean_sort(self) -> str:
        given: str = self.cleaned_data["sort"]
        return given if given in SORTS else ""

    def clean_cards(self) -> bool:
        """Everything with the page, for browsers without script; an order by what comes later needs it at once."""
        code = self.cleaned_data.get("sort", "").removeprefix("-")
        return self.cleaned_data["cards"] == "1" or code in set(LEVELS) or (code in HEADS and figure(code).deferred)

    def told(self) -> "BoardForm":
        """Itself, understood; Invalid with every problem."""
        if not self.is_valid():
            problems = [Problem(name, str(each)) for name, errors in self.errors.items() for each in errors]
            raise Invalid(
                "网址里的条件不对，没有统计：" + "".join(each.message for each in problems), problems=problems
            )
        return self


class FindingsForm(BoardForm):
    """And of which check, at which level, in which order; what is not on offer is as good as not asked."""

    code = forms.CharField(required=False)
    level = forms.CharField(required=False)
    by = forms.CharField(required=False)

    def clean_code(self) -> str:
        given: str = self.cleaned_data["code"]
        return given if given in {each.code for each in checks()} else ""

    def clean_level(self) -> str:
        given: str = self.cleaned_data["level"]
        return given if given in set(LEVELS) else ""

    def clean_by(self) -> str:
        return "place" if self.cleaned_data["by"] == "place" else ""
