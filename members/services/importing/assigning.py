"""指定支部: what a file calls a branch that nobody knows by this name is told once, for every row that says so."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from linshu.errors import Invalid
from linshu.scope import Actor, Right
from members.models import Import
from members.rules.importing import Action, State, Verdict, target_of
from members.rules.roster.places import UNKNOWN, Places
from members.rules.roster.shape import MEMBERS, SHOWN_VALUE
from members.services.importing.opening import locked, record_step, start_reading
from members.services.importing.organizing import nodes_of_register
from organizations.rules.kinds import BRANCHES

MOST_READ = 5000  # rows with problems looked at
MOST_TEXTS = 30
MOST_OTHERS = 200  # branches offered besides the nearest


@dataclass(frozen=True)
class Unknown:
    """A text that names no branch, or several; how many rows say so, and the branches it may mean: code and name."""

    text: str
    rows: int
    near: list[tuple[str, str]]
    others: list[tuple[str, str]]


def unknown_in(record: Import, by: Actor) -> list[Unknown]:
    """The texts of the preview, most rows first. A text that is shown masked or cut short is not to be chosen for."""
    counts: Counter[str] = Counter()
    rows = record.rows.filter(sheet=MEMBERS, verdict=Verdict.PROBLEM).order_by("pk")
    for problems in rows.values_list("problems", flat=True)[:MOST_READ]:
        counts += Counter({each["value"] for each in problems if each["rule"] == UNKNOWN and _is_whole(each["value"])})
    if not counts:
        return []
    nodes = nodes_of_register(by.scope(Right.MEMBERS_IMPORT))
    places = Places(nodes)
    branches = [(code, node.name) for code, node in sorted(nodes.items()) if node.kind in BRANCHES]
    everyone = branches if len(branches) <= MOST_OTHERS else []
    found = []
    for text, count in counts.most_common(MOST_TEXTS):
        near = [(code, nodes[code].name) for code in places.candidates(text)]
        found.append(Unknown(text, count, near, [each for each in everyone if each not in near]))
    return found


def assign(*, import_: Import, branches: Mapping[str, str], by: Actor, now: datetime) -> Import:
    """Let the file be read again with the texts meaning the branches of these codes; nothing is written."""
    told = {text.strip(): code for text, code in branches.items() if code}
    _check(told, by)
    with transaction.atomic():
        record = locked(import_, Action.ASSIGN, by)
        record.branches = record.branches | told
        record.state = target_of(State(record.state), Action.ASSIGN)
        start_reading(record, by=by, now=now)
        record.save()
        record_step("members.import_assigned", record, by=by, now=now, branches=told)
    return record


def _is_whole(text: str) -> bool:
    return bool(text) and "*" not in text and len(text) < SHOWN_VALUE


def _check(told: Mapping[str, str], by: Actor) -> None:
    if not told:
        raise Invalid.field("branches", "还没有选定支部。请至少为一个名称选定支部。", rule="指定支部")
    if not all(map(_is_whole, told)):
        raise Invalid.field("branches", "只能为名册里写的名称指定支部，最多 39 个字。", rule="指定支部")
    nodes = nodes_of_register(by.scope(Right.MEMBERS_IMPORT))
    if any(code not in nodes or nodes[code].kind not in BRANCHES for code in told.values()):
        raise Invalid.field("branches", "选定的不是您管理范围内的支部，请重新选择。", rule="指定支部")
