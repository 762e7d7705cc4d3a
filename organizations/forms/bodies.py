"""Shapes of bodies, seats and declarations."""

from typing import Any

from django import forms

from linshu.people.models import Person, Relation, Sex
from linshu.web.forms import DateField, Form, NameField
from organizations.forms.posts import document_no, person_choices
from organizations.registry import Candidate
from organizations.rules.bodies import BODIES, BodyKind
from organizations.services.residents import Resident


class EstablishBodyForm(Form):
    """Which body, since when."""

    kind = forms.ChoiceField(label="机构")
    on = DateField(label="成立日", help_text="本届从这一天起算")
    document_no = document_no()

    def __init__(self, *args: Any, kinds: list[BodyKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, BODIES[kind].label) for kind in kinds]  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return self.cleaned_data | {"kind": BodyKind(self.cleaned_data["kind"])}


class SeatForm(Form):
    """Who sits: somebody known here, or a resident typed in."""

    person = forms.ChoiceField(
        label="从已登记的人员中选", required=False, help_text="本社区党员和各机构成员；都不是的，在下面登记居民"
    )
    name = NameField(label="居民姓名", max_length=60, required=False)
    sex = forms.ChoiceField(label="性别", choices=[("", "请选择"), *Sex.choices], required=False)
    birth_date = DateField(label="出生日期", required=False)
    id_number = forms.CharField(
        label="公民身份号码", max_length=18, required=False, help_text="填了就不会把同一个人登记两次；加密保存"
    )
    title = forms.ChoiceField(label="职务")
    constituency = forms.CharField(label="居民小组", max_length=40, required=False, help_text="居民代表必填")
    on = DateField(label="任职日", help_text="不早于本届起始日，不晚于今天")

    def __init__(self, *args: Any, candidates: list[Candidate], titles: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "不选，登记居民"), *person_choices(candidates)]  # type: ignore[attr-defined]
        self.fields["title"].choices = [(title, title) for title in titles]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        """One way or the other; a resident by name, sex and birth date."""
        data = super().clean()
        if not self.cleaned_data.get("person"):
            for name in ("name", "sex", "birth_date"):
                if not self.cleaned_data.get(name) and name not in self.errors:
                    self.add_error(name, f"没有选人员，请填{self.fields[name].label}。")
        return data

    @property
    def values(self) -> dict[str, Any]:
        """What the services take: a person chosen, or a resident typed in."""
        data = self.cleaned_data
        who: Person | Resident = Resident(data["name"], data["sex"], data["birth_date"], data["id_number"])
        if data["person"]:
            who = Person.objects.get(pk=data["person"])
        return {name: data[name] for name in ("title", "on", "constituency")} | {"who": who}


class KinshipForm(Form):
    """What each colleague is to the holder; nothing is passed over in silence."""

    def __init__(self, *args: Any, colleagues: dict[int, Person], relations: dict[int, str], **kwargs: Any) -> None:
        self.people = colleagues
        super().__init__(*args, **kwargs)
        choices = [("", "请选择"), ("none", "无亲属关系"), *Relation.choices]
        for person_id, person in colleagues.items():
            self.fields[f"person_{person_id}"] = forms.ChoiceField(
                label=person.name,
                choices=choices,
                initial=relations.get(person_id, ""),
                widget=forms.Select(attrs={"class": "form-select"}),
                error_messages={"required": f"请选择{person.name}与申报人的关系，没有的选“无亲属关系”。"},
            )

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes: person id → relation, empty for none."""
        chosen = {person: self.cleaned_data[f"person_{person}"] for person in self.people}
        return {"relations": {person: "" if kin == "none" else kin for person, kin in chosen.items()}}
