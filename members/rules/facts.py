"""What the register says of a member: which of it who may change, what a change must keep to (rule book 2.1, 2.4, 11)."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from linshu.errors import Invalid, Problem
from linshu.people.rules import id_number, masking
from linshu.people.rules.names import person_name
from linshu.words import tidy
from linshu.workdays.rules.calendar import add_months
from members.rules.membership import Limits, full_on_problem, latest_birth
from members.rules.roster.cells import EARLIEST, NAME, PHONE

FULL, PROBATIONARY = "full", "probationary"


class Keeper(StrEnum):
    """On whose word a fact is changed."""

    BRANCH = "branch"
    OFFICE = "office"


@dataclass(frozen=True)
class Field:
    """A fact: its name for people, the longest text, on whose word it changes without approval."""

    label: str
    keeper: Keeper
    longest: int = 0
    required: bool = False


# 支部可直接改电话、住址、学历；其余须社区核准 (rule book 2.1).
FIELDS: dict[str, Field] = {
    "name": Field("姓名", Keeper.OFFICE, 60, required=True),
    "id_number": Field("公民身份号码", Keeper.OFFICE, 18, required=True),
    "sex": Field("性别", Keeper.OFFICE),
    "ethnicity": Field("民族", Keeper.OFFICE, 20),
    "education": Field("学历", Keeper.BRANCH, 20),
    "phone": Field("联系电话", Keeper.BRANCH, 11),
    "address": Field("现居住地", Keeper.BRANCH, 120),
    "category": Field("人员类别", Keeper.OFFICE, required=True),
    "joined_on": Field("入党日期", Keeper.OFFICE, required=True),
    "full_on": Field("转正日期", Keeper.OFFICE),
    "is_mobile": Field("是否流动党员", Keeper.OFFICE),
    "destination": Field("流向", Keeper.OFFICE, 60),
    "note": Field("备注", Keeper.OFFICE, 200),
}
PERSONAL = ("name", "id_number", "sex", "birth_date", "ethnicity", "education", "phone", "address")
OF_MEMBERSHIP = ("category", "joined_on", "full_on", "is_mobile", "destination", "note")
DATED = {"joined_on", "full_on", "category", "id_number"}  # facts that are held against one another
SEXES = {"1": "男", "2": "女"}
CATEGORIES = {FULL: "正式党员", PROBATIONARY: "预备党员"}


def free_for(keeper: Keeper) -> frozenset[str]:
    """Facts that the keeper changes without asking anybody."""
    return frozenset(name for name, field in FIELDS.items() if keeper in (Keeper.OFFICE, field.keeper))


@dataclass(frozen=True)
class Facts:
    """Everything the register says of a member, in plain values; sex as in GB/T 2261.1."""

    name: str
    sex: str
    birth_date: date
    id_number: str
    ethnicity: str
    education: str
    phone: str
    address: str
    category: str
    joined_on: date
    full_on: date | None
    is_mobile: bool
    destination: str
    note: str

    def changed_from(self, other: "Facts") -> tuple[str, ...]:
        """Names of the facts that differ, in the order of the table; the birth date goes with the number."""
        return tuple(name for name in FIELDS if getattr(self, name) != getattr(other, name))


def typed(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they are kept: nothing invisible in them, single spaces; other than texts as they are."""
    told = {name: tidy(value) if isinstance(value, str) else value for name, value in values.items()}
    return told | {"name": person_name(told["name"])} if told.get("name") else told


def merged(facts: Facts, values: dict[str, Any], *, today: date) -> Facts:
    """The facts with new values. Sex and birth date follow a new number; who becomes probationary again has no 转正日期.

    Invalid when the number breaks GB 11643; every other rule is asked of the result by ``problems``.
    """
    values = typed(values)
    if "id_number" in values:
        values["id_number"] = values["id_number"].upper()
    if values.get("id_number") and values["id_number"] != facts.id_number:
        number = id_number.parse(values["id_number"], today=today)
        values["birth_date"] = number.birth_date
        values.setdefault("sex", number.sex)
    if values.get("category") == PROBATIONARY:
        values.setdefault("full_on", None)
    if values.get("is_mobile") is False:
        values.setdefault("destination", "")
    return replace(facts, **values)


def problems(facts: Facts, changed: Collection[str], limits: Limits) -> list[Problem]:
    """What is wrong with the facts, of those that changed and of what hangs together with them."""
    return [
        *_texts(facts, changed),
        *_identity(facts, changed, limits),
        *(_dates(facts, limits) if facts.joined_on and DATED & set(changed) else ()),
        *(_mobility(facts) if {"is_mobile", "destination"} & set(changed) else ()),
    ]


def warnings(facts: Facts, changed: Collection[str], limits: Limits) -> list[str]:
    """What may be so and should be looked at."""
    if not DATED & set(changed):
        return []
    found = []
    if facts.birth_date > latest_birth(facts.joined_on, limits.adult_years):
        found.append(f"入党时不满 {limits.adult_years} 岁，请对照档案核实。")
    problem = full_on_problem(facts.joined_on, facts.full_on, limits) if facts.full_on else None
    if problem and problem.is_warning:
        found.append(problem.message)
    if facts.category == PROBATIONARY and add_months(facts.joined_on, limits.longest_probation) < limits.day:
        found.append(f"预备期连同延长最多 {limits.longest_probation} 个月，已经超过，请核实人员类别。")
    return found


def _texts(facts: Facts, changed: Collection[str]) -> Iterator[Problem]:
    for name in changed:
        field, value = FIELDS[name], getattr(facts, name)
        if field.required and not value:
            yield Problem(name, f"{field.label}不能空着，请填写。", "必填")
        elif field.longest and len(value) > field.longest:
            yield Problem(name, f"{field.label}最多 {field.longest} 个字，现有 {len(value)} 个，请缩短。", "长度")
        elif isinstance(value, str) and not value.isprintable():
            yield Problem(name, f"{field.label}含有不可见的控制字符，请删去。", "字符")
        elif name == "name" and not NAME.fullmatch(value):
            yield Problem(name, "姓名只能是汉字（可带“·”）或字母，请核对。", "姓名")
        elif name == "phone" and value and not PHONE.fullmatch(value):
            yield Problem(name, "手机号应为 11 位数字，以 13 至 19 开头，请补全。", "手机号")


def _identity(facts: Facts, changed: Collection[str], limits: Limits) -> Iterator[Problem]:
    if "sex" not in changed and "id_number" not in changed:
        return
    if facts.sex not in SEXES:
        yield Problem("sex", "性别只能选男或女。", "GB/T 2261.1")
    elif facts.id_number:
        try:
            number = id_number.parse(facts.id_number, today=limits.day)
        except Invalid as invalid:
            yield Problem("id_number", invalid.message, "GB 11643")
            return
        if number.sex != facts.sex:
            message = "性别与公民身份号码第 17 位不符（奇数为男，偶数为女），请对照证件核对。"
            yield Problem("sex", message, "GB 11643")


def _dates(facts: Facts, limits: Limits) -> Iterator[Problem]:
    if facts.category not in CATEGORIES:
        yield Problem("category", "人员类别只能选正式党员或预备党员。", "人员类别")
        return
    for name in ("joined_on", "full_on"):
        day = getattr(facts, name)
        if day and not EARLIEST <= day <= limits.day:
            yield Problem(name, f"{FIELDS[name].label}应在 1900 年以后，且不晚于今天。", "日期")
            return
    if facts.joined_on <= facts.birth_date:
        yield Problem("joined_on", "入党日期早于出生日期，请核对。", "§2.1 入党日期")
    if facts.category == PROBATIONARY and facts.full_on:
        yield Problem("full_on", "预备党员没有转正日期，请清空，或把类别改为正式党员。", "§2.1 预备期")
    if facts.category == FULL and not facts.full_on:
        yield Problem("full_on", "正式党员须有转正日期，请填写。", "§2.1 预备期")
    elif facts.category == FULL and facts.full_on:
        problem = full_on_problem(facts.joined_on, facts.full_on, limits)
        if problem and not problem.is_warning:
            yield Problem("full_on", problem.message, "§2.1 预备期")


def _mobility(facts: Facts) -> Iterator[Problem]:
    if facts.is_mobile and not facts.destination:
        yield Problem("destination", "流动党员须写明流向，请填到县区。", "§2.4 流动党员登记")
    if not facts.is_mobile and facts.destination:
        yield Problem("destination", "不是流动党员，却有流向，请核对。", "§2.4 流动党员登记")


@dataclass(frozen=True)
class Cut:
    """From ``on`` on, these facts are otherwise than before: a new period of the membership."""

    on: date
    names: tuple[str, ...]


def cuts(before: Facts, after: Facts, *, valid_from: date, day: date) -> list[Cut]:
    """Which changes have a history: 转正 from the day of becoming full, 流动 from ``day``.

    A cut on the first day of the period, or before it, is none: the period itself is put right. Everything else (a
    name, a date registered wrongly, where a mobile member lives) is put right in place too; the log keeps the old.
    """
    found = []
    if (before.category, after.category) == (PROBATIONARY, FULL) and after.full_on:
        found.append(Cut(after.full_on, ("category", "full_on")))
    if before.is_mobile != after.is_mobile:
        found.append(Cut(day, ("is_mobile", "destination")))
    return sorted((cut for cut in found if cut.on > valid_from), key=lambda cut: cut.on)


def shown(name: str, value: Any) -> str:
    """A fact as pages and the log may tell it: numbers, phones, addresses masked."""
    if value in (None, ""):
        return "无"
    if name == "id_number":
        return masking.id_number(value)
    if name == "phone":
        return masking.phone(value)
    if name == "address":
        return masking.address(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return SEXES.get(value, "") if name == "sex" else CATEGORIES.get(value, str(value))


def told(before: Facts, after: Facts) -> list[dict[str, str]]:
    """The changes, masked: ``field``, its ``label``, ``old`` and ``new``."""
    return [
        {
            "field": name,
            "label": FIELDS[name].label,
            "old": shown(name, getattr(before, name)),
            "new": shown(name, getattr(after, name)),
        }
        for name in after.changed_from(before)
    ]
