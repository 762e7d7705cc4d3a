"""升格 step by step. Without the street's 批复 nothing changes; the node stays the same, so bodies, grids, grants do."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from linshu.audit import services as audit
from linshu.errors import Conflict, Invalid, NotPermitted
from linshu.figures.registry import Look, figures
from linshu.parameters.services import values_on
from linshu.people.models import Person
from linshu.scope import Actor, Right, Scope, require
from linshu.words import tidy
from linshu.workdays.rules.calendar import add_months
from organizations.access import can_restructure
from organizations.models import OPEN_END, LeadAppointment, Organization, OrganizationPeriod, Upgrade
from organizations.rules import upgrade as rules
from organizations.rules.kinds import Kind
from organizations.rules.periods import Period, Plan, tail
from organizations.rules.posts import SECRETARY
from organizations.rules.spans import check_day
from organizations.rules.upgrade import Action, BranchPlan, State, check_elected
from organizations.services import hanging, posts
from organizations.services.changes import Change, carry_out, current
from organizations.services.leads import end_lead
from organizations.services.merging import open_children
from organizations.services.nodes import community_on, today_of
from organizations.services.terms import start_term
from organizations.tree import timeline_of, tree_lock

MEMBERS = "members.total"


def members_of(node_id: int, day: date) -> int:
    """Members of the community on the day, from the figure."""
    look = Look(Scope(frozenset({node_id})), day, codes=frozenset({MEMBERS}))
    return sum(each.total(look) for each in figures() if each.code == MEMBERS)


def propose(
    *, node: Organization, reason: str, despite_fewer: bool = False, on: date, by: Actor, now: datetime
) -> Upgrade:
    """Suggest the 升格; with no more members than GENERAL_BRANCH_MIN only ``despite_fewer``, with the need stated."""
    require(by, Right.ORGANIZATIONS_EDIT, node.pk)
    with tree_lock():
        if community_on(node, on, now=now).kind != Kind.COMMUNITY:
            raise Conflict(f"{node}已经是社区党总支，不用再升格。", code="already_general")
        if Upgrade.objects.filter(organization=node).exclude(state__in=rules.ENDED).exists():
            raise Conflict(f"{node}的升格正在办理，请接着办。", code="upgrade_open")
        count, minimum = members_of(node.pk, on), values_on(on)["GENERAL_BRANCH_MIN"]
        if rules.needs_reason(count, minimum=minimum) and not despite_fewer:
            message = f"{node}现有党员 {count} 名，没有超过 {minimum} 名。确需设总支的，请勾选并在理由里写明需要。"
            raise Invalid.field("despite_fewer", message, rule=f"党员超过 {minimum} 名的社区升格", value=count)
        upgrade = Upgrade(organization=node, members_count=count, reason=reason, proposed_on=on)
        upgrade.full_clean()
        upgrade.save()
        _record("proposed", upgrade, {"count": str(count)}, by=by, now=now, reason=reason)
    return upgrade


def approve(*, upgrade: Upgrade, document_no: str, on: date, by: Actor, now: datetime) -> Upgrade:
    """Enter the street's 批复."""
    with tree_lock():
        upgrade = _step(upgrade, Action.APPROVE, on, after=upgrade.proposed_on, by=by, now=now)
        upgrade.document_no, upgrade.approved_on = _required(document_no), on
        upgrade.save()
        _record("approved", upgrade, {"document_no": document_no, "from": str(on)}, by=by, now=now)
    return upgrade


def withdraw(*, upgrade: Upgrade, reason: str, by: Actor, now: datetime) -> Upgrade:
    """Drop the suggestion before anything has changed."""
    with tree_lock():
        upgrade = _step(upgrade, Action.WITHDRAW, today_of(now), after=None, by=by, now=now)
        upgrade.save()
        _record("withdrawn", upgrade, {}, by=by, now=now, reason=reason)
    return upgrade


def build(
    *,
    upgrade: Upgrade,
    name: str,
    short_name: str,
    branches: Sequence[BranchPlan],
    on: date,
    by: Actor,
    now: datetime,
) -> Upgrade:
    """The node becomes a 社区党总支, its 社区党支部 become 片区党支部 or are merged into one, all on one day."""
    name, short_name = tidy(name), tidy(short_name)
    with tree_lock():
        upgrade = _step(upgrade, Action.BUILD, on, after=upgrade.approved_on, by=by, now=now)
        node, before = upgrade.organization, current(upgrade.organization_id)
        standing = {each.node: each for each in open_children(node.pk) if each.kind == Kind.BRANCH}
        rules.check_plans(branches, {pk: each.name for pk, each in standing.items()})
        values = values_on(on)
        rules.check_full_members(branches, full_members(list(standing), on), least=values["BRANCH_MIN_FULL"])
        merged = [_merge_into(plan, on, by=by, now=now) for plan in branches if plan.into is not None]
        _end_leads(node, on, by=by, now=now)
        carry_out(
            _build_plan(before, branches, standing, on, name, short_name),
            Change("upgrade", upgrade.reason, upgrade.document_no, now),
        )
        upgrade.built_on, upgrade.election_due_on = on, add_months(on, values["UPGRADE_ELECTION_MONTHS"])
        upgrade.organization = Organization.objects.get(pk=node.pk)
        upgrade.save()
        data = {
            "was": before.name,
            "from": str(on),
            "branches": "、".join(plan.name for plan in branches if plan.into is None),
            "merged": "；".join(merged),
            "due_on": str(upgrade.election_due_on),
        }
        _record("built", upgrade, data, by=by, now=now)
    return upgrade


def elect(
    *,
    upgrade: Upgrade,
    results: Sequence[tuple[str, Person]],
    document_no: str,
    on: date,
    by: Actor,
    now: datetime,
) -> Upgrade:
    """Enter the election: every result is a post with its document, and the first term begins."""
    with tree_lock():
        upgrade = _step(upgrade, Action.ELECT, on, after=upgrade.built_on, by=by, now=now)
        if not any(title == SECRETARY for title, _ in results):
            raise Invalid.field("results", "选举结果里还没有书记，请选书记。", rule="总支设书记")
        check_elected([(title, person.pk, person.name) for title, person in results])
        node = upgrade.organization
        for title, person in results:
            posts.appoint(
                organization=node, person=person, title=title, on=on, document_no=_required(document_no), by=by, now=now
            )
        start_term(organization=node, on=on, document_no=document_no, by=by, now=now)
        upgrade.elected_on, upgrade.election_document_no = on, document_no
        upgrade.save()
        late = upgrade.election_due_on is not None and on > upgrade.election_due_on
        data = {
            "from": str(on),
            "results": "，".join(f"{title}{person.name}" for title, person in results),
            "document_no": document_no,
            "late": f"选举晚于期限 {upgrade.election_due_on}" if late else "",
        }
        _record("elected", upgrade, data, by=by, now=now)
    return upgrade


def file(*, upgrade: Upgrade, document_no: str, on: date, by: Actor, now: datetime) -> Upgrade:
    """Enter that the secretary was approved and the committee filed with the street."""
    with tree_lock():
        upgrade = _step(upgrade, Action.FILE, on, after=upgrade.elected_on, by=by, now=now)
        upgrade.filing_document_no, upgrade.filed_on = _required(document_no), on
        upgrade.save()
        _record("filed", upgrade, {"document_no": document_no, "from": str(on)}, by=by, now=now)
    return upgrade


def full_members(branch_ids: Sequence[int], on: date) -> dict[int, int]:
    """Full members of each branch on the day, those of its 党小组 included."""
    groups = OrganizationPeriod.objects.filter(parent_id__in=branch_ids, valid_to=OPEN_END)
    branch_of = {each.node: each.parent for each in timeline_of(groups)} | {pk: pk for pk in branch_ids}
    counts: dict[int, int] = defaultdict(int)
    for row in hanging.preview(list(branch_of), on):
        counts[branch_of[row.organization_id] or 0] += row.full
    return counts


def _step(upgrade: Upgrade, action: Action, on: date, *, after: date | None, by: Actor, now: datetime) -> Upgrade:
    """The row afresh, in its new state: the street decides on every step after the suggestion."""
    upgrade = Upgrade.objects.select_related("organization").get(pk=upgrade.pk)
    if not can_restructure(by, upgrade.organization):
        raise NotPermitted
    check_day(on, today=today_of(now))
    if after is not None and on < after:
        raise Invalid.field("on", f"日期 {on} 早于上一步的 {after}，请改正日期。", rule="步骤按先后办理", value=on)
    upgrade.state = rules.target_of(State(upgrade.state), action).value
    return upgrade


def _required(document_no: str) -> str:
    if not document_no.strip():
        raise Invalid.field("document_no", "请填文号；没有文件不能办这一步。", rule="升格各步须有文件")
    return document_no


def _merge_into(plan: BranchPlan, on: date, *, by: Actor, now: datetime) -> str:
    """Members, grids and posts of a branch that goes into another; its groups follow in the plan."""
    source = Organization.objects.get(pk=plan.branch)
    target = Organization.objects.get(pk=plan.into)
    hanging.require_free_of_bodies([source.pk], on)
    words = hanging.carry(source.pk, target.pk, on=on, by=by, now=now)
    hanging.hand_grids(source, target, by=by, now=now)
    hanging.end_with(hanging.Ending(source, on, "升格并入", by, now))
    return f"{source.name}{f'（随迁 {words}）' if words else ''}"


def _end_leads(node: Organization, on: date, *, by: Actor, now: datetime) -> None:
    """A 总支 leads by itself."""
    for lead in LeadAppointment.objects.filter(organization=node, valid_to=OPEN_END):
        end_lead(lead=lead, on=on, reason="升格为社区党总支", by=by, now=now)


def _build_plan(
    before: Period,
    branches: Sequence[BranchPlan],
    standing: Mapping[int, Period],
    on: date,
    name: str,
    short_name: str,
) -> Plan:
    changed = [tail(before, on, kind=Kind.GENERAL_BRANCH, name=name, short_name=short_name)]
    for plan in branches:
        if plan.into is None:
            here = standing[plan.branch]
            changed.append(tail(here, on, kind=Kind.AREA_BRANCH, name=plan.name, short_name=plan.short_name))
        else:
            changed += [tail(child, on, parent=plan.into) for child in open_children(plan.branch)]
    return Plan(on, changed=tuple(changed), closed=tuple(plan.branch for plan in branches if plan.into is not None))


def _record(step: str, upgrade: Upgrade, data: dict[str, str], *, by: Actor, now: datetime, reason: str = "") -> None:
    audit.record(
        f"organizations.upgrade_{step}",
        by=by,
        subject=upgrade,
        organization_id=upgrade.organization_id,
        reason=reason or upgrade.reason,
        data={"name": upgrade.organization.name} | data,
        now=now,
    )
