"""Shape of a grid."""

from typing import Any

from django import forms

from linshu.people.models import Person
from linshu.web.forms import DateField, Form, VersionedForm
from organizations.forms.posts import person_choices
from organizations.models import Organization
from organizations.registry import Candidate
from organizations.services.grids import GridData


class GridForm(Form):
    """What describes a grid."""

    number = forms.CharField(label="编号", max_length=20, help_text="本社区内不重复，如 01")
    bounds = forms.CharField(label="四至", max_length=200, help_text="东、南、西、北各到哪里")
    households = forms.IntegerField(label="户数", min_value=0, max_value=100000)
    buildings = forms.CharField(label="楼栋", max_length=200, required=False)
    leader = forms.ChoiceField(label="网格长", required=False)
    worker = forms.ChoiceField(label="专职网格员", required=False)
    party_organization = forms.ModelChoiceField(
        label="所属支部或党小组", queryset=Organization.objects.none(), required=False, empty_label="还没有落实"
    )

    def __init__(self, *args: Any, candidates: list[Candidate], party: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("leader", "worker"):
            self.fields[name].choices = [("", "还没有落实"), *person_choices(candidates)]  # type: ignore[attr-defined]
        self.fields["party_organization"].queryset = party  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        """What the services take."""
        return {"data": self._grid()}

    def _grid(self) -> GridData:
        data = self.cleaned_data
        people = Person.objects.in_bulk([int(data[name]) for name in ("leader", "worker") if data[name]])
        return GridData(
            number=data["number"],
            bounds=data["bounds"],
            households=data["households"],
            buildings=data["buildings"],
            leader=people[int(data["leader"])] if data["leader"] else None,
            worker=people[int(data["worker"])] if data["worker"] else None,
            party_organization=data["party_organization"],
        )


class ChangeGridForm(VersionedForm, GridForm):
    """A grid as it is now."""

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return super().values | {"version": self.cleaned_data["version"]}


class CreateGridForm(GridForm):
    """A grid and its first day."""

    on = DateField(label="划定日期", help_text="不能晚于今天")

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return super().values | {"on": self.cleaned_data["on"]}
