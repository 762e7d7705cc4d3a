"""Counted numbers of the register. Each opens the list with the same place and filter."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from linshu.figures.registry import Counts, Figure, Look, register
from linshu.people.rules.education import NAMES as EDUCATION_LEVELS
from linshu.scope import Right
from members.models import Category, Membership
from members.querysets import FILED, condition
from members.rules.ages import BANDS, ELDERLY
from organizations.models import OrganizationPeriod
from organizations.providers import readings


@dataclass(frozen=True)
class Counted:
    """What a figure counts: the filter of its list."""

    code: str
    name: str
    filters: Mapping[str, str] = field(default_factory=dict)
    structure: str = ""


TOTAL, FULL = "members.total", "members.full"
PERSONAL = {"sex", "age", "education"}  # filters that look at the person beside the membership
UNDATED = {"education": "学历只登记现在的，从前的没有留下，看过去某一天也按现在的学历统计，不与上月比较。"}
FIGURES = (
    Counted(TOTAL, "党员"),
    Counted(FULL, "正式党员", {"category": Category.FULL.value}),
    Counted("members.probationary", "预备党员", {"category": Category.PROBATIONARY.value}),
    Counted("members.mobile", "流动党员", {"mobile": "yes"}),
    Counted("members.men", "男党员", {"sex": "1"}, "性别结构"),
    Counted("members.women", "女党员", {"sex": "2"}),
    Counted("members.over_60", f"{ELDERLY.name}党员", {"age": ELDERLY.code}),
    *(Counted(f"members.age.{each.code}", each.name, {"age": each.code}, "年龄结构") for each in BANDS),
    *(
        Counted(f"members.education.{code}", name, {"education": code}, "学历结构")
        for code, name in EDUCATION_LEVELS.items()
    ),
)


def register_figures() -> None:
    """Add every figure."""
    for each in FIGURES:
        compute, list_url = partial(_of, each.code), partial(register_url, each.filters)
        whole = partial(_whole, each.code)
        filed, note = bool(FILED & each.filters.keys()), "".join(UNDATED.get(name, "") for name in each.filters)
        deferred = bool(PERSONAL & each.filters.keys())
        figure = Figure(each.code, each.name, "人", Right.MEMBERS_READ, compute, list_url, each.structure, whole)
        register(replace(figure, filed=filed, note=note, deferred=deferred))


def register_url(filters: Mapping[str, str], organization_id: int) -> str:
    """The list behind the figure."""
    return f"{reverse('members:list')}?{urlencode({'organization': organization_id, **filters})}"


def export_url(filters: Mapping[str, str], organization_id: int) -> str:
    """The same rows as a file."""
    return f"{reverse('members:export-new')}?{urlencode({'organization': organization_id, **filters})}"


def _of(code: str, look: Look) -> Counts:
    return look.once(_read_of(code, look))[code]


def _whole(code: str, look: Look, place: int | None) -> int:
    return look.once(wholes, place)[code]


def roll(look: Look) -> tuple[Counts, Counts]:
    """Members and full members of each organisation: of what the look counts anyway, else counted alone."""
    codes = frozenset({TOTAL, FULL})
    here = look if look.codes and codes <= look.codes else replace(look, codes=codes)
    return _of(TOTAL, here), _of(FULL, here)


HIDDEN = tuple(each for each in FIGURES if FILED & each.filters.keys())  # by what the line of who left hides
PLAIN = tuple(each for each in FIGURES if each not in HIDDEN)


def _read_of(code: str, look: Look) -> Callable[[Look], dict[str, dict[int, int]]]:
    """Today everything is counted in one statement; of a day before, what a line hides is counted apart."""
    if _files_are_here(look):
        return counts
    return hidden_counts if code in {each.code for each in HIDDEN} else plain_counts


def _files_are_here(look: Look) -> bool:
    """Who is here today has his file here."""
    return look.everyone or look.day >= timezone.localdate()


def counts(look: Look) -> dict[str, dict[int, int]]:
    """The figures by code, as the lists behind them count."""
    return _grouped(Membership.objects.within(look.scope).on(look.day), FIGURES, look)


def plain_counts(look: Look) -> dict[str, dict[int, int]]:
    """The figures of a day before that count everybody who was there."""
    return _grouped(Membership.objects.within(look.scope).on(look.day), PLAIN, look)


def hidden_counts(look: Look) -> dict[str, dict[int, int]]:
    """The figures of a day before by what the line of who left since hides: he is not counted."""
    return _grouped(_filed(Membership.objects.within(look.scope).on(look.day), look), HIDDEN, look)


def _filed(rows: Any, look: Look) -> Any:
    """Rows of those whose file is here today."""
    return rows.with_file(look.scope, today=timezone.localdate()).filter(has_file=True)


def wholes(look: Look, place: int | None) -> dict[str, int]:
    """All organisations together, or those under the place: the same statements without parting them."""
    rows: Any = Membership.objects.within(look.scope).on(look.day)
    rows = rows if place is None else _under(rows, look, place)
    if _files_are_here(look):
        return _summed(rows, FIGURES, look)
    return _summed(rows, PLAIN, look) | _summed(_filed(rows, look), HIDDEN, look)


def _under(rows: Any, look: Look, place: int) -> Any:
    """Rows under the place; where all that stood on the day stood there, the tree of the day need not be walked."""
    if look.day >= timezone.localdate():
        return rows if look.scope == look.scope.part(place) else rows.below(place, look.day)
    if look.once(readings.below, place) < look.once(readings.nodes).keys():
        return rows.below(place, look.day)
    return rows.filter(organization__in=OrganizationPeriod.objects.on(look.day).order_by().values("organization"))


def _summed(rows: Any, some: Sequence[Counted], look: Look) -> dict[str, int]:
    counted = _asked(some, look)
    sums = _sums(counted, look.day)
    found = rows.aggregate(**sums)
    return {each.code: found[name] for each, name in zip(counted, sums, strict=True)}


def _asked(some: Sequence[Counted], look: Look) -> list[Counted]:
    """Those of the figures that the look is asked for."""
    return [each for each in some if look.codes is None or each.code in look.codes]


def _sums(counted: Sequence[Counted], day: date) -> dict[str, Count]:
    """A column for each figure. What is counted is not the key: the indexes that answer do not hold it."""
    return {
        f"n{place}": Count("organization_id", filter=condition(day=day, **each.filters))
        for place, each in enumerate(counted)
    }


def _grouped(rows: Any, some: Sequence[Counted], look: Look) -> dict[str, dict[int, int]]:
    """Counts of several figures by organisation, in one statement; organisations with none are left out."""
    counted = _asked(some, look)
    sums = _sums(counted, look.day)
    found: dict[str, dict[int, int]] = {each.code: {} for each in counted}
    for organization_id, *numbers in rows.order_by().values_list("organization_id").annotate(**sums):
        for each, number in zip(counted, numbers, strict=True):
            if number:
                found[each.code][organization_id] = number
    return found
