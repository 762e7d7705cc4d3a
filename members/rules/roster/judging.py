"""What a checked row of 党员 is to the register: new, changed, the same, or not the importer's to change."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from members.rules.facts import CATEGORIES, SEXES
from members.rules.importing import Verdict
from members.rules.roster import differences
from members.rules.roster.shape import MemberRow, shown
from organizations.rules.posts import rival_of

DIFFERS = "已登记且内容不同"
ELSEWHERE = "已在其他组织登记"
BY_TRANSFER = "组织关系转接"
WORDS = SEXES | CATEGORIES


class Known(StrEnum):
    """How the person of a row is known."""

    STRANGER = "stranger"
    RESIDENT = "resident"
    MEMBER = "member"
    ELSEWHERE = "elsewhere"
    FORMER = "former"
    DEAD = "dead"


@dataclass(frozen=True)
class Told:
    """What the register says of the person, in the shape of a row.

    ``titles`` are the 党内职务 in his branch, ``relieved`` those he had there until a day; ``begun_on`` is the day the membership began where that is no inference.
    """

    known: Known
    row: MemberRow | None = None
    titles: tuple[str, ...] = ()
    relieved: Mapping[str, date] = field(default_factory=dict)
    begun_on: date | None = None


@dataclass(frozen=True)
class Remark:
    """Something to say of a cell: a problem, or a warning."""

    column: str
    rule: str
    message: str
    remedy: str = ""


@dataclass(frozen=True)
class Judgement:
    """The verdict; ``names`` are the fields that differ, ``titles`` the 党内职务 to give."""

    verdict: Verdict
    names: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    problems: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()


STRANGER = Told(Known.STRANGER)
_REFUSED = {
    Known.ELSEWHERE: Remark("公民身份号码", ELSEWHERE, "该人已在其他组织登记，请走组织关系转接。"),
    Known.FORMER: Remark(
        "公民身份号码", "曾经登记", "该人曾在名册登记，现已不在册，不能由导入恢复，请报县委组织部核对。"
    ),
    Known.DEAD: Remark("公民身份号码", "已去世", "系统中登记此人已去世，不能由导入登记或修改，请核对。"),
}


def judge(row: MemberRow, told: Told) -> Judgement:
    """The row held against the register; of a member elsewhere nothing is told but that he is registered."""
    if told.known in _REFUSED:
        return Judgement(Verdict.PROBLEM, problems=(_REFUSED[told.known],))
    judgement = _judge(row, told)
    both = [f"{rival_of(each)}和{each}" for each in judgement.titles if rival_of(each) in {*row.posts, *told.titles}]
    if both:
        message = f"同一个组织的{both[0]}不能由一人担任。"
        remark = Remark("党内职务", "正副职不由一人担任", message, "请核对职务；原任有变动的，请先在组织线免去。")
        return Judgement(Verdict.PROBLEM, problems=(*judgement.problems, remark))
    return judgement


def _judge(row: MemberRow, told: Told) -> Judgement:
    if told.row is None:
        return Judgement(Verdict.NEW, titles=row.posts)
    if told.known == Known.RESIDENT:
        problems = tuple(_wrong_resident(row, told.row))
        return Judgement(Verdict.PROBLEM if problems else Verdict.NEW, titles=row.posts, problems=problems)
    return _judge_member(row, told, told.row)


def _judge_member(row: MemberRow, told: Told, registered: MemberRow) -> Judgement:
    names = tuple(name for name in differences.names_of_member(row, registered) if name != "posts")
    stated = differences.MEMBER_COLUMNS["posts"] in row.stated
    wanted = tuple(each for each in row.posts if each not in told.titles) if stated else ()
    titles = tuple(each for each in wanted if each not in told.relieved)
    dropped = [each for each in told.titles if each not in row.posts] if stated else []
    problems = tuple(_not_by_import(row, told, names))
    if problems:
        return Judgement(Verdict.PROBLEM, problems=problems)
    warnings = (*_kept(dropped), *_not_given_back(wanted, told.relieved))
    if not names and not titles:
        return Judgement(Verdict.SAME, warnings=warnings)
    return Judgement(Verdict.CHANGED, names, titles, warnings=warnings)


def _wrong_resident(row: MemberRow, registered: MemberRow) -> Iterator[Remark]:
    """A person known without being a member: who he is must agree."""
    for name in ("name", "sex"):
        if getattr(row, name) != getattr(registered, name):
            message = "系统中已有这个证号的居民，内容与文件不同，请核对证号。"
            yield Remark(differences.MEMBER_COLUMNS[name], DIFFERS, message)


def _not_by_import(row: MemberRow, told: Told, names: Sequence[str]) -> Iterator[Remark]:
    if "branch_code" in names:
        yield Remark(
            "所在党组织编码", BY_TRANSFER, "系统中此人在另一个支部，导入不改变组织关系。", "请走组织关系转接。"
        )
    if "joined_on" in names and told.begun_on and row.joined_on > told.begun_on:
        yield Remark("入党日期", "§2.1 入党日期", f"晚于编入本支部的日期 {told.begun_on}，请对照志愿书核对。")
    if "category" in names and row.category == "probationary" and told.titles:
        message = f"系统中现任{'、'.join(told.titles)}，须为正式党员。"
        yield Remark("人员类别", "书记、委员须为正式党员", message, "请先在组织线免去职务。")


def _kept(dropped: Sequence[str]) -> Iterator[Remark]:
    """A post that the file does not name stays: taking it away has its own day and document."""
    if dropped:
        yield Remark(
            "党内职务", "免职不由导入办理", f"系统中现任{'、'.join(dropped)}，文件没有写。", "免职请在组织线办理。"
        )


def _not_given_back(wanted: Sequence[str], relieved: Mapping[str, date]) -> Iterator[Remark]:
    """An old file must not undo what was decided since: who was relieved is appointed anew, with a day and a document."""
    for title in wanted:
        if title in relieved:
            message = f"{title}已于 {relieved[title]} 免去，没有恢复。"
            yield Remark("党内职务", "任免不由旧文件恢复", message, "重新任职的，请在组织线办理任命。")


def shown_difference(name: str, row: MemberRow, told: Told, titles: Sequence[str]) -> dict[str, str]:
    """``{"column", "old", "new"}`` of a field, masked; a change that the mask hides is said in words."""
    column = differences.MEMBER_COLUMNS[name]
    assert told.row is not None  # noqa: S101 - only a member has differences
    if name == "posts":
        old, new = "、".join(told.titles), "、".join((*told.titles, *titles))
    else:
        old, new = _word(column, getattr(told.row, name)), _word(column, getattr(row, name))
    return {"column": column, "old": old, "new": f"{new}（遮盖的部分不同）" if old == new else new}


def _word(column: str, value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return shown(column, WORDS.get(value, str(value))) if value is not None else ""
