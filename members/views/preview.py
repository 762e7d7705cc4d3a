"""The page of an import: its tables by what a row amounts to, and what a confirmation would make of the branches."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from linshu.figures.registry import Look
from linshu.scope import Right
from members.models import Import, ImportRow, Membership
from members.providers.foreseeing import turns
from members.rules.importing import IN_PREVIEW, Action, State, Verdict, actions_in
from members.services.importing.foreseeing import foresee, pages_of, told_of
from organizations.models import Organization

ROWS = 50
TURNS = 8  # of the rule checks told beside them
PROBLEMS = 10  # rows told above the tables
LEVELS = {
    State.READING: "wait", State.REFUSED: "late", State.READY: "soon", State.WRITING: "wait", State.WRITTEN: "ok",
    State.FAILED: "late", State.DISCARDED: "wait",
}  # fmt: skip


@dataclass(frozen=True)
class Tab:
    """A table: its word, how many rows, its address."""

    code: str
    word: str
    count: int
    url: str


@dataclass(frozen=True)
class Outcome:
    """An import in a list."""

    record: Import
    level: str
    sentence: str


def outcomes(records: Iterable[Import]) -> list[Outcome]:
    """Imports with the level of their state and what came of them."""
    return [Outcome(each, LEVELS[State(each.state)], each.sentence or _counted(each)) for each in records]


def _counted(record: Import) -> str:
    counts = (
        (record.new, "新增"), (record.changed, "修改"), (record.same, "无变化"), (record.problem, "有问题"),
    )  # fmt: skip
    return "、".join(f"{word} {count} 行" for count, word in counts if count)


def preview(request: HttpRequest, record: Import) -> dict[str, Any]:
    """Everything the page shows of the import besides its form and its job."""
    state = State(record.state)
    context: dict[str, Any] = {
        "level": LEVELS[state],
        "fingerprint": " ".join(record.fingerprint[at : at + 4] for at in range(0, len(record.fingerprint), 4)),
        "is_open": state in (State.READING, State.WRITING),
        "is_preview": state in IN_PREVIEW,
        "may_confirm": Action.CONFIRM in actions_in(state),
        "may_discard": Action.DISCARD in actions_in(state),
        "is_owing": record.is_owing,
        "chosen": _chosen(record),
        "to_write": record.new + record.changed + record.new_organizations,
        "rows_read": record.new + record.changed + record.same + record.problem,
    }
    if context["is_open"] or state in (State.REFUSED, State.DISCARDED):
        return context
    tabs = _tabs(record)
    shown = next((tab for tab in tabs if tab.code == request.GET.get("show")), None) or _first(tabs)
    page = _page(request, record, shown)
    context |= {"tabs": tabs, "shown": shown, "page": page, "problems": _problems(request, record, shown)}
    if context["is_preview"]:
        today = timezone.localdate()
        found = turns(record, Look(request.actor.scope(Right.MEMBERS_READ), today))  # type: ignore[attr-defined]
        context |= {"foreseen": foresee(record, today=today), "turns": found[:TURNS], "more": len(found[TURNS:])}
    return context


def _chosen(record: Import) -> list[tuple[str, str]]:
    """What the file calls a branch, and the name of the one that was chosen for it."""
    codes = record.branches
    names = dict(Organization.objects.filter(code__in={*codes.values()}).values_list("code", "name")) if codes else {}
    return [(text, names.get(code, code)) for text, code in codes.items()]


def _tabs(record: Import) -> list[Tab]:
    url = reverse("members:import-detail", args=[record.pk])
    told = (
        ("changes", "有变化", record.new + record.changed), ("new", "新增", record.new),
        ("changed", "修改", record.changed), ("same", "无变化", record.same), ("absent", "文件里没有", record.absent),
        ("warned", "请核实", record.warned), ("problem", "有问题", record.problem),
        ("organizations", "党组织", record.new_organizations + record.same_organizations),
    )  # fmt: skip
    optional = ("warned", "problem", "organizations")
    return [
        Tab(code, word, count, f"{url}?show={code}#rows") for code, word, count in told if count or code not in optional
    ]


def _first(tabs: list[Tab]) -> Tab:
    """What is shown without being asked for: the first table that holds anything."""
    return next((tab for tab in tabs if tab.count), tabs[0])


def _problems(request: HttpRequest, record: Import, shown: Tab) -> list[ImportRow]:
    """The first rows with problems, above the tables; not where the table is theirs."""
    if shown.code == "problem" or not record.problem:
        return []
    rows = list(record.rows.shown("problem")[:PROBLEMS])
    _complete(request, record, rows, "problem")
    return rows


def _page(request: HttpRequest, record: Import, shown: Tab) -> Page[Any]:
    rows: QuerySet[Any]
    if shown.code == "absent":
        scope = request.actor.scope(Right.MEMBERS_READ)  # type: ignore[attr-defined]
        rows = Membership.objects.within(scope).absent_from(record).with_names().order_by("organization", "pinyin_key")
    else:
        rows = record.rows.shown(shown.code)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    if shown.code != "absent":
        _complete(request, record, page.object_list, shown.code)
    return page


def _complete(request: HttpRequest, record: Import, rows: list[Any], shown: str) -> None:
    """Beside every row: the page of the member where there is one, a new member in a sentence, what is to be said."""
    scope = request.actor.scope(Right.MEMBERS_READ)  # type: ignore[attr-defined]
    pages = pages_of(rows, scope, today=timezone.localdate())
    told = told_of([row for row in rows if row.verdict == Verdict.NEW and row.branch_code], record)
    for row in rows:
        row.member_id, row.told = pages.get(row.pk), told.get(row.pk, "")
        row.remarks = row.warnings if shown == "warned" else row.problems
