"""What is typed to register a member, to correct him, to ask for it: one column, the number first."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from linshu.errors import Conflict, Invalid
from linshu.web.forms import DateField, Form
from members.models import Category, Membership
from members.rules.facts import FIELDS, Facts, shown
from members.services.correcting import facts_of, version_of
from organizations.models import Organization

SEALED = ("id_number", "phone", "address")
CLEARABLE, CLEAR = ("phone", "address"), "clear_"
DAYS = ("joined_on", "full_on")
HELP = {
    "id_number": "18 位，末位可以是 X；性别和出生日期由证号得出。",
    "name": "与身份证一致；少数民族姓名中间的点用“·”。",
    "education": "如 大学本科、大专、高中。",
    "phone": "11 位手机号；没有的不填。",
    "address": "写到小区、门牌；页面上只显示到路名。",
    "joined_on": "支部大会通过接收为预备党员的那一天。",
    "full_on": "预备党员不填。",
    "destination": "流动党员填到县区，如 上海市松江区。",
    "note": "写进名册的备注，请勿填写证号、电话。",
}


def _field(name: str, *, required: bool = False, help_text: str = "") -> forms.Field:
    """The field of a fact, by the table of rules."""
    fact = FIELDS[name]
    told: dict[str, Any] = {"label": fact.label, "required": required, "help_text": help_text or HELP.get(name, "")}
    if name in DAYS:
        return DateField(**told)
    if name == "category":
        return forms.ChoiceField(choices=[("", "请选择"), *Category.choices], **told)
    if name == "is_mobile":
        return forms.BooleanField(**told | {"required": False})
    widget = forms.TextInput(attrs={"inputmode": "tel"} if name == "phone" else {})
    return forms.CharField(max_length=fact.longest, widget=widget, **told)


def _kept(name: str, facts: Facts) -> forms.Field:
    """The field of a sealed fact: what is there, masked, and that a blank leaves it alone."""
    return _field(name, help_text=f"现在登记的是 {shown(name, getattr(facts, name))}；不填就不改。")


def _clearing(name: str) -> forms.BooleanField:
    """The box beside a sealed fact: blank means unchanged there, so that an empty value must be said."""
    return forms.BooleanField(
        label=f"清空{FIELDS[name].label}", required=False, help_text="登记错了、没有新的，才勾选。"
    )


def reason(help_text: str = "写进审计日志，供以后核对。", *, required: bool = True) -> forms.CharField:
    """Why."""
    return forms.CharField(label="事由", max_length=200, required=required, help_text=help_text)


class _Unasked(forms.HiddenInput):
    """A box that is not asked for yet: nothing ticked before goes along unseen."""

    def format_value(self, value: Any) -> None:
        return None


class VerifiedForm(Form):
    """Asks to tick 已核实 once the domain has something that should be looked at; until then the box is not there."""

    verified = forms.BooleanField(label="已核实，按所填的办理", required=False, widget=_Unasked)

    def refuse(self, error: Conflict | Invalid) -> None:
        if any(problem.field == "verified" for problem in error.problems):
            self.fields["verified"].widget = forms.CheckboxInput(attrs={"class": "form-check-input"})
            self.errors_heading = "还没有提交，请先核实"
        super().refuse(error)


class NumberForm(Form):
    """The number alone, to see who has it before the rest is typed."""

    errors_heading = "证号没有通过核对"
    id_number = _field("id_number", required=True)


class RegisterForm(VerifiedForm):
    """A member typed in; sex and birth date are not asked for: the number tells them."""

    id_number = _field("id_number", required=True)
    name = _field("name", required=True)
    place = forms.TypedChoiceField(
        label="编入",
        coerce=int,
        help_text="所在的支部；有党小组的选党小组。",
        error_messages={"required": "请选择编入哪个支部。"},
    )
    category = _field("category", required=True)
    joined_on = _field("joined_on", required=True)
    full_on = _field("full_on")
    starts = DateField(
        label="编入支部日期", required=False, help_text="不填的，按入党日期与支部成立日期的较晚者，标为“推定”。"
    )
    ethnicity = _field("ethnicity")
    education = _field("education")
    phone = _field("phone")
    address = _field("address")
    is_mobile = _field("is_mobile")
    destination = _field("destination")
    note = _field("note")

    def __init__(self, *args: Any, places: Iterable[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", "请选择"), *((each.pk, each.place) for each in places)]  # type: ignore[attr-defined]
        self.order_fields([name for name in self.fields if name != "verified"])

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes."""
        told = dict(self.cleaned_data)
        organization = Organization.objects.get(pk=told.pop("place"))
        return {
            "organization": organization, "starts": told.pop("starts"), "verified": told.pop("verified"), "values": told,
        }  # fmt: skip


class FactsForm(VerifiedForm):
    """Facts of a member as they are now. What is sealed is never shown in full: left blank, it stays; what need not be
    there is taken out by the box beside it.

    ``version`` tells the service what was looked at; after a conflict the form is looked at anew.
    """

    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    def __init__(self, *args: Any, membership: Membership, names: Collection[str], **kwargs: Any) -> None:
        self.names = tuple(name for name in FIELDS if name in names)
        facts = facts_of(membership)
        shape = {
            name: _kept(name, facts) if name in SEALED else _field(name, required=FIELDS[name].required)
            for name in self.names
        }
        self.clearable = [name for name in self.names if name in CLEARABLE and getattr(facts, name)]
        shape |= {CLEAR + name: _clearing(name) for name in self.clearable}
        own = type(self).base_fields
        shape |= {name: own[name] for name in ("reason", "verified", "version")}
        self.base_fields = shape  # type: ignore[misc]  # of this form only: the fields hang on the member
        initial: dict[str, Any] = {name: getattr(facts, name) for name in self.names if name not in SEALED}
        super().__init__(*args, initial=initial | {"version": version_of(membership)}, **kwargs)
        self.order_fields([each for name in self.names for each in (name, CLEAR + name)])

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for name in self.clearable:
            if told.get(name) and told.get(CLEAR + name):
                message = f"既填了新的{FIELDS[name].label}，又勾了清空。请只留一样。"
                self.add_error(CLEAR + name, ValidationError(message))
        return told

    def look_anew(self, membership: Membership) -> None:
        """Shown again over what was typed. Where somebody changed the member meanwhile, each field says what stands
        there now, and the next submission is held against that."""
        version = version_of(membership)
        if self.data.get("version") == version:
            return
        facts = facts_of(membership)
        for name in self.names:
            now = getattr(facts, name)
            if name not in SEALED and str(self[name].value() or "") != str(now or ""):
                self[name].help_text = f"现在登记的是 {shown(name, now)}。"
        self.data = {**{name: self.data.get(name) for name in self.data}, "version": version}

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes; a sealed value left blank is not meant to change, unless its box is ticked."""
        told = self.cleaned_data
        values = {name: told[name] for name in self.names if told[name] or name not in SEALED}
        values |= {name: "" for name in self.clearable if told[CLEAR + name]}
        return {"values": values} | {name: told[name] for name in ("version", "reason", "verified")}


class CorrectForm(FactsForm):
    """Changed on the officer's own word."""

    reason = reason("电话、住址、学历以外的更正须写明，写进审计日志。", required=False)


class ProposeForm(FactsForm):
    """Asked of the community."""

    reason = reason("依据什么材料更改，如“对照身份证”；核准的人据此判断。")


class RegroupForm(Form):
    """Another group of the branch."""

    place = forms.TypedChoiceField(label="编入", coerce=int)
    on = DateField(label="自哪天起", help_text="从这一天起算，不能晚于今天。")
    reason = reason("可写分组调整的依据。", required=False)

    def __init__(self, *args: Any, branch: Organization, groups: Iterable[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {each.pk: each for each in (branch, *groups)}
        named = [(each.pk, each.short_name) for each in groups]
        self.fields["place"].choices = [("", "请选择"), (branch.pk, "不编组，直属支部"), *named]  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes."""
        told = dict(self.cleaned_data)
        return {"organization": self.places[told.pop("place")], **told}


def _today() -> date:
    return timezone.localdate()


class MobileForm(Form):
    """Where to, and since when."""

    destination = _field("destination", required=True)
    on = DateField(label="自哪天起", initial=_today, help_text="外出的日期；记不清的填登记日期。")


class HomeForm(Form):
    """Since when back."""

    on = DateField(label="自哪天起", initial=_today, help_text="回到本地的日期。")


class DeathForm(Form):
    """The day."""

    on = DateField(label="去世日期", help_text="从这一天起不再计入；不能晚于今天。")


class ProposeDeathForm(DeathForm):
    """The day, and from whom it is known."""

    reason = reason("从哪里得知，如“家属来电告知”。")


class ReasonForm(Form):
    """Why."""

    reason = reason()
