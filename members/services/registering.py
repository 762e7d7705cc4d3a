"""Registering one member typed in. Takes the tree lock: two offices never register the same person at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from linshu.errors import Conflict, Invalid, Problem
from linshu.people.models import Person
from linshu.people.rules import id_number
from linshu.people.rules.id_number import IdNumber
from linshu.people.services import PersonData, fill_person, new_person
from linshu.scope import Actor, Right, require
from members.access import state_of
from members.models import Membership
from members.rules import facts as rules
from members.rules.facts import FIELDS, Facts
from members.rules.keeping import State
from members.rules.membership import Limits, starts_on
from members.services.known import ELSEWHERE, SENTENCE, holders_of, last_memberships, record_elsewhere
from members.services.limits import limits_on
from members.services.memberships import Admission, enter_many
from members.services.verifying import check_verified
from organizations.models import Organization
from organizations.rules.kinds import BRANCHES, Kind
from organizations.services.nodes import kind_on, period_on
from organizations.tree import tree_lock

REASON = "登记党员"


@dataclass(frozen=True)
class Known:
    """What a number says, and who has it: his last membership where the officer may know of it."""

    number: IdNumber
    person: Person | None = None
    membership: Membership | None = None

    @property
    def refusal(self) -> str:
        """Why he is not registered here, and what to do instead; empty where he may be."""
        row = self.membership
        if row is None:
            return ""
        name, branch, left = row.person.name, row.branch.short_name, row.valid_to
        return {
            State.ON_ROLL: f"{name}已在{branch}登记，不能再登记一次。信息有变的，请在其页面“办理变动”。",
            State.DEAD: f"{name}已于 {left} 登记去世。登记错了的，请县委组织部撤销去世登记。",
            State.LEFT: f"{name}的组织关系已于 {left} 从{branch}转出，不能重新登记，以免党龄和经历断开。要转回来的，请先由其"
            "现在的党组织开具组织关系介绍信，按组织关系转接办理；查不到现在的党组织的，请报县委组织部核实。",
        }[state_of(row)]


def look_up(*, number: str, by: Actor, now: datetime) -> Known:
    """Who has the number. Invalid for a wrong number; for somebody registered outside the scope: told in one
    sentence, and kept in the log."""
    require(by, Right.MEMBERS_EDIT)
    try:
        return _known(number, by, timezone.localdate(now))
    except Invalid as error:
        record_elsewhere(error, act=REASON, by=by, now=now)
        raise


def register_member(
    *,
    organization: Organization,
    values: Mapping[str, Any],
    starts: date | None = None,
    verified: bool = True,
    by: Actor,
    now: datetime,
) -> Membership:
    """Register a person in a branch or group: ``values`` by the names of ``rules.facts.FIELDS``, sex and birth date
    from the number. Without ``starts`` the period begins with joining or with the branch, and is marked 推定.

    Conflict for who is on the register, was on it, or has died; a known resident becomes a member, once. Invalid where
    something should be looked at that is not ``verified``.
    """
    require(by, Right.MEMBERS_EDIT, organization.pk)
    day = timezone.localdate(now)
    try:
        with tree_lock():
            known = _known(str(values.get("id_number", "")), by, day)
            _refuse_registered(known)
            limits = limits_on(day)
            facts = _facts(values, known.number, limits)
            admission = _admission(organization, _person(known, facts), facts, starts, now)
            check_verified(rules.warnings(facts, tuple(FIELDS), limits), verified=verified)
            return enter_many([admission], reason=REASON, by=by, now=now)[0]
    except Invalid as error:
        record_elsewhere(error, act=REASON, by=by, now=now)
        raise


def _known(raw: str, by: Actor, day: date) -> Known:
    number = id_number.parse(raw, today=day)
    person = holders_of([number.value]).get(number.value)
    if person is None:
        return Known(number)
    membership = last_memberships([person.pk], by).get(person.pk)
    if membership is None and (person.died_on or Membership.objects.filter(person=person).exists()):
        raise Invalid(SENTENCE, problems=[Problem("id_number", SENTENCE, ELSEWHERE)])
    return Known(number, person, membership)


def _refuse_registered(known: Known) -> None:
    if known.refusal:
        raise Conflict(known.refusal, code="registered", problems=[Problem("id_number", known.refusal, "一人一条")])


def _facts(values: Mapping[str, Any], number: IdNumber, limits: Limits) -> Facts:
    """The facts typed in, held against every rule."""
    given = rules.typed(values)
    texts = {name: given.get(name) or "" for name in FIELDS if FIELDS[name].longest}
    if not given.get("joined_on"):
        raise Invalid.field("joined_on", "入党日期不能空着，请填写。", rule="必填")
    facts = Facts(
        **texts | {"id_number": number.value}, sex=number.sex, birth_date=number.birth_date,
        category=given.get("category") or "", joined_on=given["joined_on"], full_on=given.get("full_on"),
        is_mobile=bool(given.get("is_mobile")),
    )  # fmt: skip
    found = rules.problems(facts, tuple(FIELDS), limits)
    if found:
        raise Invalid(found[0].message, problems=found)
    return facts


def _person(known: Known, facts: Facts) -> Person:
    """The person, saved: a resident known by this number is completed, and keeps what was left empty here."""
    told = {name: getattr(facts, name) for name in PersonData.__dataclass_fields__}
    if known.person is None:
        person = new_person(PersonData(**told))
        person.full_clean(exclude=["name_initials", "name_sort"])
        person.save()
        return person
    person = Person.objects.select_for_update().get(pk=known.person.pk)
    if person.name != facts.name:
        raise Invalid.field("name", "该证号已登记，姓名与所填不同，请对照证件改正。", rule="一人一号")
    fill_person(person, PersonData(**{name: value or getattr(person, name) for name, value in told.items()}))
    person.save()
    return person


def _admission(
    organization: Organization, person: Person, facts: Facts, starts: date | None, now: datetime
) -> Admission:
    node = Organization.objects.select_related("parent").get(pk=organization.pk)
    branch = node.parent if node.kind == Kind.GROUP and node.parent else node
    inferred = starts_on(facts.joined_on, branch.established_on)
    if starts and starts < facts.joined_on:
        raise Invalid.field("starts", "编入支部的日期不能早于入党日期，请核对。", rule="§2.1 入党日期")
    on = starts or inferred
    kind = kind_on(node, timezone.localdate(now), now=now)
    if kind not in BRANCHES and kind != Kind.GROUP:
        raise Invalid.field("organization", "党员只能编入党支部或它的党小组，请另选。", rule="§1.1 党员编入支部")
    period_on(branch, on, now=now)
    return Admission(
        person, node, facts.category, facts.joined_on, facts.full_on, on, start_inferred=starts is None,
        is_mobile=facts.is_mobile, destination=facts.destination, note=facts.note,
    )  # fmt: skip
