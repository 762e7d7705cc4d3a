"""Reading and writing dated parameters."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from linshu.audit import services as audit
from linshu.errors import Conflict, Invalid, NotFound
from linshu.parameters.access import right_to_change
from linshu.parameters.catalogue import CATALOGUE, DEFINITIONS
from linshu.parameters.models import OPEN_END, SEEDED_FROM, Parameter
from linshu.parameters.rules.definitions import Definition, matches
from linshu.scope import SYSTEM, Actor, require

UNKNOWN = "没有这个参数。请从规则参数页的列表中选择。"


@dataclass(frozen=True)
class Values:
    """The parameters in force on a day, each as its definition's type."""

    day: date
    texts: Mapping[str, str]
    _parsed: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __getitem__(self, code: str) -> Any:
        """int, Decimal, Fraction, str or tuple; KeyError for a code that the catalogue does not know."""
        if code not in self._parsed:
            definition = CATALOGUE[code]
            if code not in self.texts:
                raise LookupError(f"parameter {code} has no version on {self.day}: run manage.py migrate to seed it")
            self._parsed[code] = definition.parse(self.texts[code])
        return self._parsed[code]


def values_on(day: date) -> Values:
    """Every parameter in force on ``day``: one query."""
    return Values(day, dict(Parameter.objects.on(day).values_list("code", "value")))


def values_on_each(days: Iterable[date]) -> dict[date, Values]:
    """The same for many days: still one query; days between two changes share what was in force."""
    versions = list(Parameter.objects.values_list("code", "value", "effective_from", "effective_to"))
    changes = sorted({day for *_, first, end in versions for day in (first, end)})
    texts: dict[int, dict[str, str]] = {}
    found = {}
    for day in {*days}:
        era = bisect_right(changes, day)
        if era not in texts:
            texts[era] = {code: value for code, value, first, end in versions if first <= day < end}
        found[day] = Values(day, texts[era])
    return found


@dataclass(frozen=True)
class Standing:
    """A number with its version in force and those to come; ``versions``, newest first, where its history is asked."""

    definition: Definition
    current: Parameter
    coming: tuple[Parameter, ...]
    versions: tuple[Parameter, ...] = ()


def standings(*, actor: Actor, day: date, area: str = "", text: str = "") -> list[Standing]:
    """The numbers of an area, or those whose name, code or basis contains ``text``: one query."""
    wanted = [each for each in DEFINITIONS if (not area or each.area == area) and matches(each, text)]
    versions: dict[str, list[Parameter]] = {}
    for version in Parameter.objects.readable(actor).standing(day):
        versions.setdefault(version.code, []).append(version)
    found = [(each, versions[each.code]) for each in wanted if each.code in versions]
    return [Standing(each, current, tuple(coming)) for each, (current, *coming) in found]


def history(*, code: str, actor: Actor, day: date) -> Standing:
    """One number with all its versions."""
    versions = tuple(Parameter.objects.readable(actor).filter(code=code).order_by("-effective_from"))
    coming = tuple(each for each in reversed(versions) if each.effective_from > day)
    current = next((each for each in versions if each.effective_from <= day), None)
    if current is None:
        raise NotFound(UNKNOWN)
    return Standing(definition_of(code), current, coming, versions)


def definition_of(code: str) -> Definition:
    """The definition, or 404."""
    if code not in CATALOGUE:
        raise NotFound(UNKNOWN)
    return CATALOGUE[code]


@transaction.atomic
def add_version(
    *, code: str, value: str, effective_from: date, basis: str, reason: str, by: Actor, now: datetime
) -> Parameter:
    """Let ``value`` hold from ``effective_from`` on: cuts the open version.

    Invalid for a day in the past, an unchanged value or one out of bounds; Conflict where a later version stands.
    """
    definition = definition_of(code)
    require(by, right_to_change(definition))
    text = definition.normalize(value)
    if effective_from < timezone.localdate(now):
        raise Invalid.field(
            "effective_from",
            "生效日不能早于今天：已经按旧值办过的事项不追溯。请填今天或以后的日期。",
            value=effective_from,
        )
    for name, words, label in (("basis", basis, "依据"), ("reason", reason, "调整原因")):
        if not words.strip():
            raise Invalid.field(name, f"请填写{label}。")
    current = _open_version(code)
    if current.effective_from >= effective_from:
        raise Conflict(
            f"{definition.name}已有 {_cn(current.effective_from)} 起的版本（{definition.show(current.value)}），"
            "新版本须晚于它。要改期或改值，请先撤销尚未生效的版本；当天已改过的，从明天起再改。",
            code="parameter_version_exists",
        )
    if current.value == text:
        raise Invalid.field("value", f"{definition.name}现在就是 {definition.show(text)}，没有变化。", value=value)
    version = _cut_and_add(current, text, effective_from, basis.strip(), reason.strip(), by, now)
    audit.record(
        "parameters.changed",
        by=by,
        subject=version,
        label=definition.name,
        reason=version.reason,
        data={"code": code, "before": current.value, "after": text, "effective_from": effective_from.isoformat()},
        now=now,
    )
    return version


@transaction.atomic
def withdraw_version(*, code: str, version_id: int, reason: str, by: Actor, now: datetime) -> None:
    """Take back a version that has not begun; the one before it holds on."""
    definition = definition_of(code)
    require(by, right_to_change(definition))
    if not Parameter.objects.filter(code=code, pk=version_id).exists():
        raise NotFound
    version = _open_version(code)
    if version.pk != version_id or version.effective_from <= timezone.localdate(now):
        raise Conflict(
            "这个版本已经生效，或后面还有更晚的版本，不能撤销。需要改回的，请另加一个新版本。",
            code="parameter_version_begun",
        )
    if not reason.strip():
        raise Invalid.field("reason", "请填写撤销原因。")
    before = Parameter.objects.get(code=version.code, effective_to=version.effective_from)
    audit.record(
        "parameters.withdrawn",
        by=by,
        subject=version,
        label=definition.name,
        reason=reason.strip(),
        data={"code": version.code, "value": version.value, "effective_from": version.effective_from.isoformat()},
        now=now,
    )
    version.delete()
    before.effective_to = OPEN_END
    before.save(update_fields=["effective_to"])


def seed(*, now: datetime) -> int:
    """Add the first version of every parameter that has none; returns how many were added."""
    known = set(Parameter.objects.values_list("code", flat=True))
    rows = [_seeded(definition, now) for definition in DEFINITIONS if definition.code not in known]
    Parameter.objects.bulk_create(rows)
    return len(rows)


def _seeded(definition: Definition, now: datetime) -> Parameter:
    return Parameter(
        code=definition.code,
        value=definition.normalize(definition.default),
        effective_from=SEEDED_FROM,
        effective_to=OPEN_END,
        basis=definition.basis,
        created_by=SYSTEM.name,
        created_at=now,
    )


def _open_version(code: str) -> Parameter:
    # Locks every version of the code: whoever waited here finds the open one cut, or (SQLite) sees the new one.
    versions = list(Parameter.objects.select_for_update().filter(code=code).order_by("effective_from"))
    if not versions or versions[-1].effective_to != OPEN_END:
        raise Conflict("另一位同事刚刚修改了这个参数。请刷新页面，核对新值后再办理。", code="parameter_changed")
    return versions[-1]


def _cut_and_add(
    current: Parameter, text: str, effective_from: date, basis: str, reason: str, by: Actor, now: datetime
) -> Parameter:
    current.effective_to = effective_from
    current.save(update_fields=["effective_to"])
    return Parameter.objects.create(
        code=current.code,
        value=text,
        effective_from=effective_from,
        effective_to=OPEN_END,
        basis=basis,
        reason=reason,
        created_by=by.name,
        created_at=now,
    )


def _cn(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
