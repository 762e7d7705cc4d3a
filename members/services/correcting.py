"""Changing what the register says of members: in place, or as a new period where the change has a history.

Written under the lock on the persons. Whoever needs the tree lock too takes it first.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from linshu.audit import services as audit
from linshu.errors import Conflict, Invalid, NotPermitted, Problem
from linshu.people.sealing import blind_index
from linshu.people.services.persons import amend_person
from linshu.scope import Actor, Right
from members.models import Membership
from members.rules import facts as rules
from members.rules.facts import FIELDS, OF_MEMBERSHIP, PERSONAL, Facts, Keeper
from members.rules.membership import Limits, starts_on
from members.services.known import record_elsewhere, taken_problems
from members.services.limits import limits_on
from members.services.memberships import BATCH, lock_people
from members.services.periods import COPIED
from members.services.regrouping import regroup
from members.services.verifying import check_verified, facts_of
from organizations.models import OPEN_END, Post
from organizations.rules.posts import TITLES

__all__ = ["Correction", "correct", "correct_many", "facts_of", "regroup", "version_of", "write_corrections"]

COMMITTEE = {spec.title for specs in TITLES.values() for spec in specs if spec.committee}
SIMULTANEOUS = "刚才有人同时改了这名党员，或登记了同一个证号。请刷新页面，看看最新的情况再办。"


@dataclass(frozen=True)
class Correction:
    """New values for a member, by the names of ``rules.facts.FIELDS``; what is left out stays.

    ``version`` is what ``version_of`` said when the values were looked at; empty where nobody looked.
    """

    membership: Membership
    values: Mapping[str, Any]
    version: str = ""


@dataclass
class _Change:
    """One member on the way from ``before`` to ``after``, with what should be looked at; ``new`` are periods that begin."""

    row: Membership
    before: Facts
    after: Facts
    concerns: list[str] = field(default_factory=list)
    new: list[Membership] = field(default_factory=list)

    @property
    def names(self) -> tuple[str, ...]:
        return self.after.changed_from(self.before)

    @property
    def open(self) -> Membership:
        return self.new[-1] if self.new else self.row


def version_of(row: Membership) -> str:
    """A fingerprint of everything a correction may touch: two officers who read the same get the same."""
    told = f"{row.pk}|{row.organization_id}|{row.valid_from}|{row.valid_to}|{facts_of(row)}"
    return blind_index(told, purpose="version")[:16]


def correct(
    *,
    membership: Membership,
    values: Mapping[str, Any],
    version: str = "",
    reason: str = "",
    verified: bool = True,
    by: Actor,
    now: datetime,
) -> Membership:
    """Correct one member; returns his open period."""
    told = [Correction(membership, values, version)]
    return correct_many(told, reason=reason, verified=verified, by=by, now=now)[0]


def correct_many(
    corrections: Sequence[Correction], *, reason: str, verified: bool = True, by: Actor, now: datetime
) -> list[Membership]:
    """Correct members, all or none, each once; returns their open periods in the same order.

    NotPermitted where the officer may not change a value by himself; Invalid with every problem, and where something
    should be looked at that is not ``verified``; Conflict where a member was changed since ``version``, or has left.
    """
    _judge(corrections, by)
    try:
        return write_corrections(corrections, reason=reason, verified=verified, by=by, now=now)
    except Invalid as error:
        record_elsewhere(error, act="更正党员信息", by=by, now=now)
        raise


def write_corrections(
    corrections: Sequence[Correction], *, reason: str, verified: bool = True, by: Actor, now: datetime
) -> list[Membership]:
    """The same for a caller that has judged the right. A correction that changes nothing leaves no trace."""
    day = timezone.localdate(now)
    try:
        with transaction.atomic():
            lock_people([each.membership.person_id for each in corrections])
            rows = _fresh(corrections)
            changes = _changes(corrections, rows, limits_on(day), by)
            touched = [change for change in changes if change.names]
            _check_reason(touched, reason)
            check_verified([each for change in touched for each in change.concerns], verified=verified)
            for change in touched:
                _amend(change, day)
            _shift(touched)
            _save(touched)
            audit.record_many((_entry(change, reason) for change in touched), by=by, now=now)
    except IntegrityError as error:
        raise Conflict(SIMULTANEOUS, code="changed_meanwhile") from error
    return [change.open for change in changes]


def weigh(
    row: Membership, values: Mapping[str, Any], *, version: str, by: Actor, now: datetime
) -> tuple[Facts, Facts, list[str]]:
    """What a correction of the locked row would make of it: before, after and what should be looked at, or every
    problem; nothing is written."""
    correction = Correction(row, values, version)
    change = _changes([correction], _fresh([correction]), limits_on(timezone.localdate(now)), by)[0]
    return change.before, change.after, change.concerns


def _judge(corrections: Sequence[Correction], by: Actor) -> None:
    """The office changes everything, a branch what rule book 2.1 leaves to it."""
    places = {each.membership.organization_id for each in corrections}
    office = by.scope(Right.MEMBERS_EDIT).covered(places)
    branch = by.scope(Right.MEMBERS_PROPOSE).covered(places)
    free = rules.free_for(Keeper.BRANCH)
    for each in corrections:
        place = each.membership.organization_id
        if place not in office and not (place in branch and free.issuperset(each.values)):
            raise NotPermitted("这些内容须社区核准后才能改。支部可以直接改电话、住址、学历，其余请填变更申请。")


def _fresh(corrections: Sequence[Correction]) -> dict[int, Membership]:
    """The periods as they are now, under the lock; Conflict where one has ended or was changed meanwhile."""
    ids = [each.membership.pk for each in corrections]
    rows: dict[int, Membership] = {}
    for start in range(0, len(ids), BATCH):
        found = Membership.objects.filter(pk__in=ids[start : start + BATCH]).with_names()
        rows |= {row.pk: row for row in found}
    for each in corrections:
        row = rows.get(each.membership.pk)
        if row is None or not row.is_open:
            message = f"{each.membership.person}的登记刚刚变动过，这一段已经结束。请刷新页面，到现在的登记上办理。"
            raise Conflict(message, code="ended")
        if each.version and each.version != version_of(row):
            message = f"您打开表单之后，有人改了{row.person}的登记，没有提交。请核对现在的内容，再提交一次。"
            raise Conflict(message, code="changed_meanwhile")
    return rows


def _changes(
    corrections: Sequence[Correction], rows: Mapping[int, Membership], limits: Limits, by: Actor
) -> list[_Change]:
    """Every correction held against the rules; Invalid names each problem, with the member where there are several."""
    changes, found = [], []
    for each in corrections:
        row = rows[each.membership.pk]
        before = facts_of(row)
        try:
            after = rules.merged(before, dict(each.values), today=limits.day)
        except Invalid as error:
            found += [(row.person_id, problem) for problem in error.problems]
            continue
        change = _Change(row, before, after)
        change.concerns = rules.warnings(after, change.names, limits)
        changes.append(change)
        found += [(row.person_id, problem) for problem in rules.problems(after, change.names, limits)]
        found += [(row.person_id, problem) for problem in _start_problems(change)]
    wanted = {change.row.person_id: change.after.id_number for change in changes if "id_number" in change.names}
    found += [*_repeated(wanted), *taken_problems(wanted, by), *_post_problems(changes)]
    if found:
        raise _refused(found, {row.person_id: row.person.name for row in rows.values()})
    return changes


def _refused(found: Sequence[tuple[int, Problem]], names: Mapping[int, str]) -> Invalid:
    if len(names) == 1:
        return Invalid(found[0][1].message, problems=[problem for _, problem in found])
    told = [
        Problem(f"{names[person]} {FIELDS[each.field].label}", each.message, each.rule, each.value)
        for person, each in found
    ]
    return Invalid(f"有 {len(told)} 处不合规则，什么都没有改。", problems=told)


def _check_reason(touched: Sequence[_Change], reason: str) -> None:
    """What a branch may not change by itself is not changed without saying why."""
    free = rules.free_for(Keeper.BRANCH)
    if not reason.strip() and not all(free.issuperset(change.names) for change in touched):
        raise Invalid.field("reason", "请写明更正的原因，供以后核对。", rule="更正须有原因")


def _repeated(wanted: Mapping[int, str]) -> list[tuple[int, Problem]]:
    numbers = Counter(wanted.values())
    message = "同一批更正里有两个人用了这个证号，一个证号只能登记一人。"
    return [
        (person, Problem("id_number", message, "一人一号")) for person, number in wanted.items() if numbers[number] > 1
    ]


def _start_problems(change: _Change) -> list[Problem]:
    """Nobody is registered before he joined; an inferred start goes along with the date of joining."""
    row, joined = change.row, change.after.joined_on
    if "joined_on" not in change.names or row.start_inferred or joined <= row.valid_from:
        return []
    message = f"入党日期晚于编入本支部的日期 {row.valid_from}，请对照志愿书核对。"
    return [Problem("joined_on", message, "§2.1 入党日期")]


def _post_problems(changes: Sequence[_Change]) -> list[tuple[int, Problem]]:
    """Who is not a full member holds no committee post (rule book 1.2)."""
    people = {
        change.row.person_id: change
        for change in changes
        if "category" in change.names and change.after.category == rules.PROBATIONARY
    }
    if not people:
        return []
    posts = Post.objects.filter(person_id__in=list(people), valid_to=OPEN_END, title__in=COMMITTEE)
    return [
        (
            post.person_id,
            Problem("category", f"现任{post.title}，须为正式党员。请先免去职务。", "书记、委员须为正式党员"),
        )
        for post in posts
    ]


def _amend(change: _Change, day: date) -> None:
    """Put the row right, and cut it where the change has a history."""
    row, after = change.row, change.after
    if row.start_inferred and "joined_on" in change.names:
        row.valid_from = starts_on(after.joined_on, row.branch.established_on)
    cuts = rules.cuts(change.before, after, valid_from=row.valid_from, day=day)
    later = {name for cut in cuts for name in cut.names}
    _set(row, after, set(OF_MEMBERSHIP) - later)
    for cut in cuts:
        last = change.open
        last.valid_to = cut.on
        following = Membership(
            **{name: getattr(last, name) for name in COPIED}, valid_from=cut.on, valid_to=OPEN_END,
            reason=_cause(cut.names, after),
        )  # fmt: skip
        _set(following, after, set(cut.names))
        change.new.append(following)


def _shift(changes: Sequence[_Change]) -> None:
    """A period that began by 转正 begins on the day as corrected, and the one on probation ends there."""
    begun = {
        change.row.person_id: change
        for change in changes
        if "full_on" in change.names and change.row.valid_from == change.before.full_on and change.after.full_on
    }
    before = Membership.objects.filter(person_id__in=list(begun), category=rules.PROBATIONARY) if begun else ()
    for row in before:
        change = begun[row.person_id]
        end = change.after.full_on
        if row.valid_to == change.row.valid_from and end and row.valid_from < end < change.row.valid_to:
            Membership.objects.filter(pk=row.pk).update(valid_to=end)
            change.row.valid_from = end


def _set(row: Membership, after: Facts, names: set[str]) -> None:
    for name in names:
        setattr(row, name, getattr(after, name))


def _cause(names: Sequence[str], after: Facts) -> str:
    if "category" in names:
        return "转为正式党员"
    return "登记为流动党员" if after.is_mobile else "流动党员返回"


def _save(changes: Sequence[_Change]) -> None:
    """Persons, their periods, the new periods: one statement each for 500 rows."""
    columns: set[str] = set()
    for change in changes:
        names = [name for name in PERSONAL if getattr(change.after, name) != getattr(change.before, name)]
        columns |= set(amend_person(change.row.person, **{name: getattr(change.after, name) for name in names}))
    people = [change.row.person for change in changes]
    if columns:
        type(people[0]).objects.bulk_update(people, sorted(columns), batch_size=BATCH)
    touched = [change.row for change in changes if {*change.names} & {*OF_MEMBERSHIP} or change.new]
    if touched:
        Membership.objects.bulk_update(touched, [*OF_MEMBERSHIP, "valid_from", "valid_to"], batch_size=BATCH)
    Membership.objects.bulk_create([row for change in changes for row in change.new], batch_size=BATCH)
    _rename([change.row.person_id for change in changes if "name" in change.names])


def _rename(person_ids: Sequence[int]) -> None:
    """The sort key of every period follows the name."""
    rows = list(Membership.objects.filter(person_id__in=person_ids).select_related("person")) if person_ids else []
    for row in rows:
        row.pinyin_key = row.person.name_sort
    Membership.objects.bulk_update(rows, ["pinyin_key"], batch_size=BATCH)


def _entry(change: _Change, reason: str) -> audit.Entry:
    row = change.open
    told = rules.told(change.before, change.after)
    data = {"person": row.person.name, "changes": told, "from": row.valid_from.isoformat() if change.new else ""}
    return audit.Entry("members.corrected", row, row.organization_id, row.person.name, reason, data)
